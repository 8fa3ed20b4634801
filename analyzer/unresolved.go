package analyzer

import (
	"maps"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Unresolved counts the calls of one kind that could not be resolved, or not
// completely, or that lead to what cannot be looked into.
type Unresolved struct {
	Kind  string // "interface", "func value", "reflect", "cgo", "no body"
	Calls int
}

// unresolved counts the calls, by kind, of the functions that e summarised.
func unresolved(e *engine) []Unresolved {
	calls := make(map[string]map[model.Pos]bool)
	note := func(kind string, c *summary.Call) {
		if kind == "" {
			return
		}
		if calls[kind] == nil {
			calls[kind] = make(map[model.Pos]bool)
		}
		calls[kind][c.Pos] = true
	}
	for _, key := range e.keys() {
		s := e.own[key]
		for i := range s.Calls {
			c := &s.Calls[i]
			note(c.Unresolved, c)
			for _, t := range c.Targets {
				note(e.opaque(t.Func), c)
			}
		}
	}
	var out []Unresolved
	for _, kind := range slices.Sorted(maps.Keys(calls)) {
		out = append(out, Unresolved{kind, len(calls[kind])})
	}
	return out
}

// opaque says why the function with a key cannot be looked into, "" if it can be, or
// need not be.
func (e *engine) opaque(key string) string {
	switch key {
	case "(reflect.Value).Call", "(reflect.Value).CallSlice":
		return "reflect"
	}
	if name := key[strings.LastIndexByte(key, '.')+1:]; strings.HasPrefix(name, "_Cfunc_") {
		return "cgo"
	}
	if s := e.summary(key); s != nil {
		return s.Unknown
	}
	return ""
}

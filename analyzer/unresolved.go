package analyzer

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Unresolved counts the calls of one kind that could not be resolved, or not
// completely, or that lead to what cannot be looked into.
type Unresolved struct {
	Kind  string      // "interface", "func value", "too many targets", "reflect", "cgo", "no body", "too large", or as [summary.NewInstruction] says
	Calls int         // an instruction counts once, however often it comes
	Sites []model.Pos // by position
}

// calls counts the calls of the functions that e summarised.
func calls(e *engine) int {
	n := 0
	for _, s := range e.own {
		at := make(map[model.Pos]bool) // one call has several entries where its targets take its arguments in several ways
		for i := range s.Calls {
			at[s.Calls[i].Pos] = true
		}
		n += len(at)
	}
	return n
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
				note(summary.Opaque(t.Func, e.summary(t.Func)), c)
			}
		}
	}
	var out []Unresolved
	for _, kind := range slices.Sorted(maps.Keys(calls)) {
		sites := slices.SortedFunc(maps.Keys(calls[kind]), func(a, b model.Pos) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
		})
		if strings.HasPrefix(kind, summary.NewInstruction) {
			sites = sites[:1]
		}
		out = append(out, Unresolved{kind, len(sites), sites})
	}
	return out
}

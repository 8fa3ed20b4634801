// Package survey looks through a program that says little or nothing of itself yet for
// what could be worth a directive or a line in a model file. What it finds are guesses.
package survey

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Fence is a field that is closed once and waited for: its owner may be a fence.
type Fence struct {
	Field  string // full name
	Closes string // a function that closes it
	Waits  string // a function that waits for it
	Pos    model.Pos
}

// Line is a line that a model file could have.
type Line struct {
	Name  string // full name of the type or function
	Says  string // directives
	Type  bool
	Calls int // how often it is called in the program's own packages
}

// Fences returns the channel fields of types that are not annotated that some function
// closes and another waits for, by name.
func Fences(set *model.Set, funcs []*summary.Summary, own func(pkg string) bool) []Fence {
	found := map[string]*Fence{}
	for _, s := range funcs {
		for i := range s.Ops {
			op := &s.Ops[i]
			c := op.On.Class
			if c.Kind != summary.Channel || strings.Contains(c.Name, ":") || !own(s.Package) {
				continue
			}
			f := found[c.Name]
			if f == nil {
				f = &Fence{Field: c.Name}
				found[c.Name] = f
			}
			switch name := graph.ShortFunc(s.Func); {
			case op.Direction == summary.Close && f.Closes == "":
				f.Closes, f.Pos = name, op.Pos
			case op.Direction == summary.Receive && len(op.Cases) == 0 && f.Waits == "":
				f.Waits = name
			case op.Direction == summary.Send:
				f.Closes, f.Waits = "-", "-" // more than one value
			}
		}
	}
	var all []Fence
	for _, name := range slices.Sorted(maps.Keys(found)) {
		f := found[name]
		owner := name[:strings.LastIndexByte(name, '.')]
		if f.Closes == "" || f.Closes == "-" || f.Waits == "" || !strings.Contains(owner[strings.LastIndexByte(owner, '/')+1:], ".") {
			continue // or a package variable
		}
		if t := set.Type(owner); t == nil {
			all = append(all, *f)
		}
	}
	return all
}

// words are the names by which resources are taken and given back, and what a model
// file says of such a method and of its type.
var words = map[string]struct{ says, kind string }{
	"Acquire":    {"acquires recv", "pool"},
	"TryAcquire": {"acquires recv try", "pool"},
	"Release":    {"releases recv", "pool"},
	"Lock":       {"acquires recv", "lock"},
	"TryLock":    {"acquires recv try", "lock"},
	"Unlock":     {"releases recv", "lock"},
	"RLock":      {"acquires recv shared", "lock"},
	"RUnlock":    {"releases recv", "lock"},
}

// Lines returns what a model file could say of the code of others that a program calls,
// by name: methods with the names of those that take and give back a resource, of which
// nothing is said yet.
func Lines(set *model.Set, funcs []*summary.Summary, own func(pkg string) bool) []Line {
	packages := map[string]string{}
	for _, s := range funcs {
		packages[s.Func] = s.Package
	}
	calls := map[string]int{}
	for _, s := range funcs {
		if !own(s.Package) {
			continue
		}
		for i := range s.Calls {
			for _, t := range s.Calls[i].Targets {
				if pkg, known := packages[t.Func]; known && !own(pkg) && !t.Via.Dynamic() {
					calls[t.Func]++
				}
			}
		}
	}
	var all []Line
	for key, n := range calls {
		owner, method, ok := strings.Cut(strings.TrimPrefix(key, "(*"), ").")
		word, known := words[method]
		if !ok || !known || !strings.HasPrefix(key, "(*") || set.Contract(key) != nil {
			continue
		}
		all = append(all, Line{Name: key, Says: word.says, Calls: n})
		if t := (Line{Name: owner, Says: word.kind, Type: true}); set.Type(owner) == nil && !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	slices.SortFunc(all, func(a, b Line) int {
		return cmp.Or(strings.Compare(strings.TrimPrefix(a.Name, "(*"), strings.TrimPrefix(b.Name, "(*")), strings.Compare(a.Says, b.Says))
	})
	return all
}

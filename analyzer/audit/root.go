// Package audit lists where code starts to owe others something, and everything it
// can do from there: what "clean" was said of.
package audit

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Root is a function in which code starts to owe others something.
type Root struct {
	Kind string // "runs signalling", "owes Fence"
	Role string // "timed-out", "work"
	Func string // key
	Name string // as another package calls it
	Via  string // whose contract, "" when its own
	Pos  model.Pos

	// Sections are the stretches of the function that make it a root of this kind.
	Sections []*reach.Section
}

// Roots returns the roots of a program, by kind, then name.
func Roots(g *graph.Graph) []Root {
	var all []Root
	spawns := g.Sections().Spawns
	for _, sec := range g.Sections().All {
		kind := kindOf(sec)
		if kind == "" {
			continue
		}
		s := sec.Root()
		all = append(all, Root{
			Kind: kind, Role: roleOf(sec, spawns), Func: s.Func, Name: name(s), Via: s.RunsVia, Pos: s.Pos,
			Sections: []*reach.Section{sec},
		})
	}
	slices.SortStableFunc(all, func(a, b Root) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Func, b.Func))
	})
	var roots []Root
	for _, r := range all {
		if last := len(roots) - 1; last >= 0 && roots[last].Kind == r.Kind && roots[last].Func == r.Func {
			roots[last].Sections = append(roots[last].Sections, r.Sections...)
			continue
		}
		roots = append(roots, r)
	}
	return roots
}

// Beside returns, like roots, what owes nothing and shares a worker with code that does:
// while it runs, no signal comes from there.
func Beside(g *graph.Graph) []Root {
	var all []Root
	for _, shared := range g.Shared() {
		s := shared.State.Summary
		all = append(all, Root{
			Kind: "shares a worker with " + name(shared.Delayed), Role: called(s), Func: s.Func, Name: name(s), Pos: s.Pos,
			Sections: []*reach.Section{{Start: &reach.Start{State: shared.State}}},
		})
	}
	slices.SortStableFunc(all, func(a, b Root) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Func, b.Func))
	})
	return slices.CompactFunc(all, func(a, b Root) bool { return a.Kind == b.Kind && a.Func == b.Func })
}

// name returns the name of a function as another package calls it.
func name(s *summary.Summary) string {
	return strings.Replace(s.Func, s.Package, path.Base(s.Package), 1)
}

// kindOf says what makes a section one, "" for what is a section but no root.
func kindOf(sec *reach.Section) string {
	switch context := sec.Context.String(); {
	case sec.Call != nil:
		return "calls back in " + context
	case sec.Spawn != nil:
		return "started in " + context
	case sec.Region == nil:
		return "runs " + context
	case sec.Region.Kind == summary.Declared:
		return "enters " + context
	case sec.Region.Kind == summary.Published:
		return "publishes " + graph.ShortName(sec.Region.Fence.Class)
	case sec.Region.Kind == summary.Owed:
		return "owes " + graph.ShortName(sec.Region.Fence.Class)
	}
	return ""
}

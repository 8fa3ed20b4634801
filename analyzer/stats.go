package analyzer

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Stats says how much was seen, so that "clean" can be weighed.
type Stats struct {
	Packages   int
	Functions  int          // summarised
	Roots      []Root       // by kind, then name
	Reached    int          // functions that a root leads to
	Unresolved []Unresolved // by kind
}

// Root is where code starts to owe others something.
type Root struct {
	Kind string // "runs signalling", "owes p.Fence"
	Func string // key
	Name string // as another package calls it
	Via  string // whose contract, "" when its own
	Pos  model.Pos
}

// Unresolved counts the calls of one kind that could not be resolved, or not
// completely.
type Unresolved struct {
	Kind  string
	Calls int
}

// count takes stock of the functions that e summarised.
func count(e *engine, g *graph.Graph, packages int) Stats {
	sections := g.Sections().All
	stats := Stats{Packages: packages, Functions: len(e.own), Roots: roots(sections), Reached: reached(e, sections)}
	unresolved := make(map[string]map[model.Pos]bool)
	for _, key := range e.keys() {
		for _, c := range e.own[key].Calls {
			if c.Unresolved == "" {
				continue
			}
			if unresolved[c.Unresolved] == nil {
				unresolved[c.Unresolved] = make(map[model.Pos]bool)
			}
			unresolved[c.Unresolved][c.Pos] = true
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(unresolved)) {
		stats.Unresolved = append(stats.Unresolved, Unresolved{kind, len(unresolved[kind])})
	}
	return stats
}

// roots names the functions that sections begin in, each once for a kind.
func roots(sections []*reach.Section) []Root {
	var out []Root
	for _, sec := range sections {
		if kind := kindOf(sec); kind != "" {
			s := sec.Root()
			out = append(out, Root{Kind: kind, Func: s.Func, Name: name(s), Via: s.RunsVia, Pos: s.Pos})
		}
	}
	slices.SortFunc(out, func(a, b Root) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Func, b.Func))
	})
	return slices.CompactFunc(out, func(a, b Root) bool { return a.Kind == b.Kind && a.Func == b.Func })
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

// reached counts the functions that sections lead to by calls, their own included.
func reached(e *engine, sections []*reach.Section) int {
	seen := make(map[string]bool)
	var work []*summary.Summary
	visit := func(key string) {
		if s := e.own[key]; s != nil && !seen[key] {
			seen[key] = true
			work = append(work, s)
		}
	}
	follow := func(c *summary.Call) {
		for _, t := range c.Targets {
			visit(t.Func)
		}
		for _, b := range c.Binds {
			for _, t := range b.Targets {
				visit(t.Func)
			}
		}
	}
	entered := make(map[string]bool)
	for _, sec := range sections {
		s := sec.Root()
		entered[s.Func] = true
		for i := range s.Calls {
			if sec.Start.In == nil || sec.Start.In(&s.Calls[i].Site) {
				follow(&s.Calls[i])
			}
		}
	}
	for len(work) > 0 {
		s := work[len(work)-1]
		work = work[:len(work)-1]
		for i := range s.Calls {
			follow(&s.Calls[i])
		}
	}
	maps.Copy(seen, entered)
	return len(seen)
}

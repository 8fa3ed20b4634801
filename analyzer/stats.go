package analyzer

import (
	"cmp"
	"maps"
	"slices"

	"github.com/fencelint/fencelint/analyzer/model"
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
	Kind string // "runs signalling", "goroutine", "work", "callback"
	Func string // key
	Name string // as a reader calls it
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
func count(e *engine, packages int) Stats {
	stats := Stats{Packages: packages, Functions: len(e.own)}
	unresolved := make(map[string]map[model.Pos]bool)
	spawned := make(map[string]summary.SpawnKind)
	for _, key := range e.keys() {
		s := e.own[key]
		for _, c := range s.Calls {
			if c.Unresolved == "" {
				continue
			}
			if unresolved[c.Unresolved] == nil {
				unresolved[c.Unresolved] = make(map[model.Pos]bool)
			}
			unresolved[c.Unresolved][c.Pos] = true
		}
		if s.Runs != 0 {
			stats.Roots = append(stats.Roots, root("runs "+s.Runs.String(), s))
		}
		for _, spawn := range s.Spawns {
			for _, t := range spawn.Targets {
				spawned[t.Func] = spawn.Kind
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(spawned)) {
		if s := e.summary(key); s != nil && s.Runs == 0 && owes(s) {
			stats.Roots = append(stats.Roots, root(spawnName(spawned[key]), s))
		}
	}
	slices.SortFunc(stats.Roots, func(a, b Root) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Func, b.Func))
	})
	for _, kind := range slices.Sorted(maps.Keys(unresolved)) {
		stats.Unresolved = append(stats.Unresolved, Unresolved{kind, len(unresolved[kind])})
	}
	stats.Reached = reached(e, stats.Roots)
	return stats
}

func root(kind string, s *summary.Summary) Root {
	return Root{Kind: kind, Func: s.Func, Name: s.Display, Via: s.RunsVia, Pos: s.Pos}
}

func spawnName(k summary.SpawnKind) string {
	switch k {
	case summary.Work:
		return "work"
	case summary.Callback:
		return "callback"
	}
	return "goroutine"
}

// owes reports whether a function that runs by itself owes a fence somewhere.
func owes(s *summary.Summary) bool {
	open := func(site *summary.Site) bool {
		return slices.ContainsFunc(site.Within, func(r summary.Region) bool { return r.Kind == summary.Owed })
	}
	for i := range s.Ops {
		if open(&s.Ops[i].Site) {
			return true
		}
	}
	for i := range s.Calls {
		if open(&s.Calls[i].Site) {
			return true
		}
	}
	return false
}

// reached counts the functions that roots lead to by calls.
func reached(e *engine, roots []Root) int {
	seen := make(map[string]bool)
	var work []string
	visit := func(key string) {
		if !seen[key] && e.own[key] != nil {
			seen[key] = true
			work = append(work, key)
		}
	}
	for _, r := range roots {
		visit(r.Func)
	}
	for len(work) > 0 {
		s := e.own[work[len(work)-1]]
		work = work[:len(work)-1]
		for _, c := range s.Calls {
			for _, t := range c.Targets {
				visit(t.Func)
			}
			for _, b := range c.Binds {
				for _, t := range b.Targets {
					visit(t.Func)
				}
			}
		}
	}
	return len(seen)
}

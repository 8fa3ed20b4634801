package graph

import (
	"strings"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// home returns the field that leads to what a lock is in wherever the lock is taken, ""
// if there is not one field that does. Args are the type arguments of what it is in.
func (g *Graph) home(lock summary.Class, args summary.TypeArgs) string {
	key := instanceKey{lock, args}
	if field, known := g.homes[key]; known {
		return field
	}
	t := &trail{graph: g, seen: map[origin]bool{}}
	for _, p := range g.waited[lock] {
		for _, op := range p.state.Ops() {
			if &op.Site == p.site && op.Kind == summary.OpAcquire && p.state.Class(op.On) == lock && p.state.Args(op.On) == args {
				t.up(p.state, op.On.Param, op.On.Path)
			}
		}
	}
	if t.lost {
		t.field = ""
	}
	g.homes[key] = t.field
	return t.field
}

// trail goes from the places where a lock is taken up to the field that leads to it.
type trail struct {
	graph *Graph
	field string
	lost  bool
	seen  map[origin]bool
}

// origin is a parameter of a state.
type origin struct {
	state *reach.State
	param int
}

// up follows a lock that is, by a path, in what a parameter of a state points to.
func (t *trail) up(st *reach.State, param int, path string) {
	if param < 0 || strings.Contains(path, ".") {
		t.lost = true
		return
	}
	if t.seen[origin{st, param}] {
		return
	}
	t.seen[origin{st, param}] = true
	sites := t.graph.whoCalls().sites.Of(st)
	t.lost = t.lost || len(sites) == 0
	for _, site := range sites {
		t.handed(site, param, path)
	}
}

func (t *trail) handed(site callSite, param int, path string) {
	for _, b := range site.call.Binds {
		if b.Param != param || b.Object == nil {
			continue
		}
		switch o := b.Object; {
		case o.Path == "":
			t.up(site.state, o.Param, path)
		case strings.Contains(o.Path, "[]") || t.field != "" && t.field != o.Class.Name:
			t.lost = true
		default:
			t.field = o.Class.Name
		}
		return
	}
	t.lost = true
}

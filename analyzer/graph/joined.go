package graph

import (
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// A function that closes a channel as the last thing it does runs once for that channel,
// and who has received from it is joined with that run: it has ended. So in the function
// one thing is had, and behind the receive it is had as well, that only one can have.

// joined is where in a state that thing is had.
type joined struct {
	within []summary.Class               // all of the function
	behind map[*summary.Op]summary.Class // what comes after the receive
}

// joins returns where the ends of functions are waited for, and those functions.
func (g *Graph) joins() map[*reach.State]*joined {
	if g.joining != nil {
		return g.joining
	}
	g.joining = map[*reach.State]*joined{}
	at := func(st *reach.State) *joined {
		if g.joining[st] == nil {
			g.joining[st] = &joined{behind: map[*summary.Op]summary.Class{}}
		}
		return g.joining[st]
	}
	closes := map[summary.Class]bool{}
	for what, enders := range g.enders {
		if what.direction == summary.Receive && isField(what.class) && g.allSeen(what) && closedLast(enders) {
			closes[what.class] = true
			for _, e := range enders {
				at(e.state).within = append(at(e.state).within, what.class)
			}
		}
	}
	g.noteSole(at)
	for _, st := range g.states {
		for _, op := range st.Ops() {
			class := st.Class(op.On)
			if op.Kind == summary.OpWait && op.Direction == summary.Receive && len(op.Cases) == 0 && !op.Try && !op.Bounded && closes[class] {
				at(st).behind[op] = class
			}
		}
	}
	return g.joining
}

// isField reports whether a class is a field of a named type.
func isField(c summary.Class) bool {
	return c.Kind == summary.Channel && !strings.ContainsAny(c.Name, ":()") && strings.Count(c.Name[strings.LastIndexByte(c.Name, '/')+1:], ".") > 1
}

// closedLast reports whether a channel is closed by one function alone, which does nothing
// after that.
func closedLast(enders []ender) bool {
	return !slices.ContainsFunc(enders, func(e ender) bool {
		return e.op().Direction != summary.Close || e.state.Key() != enders[0].state.Key() || goesOn(e.state, &e.op().Site)
	})
}

// goesOn reports whether a function does something after a site, but what it has deferred.
func goesOn(st *reach.State, site *summary.Site) bool {
	after := func(s *summary.Site) bool {
		return s != site && (s.Block == site.Block && s.Order > site.Order || reaches(st, site.Block, s.Block, -1))
	}
	for _, op := range st.Ops() {
		if op.Via != summary.Deferred && after(&op.Site) {
			return true
		}
	}
	for _, c := range st.Calls() {
		if c.Via != summary.Deferred && after(&c.Site) {
			return true
		}
	}
	return false
}

// reaches reports whether control flows from the end of a block to another, not through
// avoid.
func reaches(st *reach.State, from, to, avoid int) bool {
	seen := map[int]bool{}
	for todo := []int{from}; len(todo) > 0; todo = todo[1:] {
		if todo[0] >= len(st.Summary.Flow) {
			continue
		}
		for _, next := range st.Summary.Flow[todo[0]] {
			if next == to && next != avoid {
				return true
			}
			if next != avoid && !seen[next] {
				seen[next] = true
				todo = append(todo, next)
			}
		}
	}
	return false
}

// follows reports whether every way to a site leads past another one.
func follows(st *reach.State, site, other *summary.Site) bool {
	if site.Block == other.Block {
		return site.Order > other.Order
	}
	return site.Block != 0 && (other.Block == 0 || !reaches(st, 0, site.Block, other.Block))
}

// heldAt returns the locks that are certainly held at a site, and the ends of functions
// that only it can come before or after.
func (g *Graph) heldAt(st *reach.State, site *summary.Site) *lockset {
	j := g.joins()[st]
	if j == nil && len(site.Held) == 0 {
		return g.locks.none
	}
	at := place{st, site}
	if known, ok := g.heldIn[at]; ok {
		return known
	}
	var held []uint32
	for _, h := range site.Held {
		if c := st.Class(h.On); c.Kind == summary.Lock && !h.May {
			held = append(held, g.locks.hold(c, !h.Shared))
		}
	}
	if j != nil {
		for _, c := range j.within {
			held = append(held, g.locks.hold(c, true))
		}
		for op, c := range j.behind {
			if follows(st, site, &op.Site) {
				held = append(held, g.locks.hold(c, true))
			}
		}
	}
	set := g.locks.of(held)
	g.heldIn[at] = set
	return set
}

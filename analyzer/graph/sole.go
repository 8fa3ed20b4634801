package graph

import (
	"path"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// A method that is started once for each object runs on one goroutine alone with it: in
// the method, and in all that nobody else calls, one thing is had that only one can have.
// What was made for that object is locked there by that goroutine alone.

// running is the class of what is had in a method that runs once for each object of a type.
func running(method, of string) summary.Class {
	return summary.Class{Name: of + path.Ext(method)}
}

// noteSole notes the methods that run once for each object.
func (g *Graph) noteSole(at func(*reach.State) *joined) {
	if g.sight.Sole == nil {
		return
	}
	runs, owner := g.sight.Sole()
	g.owner = owner
	for _, st := range g.states {
		if of, ok := runs[st.Key()]; ok && st.Summary.Runs == 0 && (!exported(st.Key()) || g.sight.Hidden[st.Key()]) {
			at(st).within = append(at(st).within, running(st.Key(), of))
		}
	}
}

// madeFor reports whether what a lock is in was made for an object of a type, or for what
// was made for one.
func (g *Graph) madeFor(lock summary.Class, of string) bool {
	in := ownerOf(lock)
	for range longest {
		if in = g.owner[in]; in == of || in == "" {
			break
		}
	}
	return in == of && in != ""
}

// Package iface calls through interfaces: what may run is what was converted.
package iface

import "github.com/fencelint/fencelint/testdata/kern"

type store interface{ put(n int) }

// fixed puts into what was reserved.
type fixed struct{ free int }

func (f *fixed) put(n int) { f.free -= n }

// growing allocates.
type growing struct{ pages []*kern.Page }

func (g *growing) put(n int) {
	g.pages = append(g.pages, kern.Alloc(n, kern.Kernel)) // want alloc-in-signalling[contract]
}

// Both may be either: one of the two implementations allocates.
func Both(big bool) {
	var s store = &fixed{}
	if big {
		s = &growing{}
	}
	kern.BeginSignalling()
	s.put(1)
	kern.EndSignalling()
}

type sink interface{ drop(n int) }

type counter struct{ n int }

func (c *counter) drop(n int) { c.n += n }

type keeper struct{ pages []*kern.Page }

// drop allocates, but no keeper ever becomes a sink in a section.
func (k *keeper) drop(n int) {
	k.pages = append(k.pages, kern.Alloc(n, kern.Kernel))
}

// OnlyCounter converts a counter and no other.
func OnlyCounter() {
	var s sink = &counter{}
	kern.BeginSignalling()
	s.drop(1)
	kern.EndSignalling()
}

// Concrete uses a keeper, not through the interface.
func Concrete() {
	k := &keeper{}
	k.drop(1)
}

// assert calls after a type assertion.
func assert(v any) {
	if g, ok := v.(*growing); ok {
		kern.BeginSignalling()
		g.grow(2)
		kern.EndSignalling()
	}
}

func (g *growing) grow(n int) {
	g.pages = append(g.pages, kern.Alloc(n, kern.Kernel)) // want alloc-in-signalling[contract]
}

// Assert gives assert something to look at.
func Assert() { assert(&growing{}) }

// backend is implemented twice; its contract makes roots of both implementations.
type backend interface {
	// run starts a job.
	//
	//fencelint:runs signalling
	run(n int)
	// prepare comes before anything is published.
	prepare(n int)
}

type ring struct{ head int }

func (r *ring) run(n int)     { r.head += n }
func (r *ring) prepare(n int) { kern.Alloc(n, kern.Kernel) }

type list struct{ pages []*kern.Page }

func (l *list) run(n int) {
	l.pages = append(l.pages, kern.Alloc(n, kern.Kernel)) // want alloc-in-signalling[contract]
}
func (l *list) prepare(n int) { kern.Alloc(n, kern.Kernel) }

var _, _ backend = (*ring)(nil), (*list)(nil)

// notBackend has a method of that name but lacks the other: it implements nothing.
type notBackend struct{}

func (notBackend) run(n int) { kern.Alloc(n, kern.Kernel) }

// Use keeps the unexported types in use.
func Use(b backend) {
	b.prepare(1)
	b.run(1)
	notBackend{}.run(1)
}

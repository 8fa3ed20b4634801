// Package decorate wraps interfaces in interfaces.
package decorate

import "github.com/fencelint/fencelint/testdata/kern"

type backend interface {
	//fencelint:runs signalling
	run(n int)
	prepare(n int)
}

// logged calls the next one and logs, which allocates.
type logged struct{ next backend }

func (l *logged) run(n int) {
	l.next.run(n)
	l.log(n)
}

func (l *logged) prepare(n int) {
	l.next.prepare(n)
	l.log(n)
}

func (l *logged) log(n int) {
	kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
}

// counted counts.
type counted struct {
	backend
	n int
}

// run hides the embedded one; prepare is promoted from it.
func (c *counted) run(n int) {
	c.n += n
	c.backend.run(n)
}

type hardware struct{ pages []*kern.Page }

func (h *hardware) run(n int) { h.pages = h.pages[:0] }

func (h *hardware) prepare(n int) {
	h.pages, _ = kern.Grow(h.pages, n, kern.Kernel)
}

// Build stacks them.
func Build() backend {
	return &counted{backend: &logged{next: &hardware{}}}
}

// byValue implements the interface with values.
type byValue struct{ n int }

func (b byValue) run(n int) {
	kern.Alloc(b.n, kern.NoFS) // want alloc-in-signalling[contract]
}

func (b byValue) prepare(n int) { kern.Alloc(b.n, kern.NoFS) }

// Values returns one.
func Values() backend { return byValue{n: 1} }

// Switch calls by type.
func Switch(b backend) {
	kern.BeginSignalling()
	switch b := b.(type) {
	case *hardware:
		b.run(1)
	case *special:
		b.grow()
	}
	kern.EndSignalling()
}

type special struct{ hardware }

func (s *special) grow() {
	s.pages, _ = kern.Grow(s.pages, 1, kern.Kernel) // want alloc-in-signalling[contract]
}

// Use uses them.
func Use() {
	b := Build()
	b.prepare(1)
	b.run(1)
	Switch(&special{})
	Values().prepare(1)
}

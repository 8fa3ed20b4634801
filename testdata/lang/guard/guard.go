// Package guard opens regions and closes them through objects, interfaces and
// callbacks.
package guard

import "github.com/fencelint/fencelint/testdata/kern"

// section is a guard: it closes what begin opened.
type section struct{ open bool }

//fencelint:enters signalling
//fencelint:trusted -- an annotation
func begin() *section { return &section{open: true} }

//fencelint:leaves signalling
//fencelint:trusted -- an annotation
func (s *section) end() { s.open = false }

// Guarded allocates while the guard is open, and afterwards.
func Guarded() {
	s := begin()
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	s.end()
	kern.Alloc(1, kern.Kernel)
}

// Deferred closes at the end.
func Deferred() {
	defer begin().end()
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
}

// annotator opens and closes through an interface.
type annotator interface {
	//fencelint:enters signalling
	begin()
	//fencelint:leaves signalling
	end()
}

// Interface allocates in and after.
func Interface(a annotator) {
	kern.Alloc(1, kern.Kernel)
	a.begin()
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	a.end()
	kern.Alloc(1, kern.Kernel)
}

// inside runs its argument in a section, by directive.
//
//fencelint:calls fn in signalling
//fencelint:trusted -- an annotation
func inside(fn func()) { fn() }

// Inside passes an allocation.
func Inside() {
	inside(func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	})
	inside(func() {})
	inside(grow)
	kern.Alloc(1, kern.Kernel)
}

func grow() {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
}

// noReclaim runs its argument in a scope.
//
//fencelint:calls fn in noreclaim
//fencelint:trusted -- an annotation
func noReclaim(fn func()) { fn() }

// NoReclaim allocates in it.
func NoReclaim() {
	kern.BeginSignalling()
	noReclaim(func() { kern.Alloc(1, kern.Kernel) })
	noReclaim(grow2)
	kern.EndSignalling()
}

func grow2() { kern.Alloc(1, kern.Kernel) }

// runsScope has its whole body in a scope.
//
//fencelint:runs noreclaim
func runsScope() { kern.Alloc(1, kern.Kernel) }

// RunsScope calls it in a section.
func RunsScope() {
	kern.BeginSignalling()
	runsScope()
	kern.EndSignalling()
}

// Loop opens in a loop and breaks out in the middle.
func Loop(n int) {
	for i := range n {
		s := begin()
		if i > 3 {
			s.end()
			break
		}
		s.end()
	}
	kern.Alloc(1, kern.Kernel)
}

// Both closes on either of two paths.
func Both(cond bool) {
	s := begin()
	if cond {
		s.end()
		kern.Alloc(1, kern.Kernel)
	} else {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		s.end()
	}
	kern.Alloc(1, kern.Kernel)
}

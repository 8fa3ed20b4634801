// Package once initialises on first use, which may be in a section.
package once

import (
	"sync"

	"github.com/fencelint/fencelint/testdata/kern"
)

// Fence is what the goroutines here signal.
type Fence struct{ kern.Fence }

type lazy struct {
	once  sync.Once
	pages []*kern.Page
}

// Complete initialises on the first signal.
func (l *lazy) Complete(f *Fence) {
	go func() {
		l.once.Do(func() {
			l.pages = append(l.pages, kern.Alloc(1, kern.Kernel)) // want alloc-in-signalling[contract]
		})
		f.Signal(nil)
	}()
}

type eager struct {
	once  sync.Once
	pages []*kern.Page
}

// init initialises outside any section.
func (e *eager) init() {
	e.once.Do(func() {
		e.pages = append(e.pages, kern.Alloc(1, kern.Kernel))
	})
}

// Complete comes after init: other users of Once do not join with it.
func (e *eager) Complete(f *Fence) {
	e.init()
	go func() {
		kern.Free(nil)
		f.Signal(nil)
	}()
}

var table = sync.OnceValue(func() *kern.Page {
	return kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
})

// Value uses a value that is made on first use.
func Value() {
	kern.BeginSignalling()
	kern.Free(table())
	kern.EndSignalling()
}

// Package higher passes functions around: annotated ones, methods, recursive literals,
// functions that return functions.
package higher

import (
	"sync"

	"github.com/fencelint/fencelint/testdata/kern"
)

// Fence is owed.
type Fence struct{ kern.Fence }

func each(n int, fn func(int) *kern.Page) {
	for i := range n {
		kern.Free(fn(i)) // want alloc-in-signalling[contract]
	}
}

// Annotated passes a function for which only directives speak: the operation is its
// call, in each.
func Annotated() {
	each(3, kern.Vmalloc)
	kern.BeginSignalling()
	each(3, kern.Vmalloc)
	kern.EndSignalling()
}

// Known passes one to a function that only directives describe.
func Known(pages []*kern.Page) {
	kern.BeginSignalling()
	kern.Each(3, func(n int) { kern.Free(pages[n]) })
	kern.EndSignalling()
}

type device struct {
	once  sync.Once
	spin  kern.Spin
	pages []*kern.Page
}

//fencelint:allocates
//fencelint:trusted -- all it does
func (d *device) setup() { d.pages = nil }

// Once sets up on first use, by an annotated method.
func (d *device) Once(f *Fence) {
	go func() {
		d.once.Do(d.setup) // want alloc-in-signalling[contract]
		f.Signal(nil)
	}()
}

// OnceBefore sets up before.
func (d *device) OnceBefore(f *Fence) {
	d.once.Do(d.setup)
	go f.Signal(nil)
}

// Recursive calls itself through a variable.
func Recursive(n int) {
	var walk func(int)
	walk = func(n int) {
		if n == 0 {
			kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
			return
		}
		walk(n - 1)
	}
	kern.BeginSignalling()
	walk(n)
	kern.EndSignalling()
}

// RecursiveGood allocates nothing.
func RecursiveGood(n int) {
	var walk func(int)
	walk = func(n int) {
		if n > 0 {
			walk(n - 1)
		}
	}
	kern.BeginSignalling()
	walk(n)
	kern.EndSignalling()
}

// Nested calls literals in literals.
func Nested() {
	kern.BeginSignalling()
	func() {
		func() {
			func() {
				kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
			}()
		}()
	}()
	kern.EndSignalling()
}

// compose returns a function that calls both.
func compose(a, b func()) func() {
	return func() {
		a()
		b()
	}
}

// Compose composes one that allocates.
func Compose() {
	fn := compose(func() {}, func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	})
	kern.BeginSignalling()
	fn()
	kern.EndSignalling()
}

// retry calls its argument until it succeeds.
func retry(n int, fn func() bool) bool {
	for range n {
		if fn() {
			return true
		}
	}
	return false
}

// Retry allocates without reclaim first, with it last.
func Retry() {
	kern.BeginSignalling()
	ok := retry(3, func() bool { return kern.Alloc(1, kern.NoWait) != nil })
	kern.EndSignalling()
	if !ok {
		retry(3, func() bool { return kern.Alloc(1, kern.Kernel) != nil })
	}
}

// visitor is a struct of callbacks, passed by value.
type visitor struct {
	enter, leave func(int)
}

func visit(n int, v visitor) {
	v.enter(n)
	if n > 0 {
		visit(n-1, v)
	}
	v.leave(n)
}

// Visit passes a leave that allocates.
func Visit() {
	kern.BeginSignalling()
	visit(3, visitor{
		enter: func(int) {},
		leave: func(n int) {
			kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
		},
	})
	kern.EndSignalling()
}

// option configures; the function it returns runs in New, outside any section.
type option func(*device)

func withPages(n int) option {
	return func(d *device) { d.pages, _ = kern.Grow(d.pages, n, kern.Kernel) }
}

// New applies options.
func New(opts ...option) *device {
	d := &device{}
	for _, opt := range opts {
		opt(d)
	}
	return d
}

// UseNew does.
func UseNew() *device {
	d := New(withPages(3))
	kern.BeginSignalling()
	d.pages = d.pages[:0]
	kern.EndSignalling()
	return d
}

// unlocker locks and returns what unlocks.
func (d *device) unlocker() func() {
	d.spin.Lock()
	return func() { d.spin.Unlock() }
}

// Unlocker sleeps between.
func (d *device) Unlocker() {
	unlock := d.unlocker()
	kern.Sleep(1) // want sleep-in-atomic[breach]
	unlock()
	kern.Sleep(1)
}

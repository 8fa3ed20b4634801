// Package generic calls generic functions, containers and methods of type
// parameters.
package generic

import "github.com/fencelint/fencelint/testdata/kern"

// vector is a generic container that grows with the flags it is given.
type vector[T any] struct{ items []T }

func (v *vector[T]) push(item T, flags kern.Flags) bool {
	items, ok := kern.Grow(v.items, 1, flags)
	if ok {
		v.items = append(items, item)
	}
	return ok
}

// pushNow grows as it likes.
func (v *vector[T]) pushNow(item T) {
	v.items, _ = kern.Grow(v.items, 1, kern.Kernel) // want alloc-in-signalling[contract]
	v.items = append(v.items, item)
}

// reserve is pushNow's good twin: called before the section only.
func (v *vector[T]) reserve(n int) {
	v.items, _ = kern.Grow(v.items, n, kern.Kernel)
}

// put uses what was reserved.
func (v *vector[T]) put(item T) { v.items = append(v.items, item) }

// Push chooses flags that reclaim: the finding is where they were chosen.
func Push(v *vector[int]) {
	v.push(1, kern.Kernel)
	kern.BeginSignalling()
	v.push(1, kern.Kernel) // want alloc-in-signalling[contract]
	kern.EndSignalling()
}

// PushNow lets the container choose.
func PushNow(v *vector[string]) {
	kern.BeginSignalling()
	v.pushNow("a")
	kern.EndSignalling()
}

// Put reserves first.
func Put(v *vector[int]) {
	v.reserve(1)
	kern.BeginSignalling()
	v.put(1)
	kern.EndSignalling()
}

// apply calls its argument.
func apply[T any](items []T, fn func(T)) {
	for _, item := range items {
		fn(item)
	}
}

// Apply passes an allocating function in the section, and outside.
func Apply() {
	apply([]string{"a"}, func(s string) { kern.Alloc(len(s), kern.Kernel) })
	kern.BeginSignalling()
	apply([]int{1}, func(n int) {
		kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
	})
	apply([]int{1}, func(n int) {})
	kern.EndSignalling()
}

type storer interface{ store(n int) }

type pages struct{}

func (pages) store(n int) {
	kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
}

type words struct{ n int }

func (w words) store(n int) {}

// storeAll calls a method of its type parameter.
func storeAll[S storer](s S, n int) {
	for i := range n {
		s.store(i)
	}
}

// Pages instantiates it with a type that allocates.
func Pages() {
	kern.BeginSignalling()
	storeAll(pages{}, 3)
	kern.EndSignalling()
}

// Words instantiates it with one that does not.
func Words() {
	kern.BeginSignalling()
	storeAll(words{}, 3)
	kern.EndSignalling()
}

// locked is a generic owner of a lock: its class is the field of the generic type.
type locked[T any] struct {
	spin  kern.Spin
	value T
}

func (l *locked[T]) with(fn func(*T)) {
	l.spin.Lock()
	fn(&l.value)
	l.spin.Unlock()
}

// With sleeps under the lock that a generic method took.
func With(l *locked[int]) {
	l.with(func(n *int) {
		kern.Sleep(*n) // want sleep-in-atomic[breach]
	})
	l.with(func(n *int) { *n = 0 })
	kern.Sleep(1)
}

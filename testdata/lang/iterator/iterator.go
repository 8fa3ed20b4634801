// Package iterator ranges over functions: the loop body runs inside the iterator.
package iterator

import (
	"iter"

	"github.com/fencelint/fencelint/testdata/kern"
)

type table struct {
	spin kern.Spin
	jobs []int
}

// all yields with the table's lock held.
func (t *table) all() iter.Seq[int] {
	return func(yield func(int) bool) {
		t.spin.Lock()
		defer t.spin.Unlock()
		for _, j := range t.jobs {
			if !yield(j) {
				return
			}
		}
	}
}

// free yields without it.
func (t *table) free() iter.Seq[int] {
	return func(yield func(int) bool) {
		t.spin.Lock()
		jobs := t.jobs
		t.spin.Unlock()
		for _, j := range jobs {
			if !yield(j) {
				return
			}
		}
	}
}

// Held sleeps in a body that runs with the lock held.
func Held(t *table) {
	for j := range t.all() {
		kern.Sleep(j) // want sleep-in-atomic[breach]
	}
	kern.Sleep(1)
}

// Free sleeps in a body that does not.
func Free(t *table) {
	for j := range t.free() {
		kern.Sleep(j)
	}
}

// counts allocates in the iterator itself.
func counts(n int) iter.Seq2[int, *kern.Page] {
	return func(yield func(int, *kern.Page) bool) {
		for i := range n {
			if !yield(i, kern.Alloc(i, kern.Kernel)) { // want alloc-in-signalling[contract]
				return
			}
		}
	}
}

// Counts ranges over it in a section.
func Counts() {
	kern.BeginSignalling()
	for _, p := range counts(3) {
		kern.Free(p)
	}
	kern.EndSignalling()
}

// numbers allocates nothing.
func numbers(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// Body allocates in the loop's body, in a section.
func Body() {
	for n := range numbers(3) {
		kern.Alloc(n, kern.Kernel)
	}
	kern.BeginSignalling()
	for n := range numbers(3) {
		kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
	}
	kern.EndSignalling()
	for range numbers(3) {
		kern.Alloc(1, kern.Kernel)
	}
}

// Region opens and closes the section within the body.
func Region() {
	for n := range numbers(3) {
		kern.BeginSignalling()
		kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
		kern.EndSignalling()
	}
	kern.Alloc(1, kern.Kernel)
}

// Deferred defers in the body: it runs when Deferred returns, not when the body does.
func Deferred(t *table) {
	for n := range numbers(3) {
		t.spin.Lock()
		defer t.spin.Unlock()
		if n > 0 {
			break
		}
		return
	}
	kern.Sleep(1) // want sleep-in-atomic[breach]
}

// Early returns from inside the body.
func Early(t *table) int {
	for n := range numbers(3) {
		if n == 2 {
			return n
		}
	}
	kern.Sleep(1)
	return 0
}

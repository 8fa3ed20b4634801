// Package recursion has functions that call themselves and each other.
package recursion

import "github.com/fencelint/fencelint/testdata/kern"

type node struct{ left, right *node }

// walk allocates on the way.
func (n *node) walk() {
	if n == nil {
		return
	}
	n.left.walk()
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	n.right.walk()
}

// Walk walks in a section.
func Walk(n *node) {
	kern.BeginSignalling()
	n.walk()
	kern.EndSignalling()
}

// count allocates nothing.
func (n *node) count() int {
	if n == nil {
		return 0
	}
	return n.left.count() + n.right.count() + 1
}

// Count counts in a section and allocates after it.
func Count(n *node) {
	kern.BeginSignalling()
	size := n.count()
	kern.EndSignalling()
	kern.Alloc(size, kern.Kernel)
}

// even and odd call each other; odd allocates.
func even(n int) bool {
	if n == 0 {
		return true
	}
	return odd(n - 1)
}

func odd(n int) bool {
	if n == 0 {
		return false
	}
	kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
	return even(n - 1)
}

// Even starts at the one that does not allocate itself.
func Even(n int) {
	kern.BeginSignalling()
	even(n)
	kern.EndSignalling()
}

// ping and pong pass their flags around the cycle.
func ping(n int, flags kern.Flags) {
	if n > 0 {
		pong(n-1, flags)
	}
}

func pong(n int, flags kern.Flags) {
	kern.Alloc(n, flags)
	ping(n-1, flags)
}

// Ping chooses flags that reclaim, in the section and outside.
func Ping(n int) {
	ping(n, kern.Kernel)
	kern.BeginSignalling()
	ping(n, kern.NoIO) // want alloc-in-signalling[contract]
	kern.EndSignalling()
}

// visit calls its argument through the recursion.
func (n *node) visit(fn func(*node)) {
	if n == nil {
		return
	}
	n.left.visit(fn)
	fn(n)
	n.right.visit(fn)
}

// Visit passes a function that allocates, in the section.
func Visit(n *node) {
	n.visit(func(*node) { kern.Alloc(1, kern.Kernel) })
	kern.BeginSignalling()
	n.visit(func(*node) {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	})
	n.visit(func(*node) {})
	kern.EndSignalling()
}

type tree struct{ spin kern.Spin }

// descend takes and drops the lock at each level.
func (t *tree) descend(n int) {
	if n == 0 {
		return
	}
	t.spin.Lock()
	t.spin.Unlock()
	t.descend(n - 1)
	kern.Sleep(1)
}

// Descend descends.
func (t *tree) Descend() { t.descend(3) }

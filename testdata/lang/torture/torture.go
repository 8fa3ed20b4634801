// Package torture has code that is odd, and right: the analyzer has to get through it.
package torture

import (
	"iter"

	"github.com/fencelint/fencelint/testdata/kern"
)

type (
	tree[T any]               struct{ left, right *tree[T] }
	pair[K comparable, V any] struct {
		k K
		v V
	}
	self        struct{ *self }
	fn          func(fn) fn
	nested      map[string]map[int][]chan chan<- func() error
	empty       interface{}
	number      interface{ ~int | ~float64 }
	list[T any] = []pair[string, T]
)

const zero = iota

var (
	_        = zero
	a, b     = two()
	table    = [...]func(int) int{func(n int) int { return n }, 2: double}
	compound = map[pair[string, int]]*kern.Mutex{{"a", 1}: {}}
)

func two() (int, error) { return 1, nil }

func double(n int) int { return n * 2 }

// None does nothing at all.
func None() {}

// Forever never returns.
func Forever() {
	for {
	}
}

// Blocked never returns either.
func Blocked() { select {} }

// Dead has code that nothing reaches.
func Dead(mu *kern.Mutex) int {
	mu.Lock()
	return 1
	mu.Unlock()
	return 2
}

// Loop jumps back.
func Loop(n int, mu *kern.Mutex) {
again:
	mu.Lock()
	if n > 0 {
		n--
		mu.Unlock()
		goto again
	}
	mu.Unlock()
}

// Nil calls and locks nothing.
func Nil() {
	var f func()
	var mu *kern.Mutex
	var i interface{ Lock() }
	if f != nil {
		f()
	}
	if mu != nil {
		mu.Lock()
		mu.Unlock()
	}
	if i != nil {
		i.Lock()
	}
}

// Y is a fixed point.
func Y(f fn) fn { return f(f)(f) }

// Walk recurs in a generic method.
func (t *tree[T]) Walk(yield func(*tree[T]) bool) bool {
	return t == nil || t.left.Walk(yield) && yield(t) && t.right.Walk(yield)
}

// All is an iterator over it.
func (t *tree[T]) All() iter.Seq[*tree[T]] {
	return func(yield func(*tree[T]) bool) { t.Walk(yield) }
}

// Sum is generic over numbers.
func Sum[N number](ns ...N) (sum N) {
	for _, n := range ns {
		sum += n
	}
	return sum
}

// Deep nests everything.
func Deep(t *tree[list[int]], x nested) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err, _ = r.(error)
		}
	}()
outer:
	for node := range t.All() {
		for k, m := range x {
			for i, chans := range m {
				for _, c := range chans {
					select {
					case inner := <-c:
						select {
						case inner <- func() error { return nil }:
							continue outer
						default:
							break outer
						}
					default:
						if i > len(k) {
							return nil
						}
					}
				}
			}
		}
		for range node.All() {
			defer None()
		}
	}
	switch v := any(x).(type) {
	case nested:
		clear(v)
	case empty:
	}
	return nil
}

// Selfish follows itself.
func Selfish(s *self) {
	for ; s != nil; s = s.self {
		s.self.self = s
	}
}

// Copied copies locks about, which vet dislikes and nobody should.
func Copied(ms [2]pair[int, *kern.Mutex]) {
	for _, m := range ms {
		m.v.Lock()
		m.v.Unlock()
	}
	func(ms ...*kern.Mutex) {
		for _, m := range ms {
			m.Lock()
			defer m.Unlock()
		}
	}(ms[0].v, ms[1].v)
}

// Use uses what is left.
func Use() {
	_, _, _ = a, b, compound
	for _, f := range table {
		if f != nil {
			f(Sum(1, 2))
		}
	}
	Selfish(&self{})
	_ = Sum(1.5)
}

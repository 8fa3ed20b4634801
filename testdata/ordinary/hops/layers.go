package hops

import "sync"

// near has four calls between its locks that may each go to one of several.
type near struct {
	outer, inner sync.Mutex
	top          interface{ first() }
}

type nearFirst struct{ below interface{ second() } }

func (f nearFirst) first() { f.below.second() }

type nearSecond struct{ below interface{ third() } }

func (s nearSecond) second() { s.below.third() }

type nearThird struct{ below interface{ fourth() } }

func (t nearThird) third() { t.below.fourth() }

type nearFourth struct{ n *near }

func (f nearFourth) fourth() {
	f.n.inner.Lock() // want lock-order[cycle/warning]
	f.n.inner.Unlock()
}

// NewNear makes one.
func NewNear(way int) *near {
	n := &near{top: noFirst{}}
	switch way {
	case 1:
		n.top = nearFirst{noSecond{}}
	case 2:
		n.top = nearFirst{nearSecond{noThird{}}}
	case 3:
		n.top = nearFirst{nearSecond{nearThird{noFourth{}}}}
	case 4:
		n.top = nearFirst{nearSecond{nearThird{nearFourth{n}}}}
	}
	return n
}

// Down takes the outer lock first.
func (n *near) Down() {
	n.outer.Lock()
	n.top.first()
	n.outer.Unlock()
}

// Up takes the inner lock first.
func (n *near) Up() {
	n.inner.Lock()
	n.outer.Lock()
	n.outer.Unlock()
	n.inner.Unlock()
}

// far has five of them. The locks are taken in both orders all the same, and that is farther
// than what is done with a lock held is followed.
type far struct {
	outer, inner sync.Mutex
	top          interface{ first() }
}

type farFirst struct{ below interface{ second() } }

func (f farFirst) first() { f.below.second() }

type farSecond struct{ below interface{ third() } }

func (s farSecond) second() { s.below.third() }

type farThird struct{ below interface{ fourth() } }

func (t farThird) third() { t.below.fourth() }

type farFourth struct{ below interface{ fifth() } }

func (f farFourth) fourth() { f.below.fifth() }

type farFifth struct{ f *far }

func (f farFifth) fifth() {
	f.f.inner.Lock()
	f.f.inner.Unlock()
}

// NewFar makes one.
func NewFar(way int) *far {
	f := &far{top: noFirst{}}
	switch way {
	case 1:
		f.top = farFirst{noSecond{}}
	case 2:
		f.top = farFirst{farSecond{noThird{}}}
	case 3:
		f.top = farFirst{farSecond{farThird{noFourth{}}}}
	case 4:
		f.top = farFirst{farSecond{farThird{farFourth{noFifth{}}}}}
	case 5:
		f.top = farFirst{farSecond{farThird{farFourth{farFifth{f}}}}}
	}
	return f
}

// Down takes the outer lock first.
func (f *far) Down() {
	f.outer.Lock()
	f.top.first()
	f.outer.Unlock()
}

// Up takes the inner lock first.
func (f *far) Up() {
	f.inner.Lock()
	f.outer.Lock()
	f.outer.Unlock()
	f.inner.Unlock()
}

type noFirst struct{}

func (noFirst) first() {}

type noSecond struct{}

func (noSecond) second() {}

type noThird struct{}

func (noThird) third() {}

type noFourth struct{}

func (noFourth) fourth() {}

type noFifth struct{}

func (noFifth) fifth() {}

// Package contexts has operations that several roots reach, and that break several
// rules at once.
package contexts

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is owed.
type Fence struct{ kern.Fence }

// first and second are two roots; shared is one finding.
//
//fencelint:runs signalling
func first() { shared() }

//fencelint:runs signalling
func second() { shared() }

func shared() {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
}

// interrupt is atomic and owes a fence: the allocation is wrong in both.
func interrupt(f *Fence) {
	kern.OnInterrupt(func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-atomic[breach] alloc-in-signalling[contract]
		f.Signal(nil)
	})
}

// interruptGood does nothing of the kind.
func interruptGood(f *Fence) {
	kern.OnInterrupt(func() {
		if p := kern.Alloc(1, kern.Atomic); p != nil {
			kern.Free(p)
		}
		f.Signal(nil)
	})
}

// both runs in reclaim and owes a fence that it publishes: a shrinker that waits.
type shrinker struct{ fence Fence }

// Scan allocates in reclaim, and in a section of its own.
func (s *shrinker) Scan(n int) int {
	kern.Publish(&s.fence.Fence)
	kern.Alloc(1, kern.Kernel) // want alloc-in-reclaim[cycle] alloc-in-signalling[contract]
	s.fence.Signal(nil)
	return n
}

// locked holds a lock in a section over an allocation that is a finding by itself: the
// lock adds nothing.
type locked struct {
	mu    kern.Mutex
	fence *Fence
}

//fencelint:runs signalling
func (l *locked) complete() {
	l.mu.Lock()
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	l.mu.Unlock()
	l.fence.Signal(nil)
}

// disjoint holds a lock over an allocation only in a state in which no fence is out.
// No held set can say so: that is what a reason is for.
type disjoint struct {
	mu    kern.Mutex
	fence *Fence
	pages []*kern.Page
}

func (d *disjoint) grow() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fence.Done() {
		d.pages = append(d.pages, kern.Alloc(1, kern.Kernel))
	}
}

//fencelint:runs signalling
func (d *disjoint) evict() {
	//fencelint:ignore lock-in-signalling -- grow allocates only when the fence has signalled
	d.mu.Lock() // suppressed lock-in-signalling[contract]
	d.pages = nil
	d.mu.Unlock()
	d.fence.Signal(nil)
}

// init runs once and is no root, whatever it does.
func init() {
	kern.Alloc(1, kern.Kernel)
	kern.Sleep(1)
}

// Use keeps it in use.
func Use(f *Fence, l *locked, d *disjoint) {
	first()
	second()
	interrupt(f)
	interruptGood(f)
	kern.Register(&shrinker{})
	l.complete()
	d.grow()
	d.evict()
}

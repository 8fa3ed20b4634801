// Package shrinker has what reclaim may do and may not.
package shrinker

import "github.com/fencelint/fencelint/testdata/kern"

// Fence may be waited for from reclaim.
type Fence struct{ kern.Fence }

type good struct {
	lru   kern.Mutex
	own   kern.Mutex
	resv  kern.Resv
	slots kern.Slots
	fence *Fence
	wake  chan int
	//fencelint:workqueue rescuer
	work kern.WorkQueue
}

func (g *good) fill() {
	g.lru.Lock()
	kern.Alloc(1, kern.Kernel)
	g.lru.Unlock()
}

// Scan tries locks, takes one that is never held over an allocation, waits for a
// fence, flushes a queue that has a rescuer.
func (g *good) Scan(n int) int {
	if !g.lru.TryLock() {
		return 0
	}
	g.lru.Unlock()
	if !g.resv.TryLock() {
		return 0
	}
	g.resv.Unlock()
	if g.slots.TryGet() {
		g.slots.Put()
	}
	g.own.Lock()
	g.own.Unlock()
	g.fence.Wait()
	g.work.Flush()
	select {
	case <-g.wake:
	default:
	}
	kern.Free(kern.Alloc(1, kern.NoWait))
	return n
}

type blocks struct {
	lru   kern.Mutex
	resv  kern.Resv
	slots kern.Slots
	wake  chan int
	queue kern.WaitQueue
	work  kern.WorkQueue
	n     int
	ready bool
}

func (b *blocks) fill() {
	b.lru.Lock()
	b.grow()
	b.lru.Unlock()
	b.wake <- 1
	b.work.Push(func() { b.n = 0 })
	b.queue.Wake()
}

func (b *blocks) grow() { kern.Alloc(1, kern.NoFS) }

// Scan does everything wrong.
func (b *blocks) Scan(n int) int {
	b.lru.Lock() // want lock-in-reclaim[cycle]
	b.lru.Unlock()
	b.resv.Lock() // want lock-in-reclaim[contract]
	b.resv.Unlock()
	<-b.wake                                     // want block-in-reclaim[cycle]
	b.queue.Wait(func() bool { return b.ready }) // want block-in-reclaim[cycle]
	b.work.Flush()                               // want block-in-reclaim[breach]
	b.slots.Get()                                // want block-in-reclaim[breach]
	b.slots.Put()
	kern.Alloc(1, kern.Kernel) // want alloc-in-reclaim[cycle]
	kern.Alloc(1, kern.NoFS)   // want alloc-in-reclaim[cycle]
	return n
}

// Init registers both.
func Init() {
	g, b := &good{}, &blocks{}
	kern.Register(g)
	kern.Register(b)
	g.fill()
	b.fill()
}

// declared is reclaim by directive, with no interface.
//
//fencelint:runs reclaim
func declared() {
	kern.Alloc(1, kern.Kernel) // want alloc-in-reclaim[cycle]
}

type indirect struct{ lru kern.Mutex }

// fill allocates under the lock three calls down.
func (i *indirect) fill() {
	i.lru.Lock()
	defer i.lru.Unlock()
	i.one()
}

func (i *indirect) one() { i.two() }

func (i *indirect) two() { kern.Alloc(1, kern.Kernel) }

// Scan takes it two calls down.
func (i *indirect) Scan(n int) int {
	i.purge()
	return n
}

func (i *indirect) purge() { i.lock() }

func (i *indirect) lock() {
	i.lru.Lock() // want lock-in-reclaim[cycle]
	i.lru.Unlock()
}

// InitIndirect registers it.
func InitIndirect() {
	i := &indirect{}
	kern.Register(i)
	i.fill()
}

type chained struct{ outer, inner kern.Mutex }

// fill holds outer while it takes inner; grow holds inner over an allocation.
func (c *chained) fill() {
	c.outer.Lock()
	c.inner.Lock()
	c.inner.Unlock()
	c.outer.Unlock()
}

func (c *chained) grow() {
	c.inner.Lock()
	kern.Alloc(1, kern.Kernel)
	c.inner.Unlock()
}

// Scan takes outer: reclaim waits for outer, outer for inner, inner for reclaim.
func (c *chained) Scan(n int) int {
	c.outer.Lock() // want lock-in-reclaim[cycle]
	c.outer.Unlock()
	return n
}

// InitChained registers it.
func InitChained() {
	c := &chained{}
	kern.Register(c)
	c.fill()
	c.grow()
}

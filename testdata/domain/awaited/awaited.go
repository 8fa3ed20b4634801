// Package awaited has who ends a wait allocate on the way there, while reclaim takes a
// lock that the one who waits holds.
package awaited

import (
	"sync"

	"github.com/fencelint/fencelint/testdata/kern"
)

// received waits for an answer with the lock held that its shrinker takes.
type received struct {
	lru    kern.Mutex
	answer chan int
}

func (r *received) start() {
	go r.work()
	r.lru.Lock()
	<-r.answer
	r.lru.Unlock()
}

func (r *received) work() {
	kern.Alloc(1, kern.Kernel)
	r.answer <- 1
}

// Scan is reclaim.
func (r *received) Scan(n int) int {
	r.lru.Lock() // want lock-in-reclaim[cycle]
	r.lru.Unlock()
	return n
}

// spared is received, where who answers allocates what does not wait, or afterwards.
type spared struct {
	lru    kern.Mutex
	answer chan int
}

func (s *spared) start() {
	go s.work()
	s.lru.Lock()
	<-s.answer
	s.lru.Unlock()
}

func (s *spared) work() {
	kern.Alloc(1, kern.NoWait)
	s.answer <- 1
	kern.Alloc(1, kern.Kernel)
}

// Scan is reclaim.
func (s *spared) Scan(n int) int {
	s.lru.Lock()
	s.lru.Unlock()
	return n
}

// scoped is received, where a caller has seen to it that nothing enters reclaim.
type scoped struct {
	lru    kern.Mutex
	answer chan int
}

func (s *scoped) start() {
	go s.work()
	s.lru.Lock()
	<-s.answer
	s.lru.Unlock()
}

func (s *scoped) work() {
	kern.NoReclaimSave()
	s.reply()
	kern.NoReclaimRestore()
}

func (s *scoped) reply() {
	kern.Alloc(1, kern.Kernel)
	s.answer <- 1
}

// Scan is reclaim.
func (s *scoped) Scan(n int) int {
	s.lru.Lock()
	s.lru.Unlock()
	return n
}

// either is received, where somebody else answers who needs no memory.
type either struct {
	lru    kern.Mutex
	answer chan int
}

func (e *either) start() {
	go e.work()
	go e.timeout()
	e.lru.Lock()
	<-e.answer
	e.lru.Unlock()
}

func (e *either) work() {
	kern.Alloc(1, kern.Kernel)
	e.answer <- 1
}

func (e *either) timeout() { e.answer <- 0 }

// Scan is reclaim.
func (e *either) Scan(n int) int {
	e.lru.Lock()
	e.lru.Unlock()
	return n
}

// sent hands something over, without a buffer, with the lock held that its shrinker
// takes.
type sent struct {
	lru  kern.Mutex
	jobs chan int
}

func newSent() *sent { return &sent{jobs: make(chan int)} }

func (s *sent) start() {
	go s.work()
	s.lru.Lock()
	s.jobs <- 1
	s.lru.Unlock()
}

func (s *sent) work() {
	kern.Alloc(1, kern.Kernel)
	<-s.jobs
}

// Scan is reclaim.
func (s *sent) Scan(n int) int {
	s.lru.Lock() // want lock-in-reclaim[cycle]
	s.lru.Unlock()
	return n
}

// buffered is sent, with room for what is sent.
type buffered struct {
	lru  kern.Mutex
	jobs chan int
}

func newBuffered() *buffered { return &buffered{jobs: make(chan int, 1)} }

func (b *buffered) start() {
	go b.work()
	b.lru.Lock()
	b.jobs <- 1
	b.lru.Unlock()
}

func (b *buffered) work() {
	kern.Alloc(1, kern.Kernel)
	<-b.jobs
}

// Scan is reclaim.
func (b *buffered) Scan(n int) int {
	b.lru.Lock()
	b.lru.Unlock()
	return n
}

// counted waits for a group of which one allocates.
type counted struct {
	lru kern.Mutex
	all sync.WaitGroup
}

func (c *counted) start() {
	c.all.Add(1)
	go c.work()
	c.lru.Lock()
	c.all.Wait()
	c.lru.Unlock()
}

func (c *counted) work() {
	defer c.all.Done()
	kern.Alloc(1, kern.Kernel)
}

// Scan is reclaim.
func (c *counted) Scan(n int) int {
	c.lru.Lock() // want lock-in-reclaim[cycle]
	c.lru.Unlock()
	return n
}

// uncounted waits for a group of which nobody allocates before it is done.
type uncounted struct {
	lru kern.Mutex
	all sync.WaitGroup
}

func (u *uncounted) start() {
	u.all.Add(1)
	go u.work()
	u.lru.Lock()
	u.all.Wait()
	u.lru.Unlock()
}

func (u *uncounted) work() {
	u.all.Done()
	kern.Alloc(1, kern.Kernel)
}

// Scan is reclaim.
func (u *uncounted) Scan(n int) int {
	u.lru.Lock()
	u.lru.Unlock()
	return n
}

// told waits on a Cond with the lock held that its shrinker takes.
type told struct {
	lru   kern.Mutex
	mu    sync.Mutex
	ready bool
	cond  *sync.Cond
}

func newTold() *told {
	t := &told{}
	t.cond = sync.NewCond(&t.mu)
	return t
}

func (t *told) start() {
	go t.work()
	t.lru.Lock()
	t.mu.Lock()
	for !t.ready {
		t.cond.Wait()
	}
	t.mu.Unlock()
	t.lru.Unlock()
}

func (t *told) work() {
	kern.Alloc(1, kern.Kernel)
	t.mu.Lock()
	t.ready = true
	t.cond.Broadcast()
	t.mu.Unlock()
}

// Scan is reclaim.
func (t *told) Scan(n int) int {
	t.lru.Lock() // want lock-in-reclaim[cycle]
	t.lru.Unlock()
	return n
}

// between gives the lock up while it waits.
type between struct {
	lru    kern.Mutex
	answer chan int
}

func (b *between) start() {
	go b.work()
	b.lru.Lock()
	b.lru.Unlock()
	<-b.answer
	b.lru.Lock()
	b.lru.Unlock()
}

func (b *between) work() {
	kern.Alloc(1, kern.Kernel)
	b.answer <- 1
}

// Scan is reclaim.
func (b *between) Scan(n int) int {
	b.lru.Lock()
	b.lru.Unlock()
	return n
}

// own has its answer by the time it waits: it has sent it itself.
type own struct {
	lru    kern.Mutex
	answer chan int
}

func newOwn() *own { return &own{answer: make(chan int, 2)} }

func (o *own) start() {
	go o.work()
	kern.Alloc(1, kern.Kernel)
	o.answer <- 0
	o.lru.Lock()
	<-o.answer
	o.lru.Unlock()
}

func (o *own) work() {
	kern.Alloc(1, kern.Kernel)
	o.answer <- 1
}

// Scan is reclaim.
func (o *own) Scan(n int) int {
	o.lru.Lock()
	o.lru.Unlock()
	return n
}

// idle waits for an answer in reclaim itself.
type idle struct{ answer chan int }

func (i *idle) work() {
	kern.Alloc(1, kern.Kernel)
	i.answer <- 1
}

// Scan is reclaim.
func (i *idle) Scan(n int) int {
	go i.work()
	return <-i.answer // want block-in-reclaim[cycle]
}

// prompt is idle, where who answers needs no memory: reclaim waits for it all the same.
type prompt struct{ answer chan int }

func (p *prompt) work() { p.answer <- 1 }

// Scan is reclaim.
func (p *prompt) Scan(n int) int {
	go p.work()
	return <-p.answer // want block-in-reclaim[breach]
}

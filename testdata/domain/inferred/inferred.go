// Package inferred has no directive at all: the roots are found by what is signalled
// from them.
package inferred

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is what everybody here signals.
type Fence struct{ kern.Fence }

type job struct {
	fence *Fence
	next  *job
}

type worker struct {
	jobs chan *job
	idle chan int
}

// loop receives a job, and owes its fence until it has signalled it. Waiting for the
// next one is idle.
func (w *worker) loop() {
	for j := range w.jobs {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		j.fence.Signal(nil)
		kern.Alloc(1, kern.Kernel)
	}
}

// Start starts it.
func (w *worker) Start(j *job) {
	go w.loop()
	w.jobs <- j
}

type careful struct{ jobs, retired chan *job }

// loop allocates before it takes a job on, and hands the rest to somebody else after.
func (c *careful) loop() {
	for {
		kern.Alloc(1, kern.Kernel)
		j, ok := <-c.jobs
		if !ok {
			return
		}
		j.fence.Signal(nil)
		c.retired <- j
	}
}

// Start starts it and takes back what it retires.
func (c *careful) Start(j *job) *job {
	go c.loop()
	c.jobs <- j
	return <-c.retired
}

type second struct{ jobs, acks chan *job }

// loop waits for an acknowledgement while it owes: that wait is not idle.
func (s *second) loop() {
	for j := range s.jobs {
		<-s.acks // want block-in-signalling[breach]
		j.fence.Signal(nil)
	}
}

// Start starts it and acknowledges.
func (s *second) Start(j *job) {
	go s.loop()
	s.jobs <- j
	s.acks <- j
}

type list struct {
	mu    kern.Spin
	queue kern.WaitQueue
	head  *job
}

func (l *list) pop() *job {
	l.mu.Lock()
	defer l.mu.Unlock()
	j := l.head
	if j != nil {
		l.head = j.next
	}
	return j
}

// loop waits on a queue until there is something to pop.
func (l *list) loop() {
	for {
		l.queue.Wait(func() bool { return l.head != nil })
		j := l.pop()
		if j == nil {
			continue
		}
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		j.fence.Signal(nil)
	}
}

// Start starts it.
func (l *list) Start(j *job) {
	go l.loop()
	l.mu.Lock()
	l.head = j
	l.mu.Unlock()
	l.queue.Wake()
}

type events struct {
	//fencelint:workqueue ordered rescuer
	work  kern.WorkQueue
	fence *Fence
}

// Interrupt queues the completion of the fence that the receiver brings.
func (e *events) Interrupt() { e.work.Push(e.complete) }

func (e *events) complete() {
	kern.Alloc(1, kern.NoIO) // want alloc-in-signalling[contract]
	e.fence.Signal(nil)
}

type quiet struct {
	//fencelint:workqueue ordered rescuer
	work  kern.WorkQueue
	fence *Fence
}

// Interrupt queues one that signals first.
func (q *quiet) Interrupt() {
	q.work.Push(func() {
		q.fence.Signal(nil)
		kern.Alloc(1, kern.NoIO)
	})
}

// Chain signals one fence from another's callback.
func Chain(first *kern.Fence, then *Fence) {
	first.OnSignal(func() {
		then.Signal(nil)
	})
}

// finish signals for its caller: no root itself.
func finish(f *Fence) {
	kern.Alloc(1, kern.Kernel)
	f.Signal(nil)
}

// Process calls it, and is none either.
func Process(f *Fence) { finish(f) }

// Fresh makes a fence that nobody else can reach before it has signalled.
func Fresh() {
	go func() {
		f := &Fence{}
		kern.Alloc(1, kern.Kernel)
		f.Signal(nil)
	}()
}

// Handed makes one and hands it out first: from there it is owed.
func Handed(out chan *Fence) {
	go func() {
		f := &Fence{}
		kern.Alloc(1, kern.Kernel)
		kern.Publish(&f.Fence)
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		f.Signal(nil)
	}()
}

// All signals a slice of fences that it captured.
func All(pending []*Fence) {
	go func() {
		kern.Grow(pending, len(pending), kern.Kernel) // want alloc-in-signalling[contract]
		for _, f := range pending {
			f.Signal(nil)
		}
	}()
}

// Idle signals nothing: it may wait and allocate.
func (w *worker) Idle() {
	go func() {
		for range w.idle {
			kern.Alloc(1, kern.Kernel)
		}
	}()
	w.idle <- 1
}

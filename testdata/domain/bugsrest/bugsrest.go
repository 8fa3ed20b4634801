// Package bugsrest is the third part of the catalogue of real bugs: sleeping in
// atomic, callbacks, lost signals, queues and finite resources.
package bugsrest

import (
	"errors"

	"github.com/fencelint/fencelint/testdata/kern"
)

var errCanceled = errors.New("canceled")

// Fence is a job's fence.
type Fence struct{ kern.Fence }

type job struct {
	fence  Fence
	parent *kern.Fence
	lock   kern.Mutex
	refs   int
	free   func(*job)
}

// killed frees a job from a fence's callback: free takes a mutex.
func killed(j *job) { j.parent.OnSignal(j.release) }

func (j *job) release() {
	j.lock.Lock() // want sleep-in-atomic[breach]
	j.refs--
	j.lock.Unlock()
}

// queued hands that to work.
func queued(j *job, w *kern.WorkQueue) {
	j.parent.OnSignal(func() { w.Push(j.put) })
}

func (j *job) put() {
	j.lock.Lock()
	j.refs--
	j.lock.Unlock()
}

// floatingPoint is a region in which nothing may sleep.
type floatingPoint struct{ unit kern.Spin }

func (f *floatingPoint) begin() { f.unit.Lock() }
func (f *floatingPoint) end()   { f.unit.Unlock() }

func validate(f *floatingPoint) {
	f.begin()
	defer f.end()
	state(3)
}

func state(n int) {
	if n == 0 {
		kern.Alloc(1, kern.Kernel) // want alloc-in-atomic[breach]
		return
	}
	state(n - 1)
}

func validateReserved(f *floatingPoint) {
	p := kern.Alloc(1, kern.Kernel)
	f.begin()
	defer f.end()
	kern.Free(p)
}

// sendLocked sends to the firmware with an interrupt lock held, and waits.
type firmware struct {
	irq     kern.Spin
	tx      kern.Mutex
	replies chan int
	fence   *Fence
	n       int
}

func (f *firmware) sendLocked() {
	f.irq.Lock()
	f.send()
	f.irq.Unlock()
}

func (f *firmware) send() {
	f.n = <-f.replies // want sleep-in-atomic[breach] block-in-signalling[cycle]
}

// event is the only one who delivers replies, and waits for one while it owes.
func (f *firmware) event() {
	f.send()
	f.fence.Signal(nil)
	f.replies <- f.n
}

// Start starts the event worker.
func (f *firmware) Start() { go f.event() }

// deferred sends after it has signalled and to somebody else.
type deferred struct {
	replies chan int
	fence   *Fence
	n       int
}

func (d *deferred) event() {
	d.fence.Signal(nil)
	select {
	case d.replies <- d.n:
	default:
	}
}

// Start starts it.
func (d *deferred) Start() { go d.event() }

// Wait waits for a reply, in nobody's way.
func (d *deferred) Wait() int { return <-d.replies }

// array signals a fence from another's callback, which frees what it holds last.
func array(first *kern.Fence, all *Fence, j *job) {
	first.OnSignal(func() {
		all.Signal(nil)
		j.unref()
	})
}

// unref calls a destructor through a function value when the last reference goes.
func (j *job) unref() {
	j.refs--
	if j.refs == 0 {
		j.free(j)
	}
}

// NewJob says how to free a job.
func NewJob() *job {
	return &job{free: func(j *job) {
		kern.Sleep(1) // want sleep-in-atomic[breach]
	}}
}

// cancel drops a job and its fence with it.
func cancel(j *job) {
	kern.Publish(&j.fence.Fence)
	if j.refs == 0 {
		j.refs = -1
		return // want never-signalled[breach]
	}
	kern.Take(&j.fence.Fence)
}

// cancelled signals it with an error.
func cancelled(j *job) {
	kern.Publish(&j.fence.Fence)
	if j.refs == 0 {
		j.fence.Signal(errCanceled)
		return
	}
	kern.Take(&j.fence.Fence)
}

// submit fails after it has published.
func submit(j *job) error {
	kern.Publish(&j.fence.Fence)
	if err := start(j); err != nil {
		return err // want fail-after-publish[breach]
	}
	kern.Take(&j.fence.Fence)
	return nil
}

func start(j *job) error {
	if j.refs == 0 {
		return errCanceled
	}
	return nil
}

// submitSafe signals what it published.
func submitSafe(j *job) (err error) {
	kern.Publish(&j.fence.Fence)
	defer func() {
		if err != nil {
			j.fence.Signal(err)
		}
	}()
	if err = start(j); err != nil {
		return err
	}
	kern.Take(&j.fence.Fence)
	return nil
}

// gang holds a slot while it waits for its peer's fence, which needs one.
type gang struct {
	slots kern.Slots
	peer  *Fence
	mine  *Fence
}

func (g *gang) run() {
	go func() {
		g.slots.Get() // want block-in-signalling[cycle]
		g.peer.Wait() // want wait-in-signalling[cycle]
		g.mine.Signal(nil)
		g.slots.Put()
	}()
}

// gangFirst has both before anything is published.
type gangFirst struct {
	slots kern.Slots
	mine  *Fence
}

func (g *gangFirst) run() {
	g.slots.Get()
	go func() {
		g.mine.Signal(nil)
		g.slots.Put()
	}()
}

// shared signals from a queue that others fill with waiters, and that has no rescuer.
type shared struct {
	//fencelint:workqueue
	system kern.WorkQueue
	//fencelint:workqueue ordered rescuer
	own   kern.WorkQueue
	fence *Fence
}

func (s *shared) event()    { s.system.Push(s.complete) } // want no-rescuer[contract]
func (s *shared) eventOwn() { s.own.Push(s.complete) }

func (s *shared) complete() { s.fence.Signal(nil) }

// reset flushes, in the timeout, work that waits for the fence.
type reset struct {
	//fencelint:workqueue ordered rescuer
	work  kern.WorkQueue
	fence *Fence
}

func (r *reset) queue() { r.work.Push(r.busyness) }

func (r *reset) busyness() { r.fence.Wait() }

//fencelint:runs signalling
func (r *reset) timedOut() {
	r.work.Flush() // want block-in-signalling[cycle]
	r.fence.Signal(nil)
}

// Use keeps all of it in use.
func Use(j *job, w *kern.WorkQueue, fp *floatingPoint, fw *firmware, g *gang, gf *gangFirst, s *shared, r *reset) error {
	killed(j)
	queued(j, w)
	validate(fp)
	validateReserved(fp)
	fw.sendLocked()
	array(j.parent, &j.fence, j)
	cancel(j)
	cancelled(j)
	g.run()
	gf.run()
	s.event()
	s.eventOwn()
	r.queue()
	r.timedOut()
	if err := submit(j); err != nil {
		return err
	}
	return submitSafe(j)
}

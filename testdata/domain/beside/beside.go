// Package beside has code that is on nobody's way to a signal, and on the worker that
// code on the way needs next: freeing a job may sleep, but no other job runs meanwhile.
package beside

import "github.com/fencelint/fencelint/testdata/kern"

// Backend is the driver's side of a scheduler. Free is on no fence's way.
type Backend interface {
	// Run starts a job.

	//fencelint:runs signalling
	Run(job int)
	Free(job int)
}

// Ordered runs and frees jobs one at a time.
type Ordered struct {
	//fencelint:workqueue ordered rescuer
	work *kern.WorkQueue
	//fencelint:workqueue ordered rescuer
	own  *kern.WorkQueue
	busy *kern.Fence
	room kern.Slots
	lock kern.Mutex

	freed int
}

// Start queues both.
func (o *Ordered) Start() {
	o.work.Push(o.runOne)
	o.work.Push(o.freeOne)
	o.own.Push(o.freeElsewhere)
}

func (o *Ordered) runOne() { submit(device{o}) }

func submit(b Backend) { b.Run(1) }

func (o *Ordered) freeOne() {
	o.busy.Wait()   // want block-in-signalling[breach/warning]
	room := &o.room // a field, as the others
	room.Get()      // want block-in-signalling[breach/warning]
	o.lock.Lock()   // a lock is judged by who else holds it
	o.freed++
	o.lock.Unlock()
	room.TryGet() // gives up
	kern.Pause(1) // a while, and no longer
	kern.Alloc(1, kern.Kernel)
}

// freeElsewhere does the same on a queue of its own: nobody waits for it.
func (o *Ordered) freeElsewhere() { o.busy.Wait() }

type device struct{ o *Ordered }

func (d device) Run(job int) { d.o.room.TryGet() }

func (d device) Free(job int) { d.o.busy.Wait() }

// Loop runs and frees jobs by turns in one goroutine.
type Loop struct {
	backend Backend
	jobs    chan int
	done    chan int
}

// Start starts it.
func (l *Loop) Start() { go l.run() }

// run waits for jobs itself, which is idle.
func (l *Loop) run() {
	for job := range l.jobs {
		l.backend.Run(job)
		l.backend.Free(<-l.done)
	}
}

type slow struct{ busy *kern.Fence }

func (s slow) Run(job int) {}

// Free waits in the loop's time.
func (s slow) Free(job int) {
	s.busy.Wait() // want block-in-signalling[breach/warning]
}

type quick struct{ system *kern.WorkQueue }

func (q quick) Run(job int) {}

// Free hands over what takes long.
func (q quick) Free(job int) { q.system.Push(func() { kern.Sleep(1) }) }

// NewLoops makes both.
func NewLoops(busy *kern.Fence, system *kern.WorkQueue) []*Loop {
	return []*Loop{{backend: slow{busy}}, {backend: quick{system}}}
}

// Unordered has workers for both.
type Unordered struct {
	//fencelint:workqueue rescuer
	work *kern.WorkQueue
	busy *kern.Fence
}

// Start queues them: another worker runs what is next.
func (u *Unordered) Start() {
	u.work.Push(u.runOne)
	u.work.Push(u.freeOne)
}

func (u *Unordered) runOne() { submit(quick{u.work}) }

func (u *Unordered) freeOne() { u.busy.Wait() }

// Copier has an ordered queue on which nothing is on the way to a signal.
type Copier struct {
	//fencelint:workqueue ordered
	work *kern.WorkQueue
	busy *kern.Fence
}

// Start queues a wait.
func (c *Copier) Start() { c.work.Push(c.copyOne) }

func (c *Copier) copyOne() { c.busy.Wait() }

// Client uses a backend like anybody else: what it does before is its own business,
// also through function values.
type Client struct {
	backend Backend
	room    kern.Slots
	steps   []func()
}

// Start starts it.
func (c *Client) Start() {
	c.steps = append(c.steps, c.prepare)
	go c.work()
}

func (c *Client) work() {
	for _, step := range c.steps {
		step()
	}
	c.backend.Run(1)
}

func (c *Client) prepare() { c.room.Get() }

type clock interface{ tick() }

type waiting struct{ busy *kern.Fence }

func (w waiting) tick() { w.busy.Wait() }

// Ticker submits, and calls back what has nothing to do with jobs: what it waits for is
// its own business.
type Ticker struct {
	backend Backend
	clock   clock
}

// NewTicker makes one.
func NewTicker(busy *kern.Fence) *Ticker { return &Ticker{slow{busy}, waiting{busy}} }

// Start starts it.
func (t *Ticker) Start() { go t.main() }

func (t *Ticker) main() {
	t.backend.Run(1)
	t.clock.tick()
}

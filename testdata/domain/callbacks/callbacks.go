// Package callbacks completes jobs by what was stored with them: function values,
// interfaces, maps, trees, chains of callbacks. The root signals what it has never
// seen by name.
package callbacks

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is a job's fence.
type Fence struct{ kern.Fence }

// command is completed by a function.
type command struct {
	done func(err error)
	next *command
}

type workqueue struct {
	mu      kern.Mutex
	pending []*command
	//fencelint:workqueue ordered rescuer
	work kern.WorkQueue
}

// Submit stores a function that signals.
func (w *workqueue) Submit(f *Fence) {
	c := &command{done: func(err error) { f.Signal(err) }}
	w.mu.Lock()
	w.pending = append(w.pending, c)
	w.mu.Unlock()
}

// Interrupt queues the completion.
func (w *workqueue) Interrupt() { w.work.Push(w.signal) }

func (w *workqueue) signal() {
	finished, ok := kern.Grow([]*command(nil), len(w.pending), kern.Kernel) // want alloc-in-signalling[contract]
	if !ok {
		return
	}
	for _, c := range append(finished, w.pending...) {
		c.done(nil)
	}
}

type inPlace struct {
	head *command
	//fencelint:workqueue ordered rescuer
	work kern.WorkQueue
	//fencelint:workqueue
	later kern.WorkQueue
}

// Submit stores a function that signals.
func (i *inPlace) Submit(f *Fence) {
	i.head = &command{done: func(err error) { f.Signal(err) }, next: i.head}
}

// Interrupt queues the completion.
func (i *inPlace) Interrupt() { i.work.Push(i.signal) }

func (i *inPlace) signal() {
	for c := i.head; c != nil; c = c.next {
		c.done(nil)
	}
	i.later.Push(i.free)
}

func (i *inPlace) free() { kern.Alloc(1, kern.Kernel) }

type allocating struct {
	head *command
	//fencelint:workqueue ordered rescuer
	work kern.WorkQueue
}

// Submit stores a function that allocates before it signals.
func (a *allocating) Submit(f *Fence) {
	a.head = &command{done: func(err error) {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		f.Signal(err)
	}}
}

// Interrupt queues the completion.
func (a *allocating) Interrupt() { a.work.Push(a.signal) }

func (a *allocating) signal() { a.head.done(nil) }

// completer is completed by a method.
type completer interface{ complete(err error) }

type render struct{ fence *Fence }

func (r *render) complete(err error) { r.fence.Signal(err) }

type compute struct {
	fence *Fence
	log   []string
}

func (c *compute) complete(err error) {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	c.fence.Signal(err)
}

type engine struct{ jobs []completer }

// Start runs the engine.
func (e *engine) Start(f *Fence) {
	e.jobs = append(e.jobs, &render{fence: f}, &compute{fence: f})
	go e.loop()
}

func (e *engine) loop() {
	for _, j := range e.jobs {
		j.complete(nil)
	}
}

// table finds what to complete by number.
type table struct {
	slots  map[int]*Fence
	events chan int
}

func (t *table) loop() {
	for id := range t.events {
		f := t.slots[id]
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		delete(t.slots, id)
		f.Signal(nil)
	}
}

// Start starts it.
func (t *table) Start() {
	go t.loop()
	t.events <- 1
}

type quiet struct {
	slots  map[int]*Fence
	events chan int
}

func (q *quiet) loop() {
	for {
		kern.Alloc(1, kern.Kernel)
		id, ok := <-q.events
		if !ok {
			return
		}
		q.slots[id].Signal(nil)
	}
}

// Start starts it.
func (q *quiet) Start() {
	go q.loop()
	q.events <- 1
}

// chained signals one fence when another has signalled, through two more functions.
type chained struct {
	fence *Fence
	count int
}

func (c *chained) arm(fs []*kern.Fence) {
	for _, f := range fs {
		f.OnSignal(c.one)
	}
}

func (c *chained) one() {
	c.count--
	if c.count == 0 {
		c.all()
	}
}

func (c *chained) all() { c.fence.Signal(nil) }

// sleepy does so too, and sleeps in between.
type sleepy struct {
	fence *Fence
	mu    kern.Mutex
	count int
}

func (s *sleepy) arm(fs []*kern.Fence) {
	for _, f := range fs {
		f.OnSignal(s.one)
	}
}

func (s *sleepy) one() {
	s.mu.Lock() // want sleep-in-atomic[breach]
	s.count--
	s.mu.Unlock()
	s.fence.Signal(nil)
}

// failing signals what is left with an error when it gives up.
type failing struct {
	mu      kern.Mutex
	pending []*Fence
	//fencelint:workqueue ordered rescuer
	work kern.WorkQueue
}

// Crash queues it.
func (f *failing) Crash() { f.work.Push(f.failAll) }

// failAll collects the owners under the lock first.
func (f *failing) failAll() {
	f.mu.Lock()
	owners, _ := kern.Grow([]*Fence(nil), len(f.pending), kern.NoFS) // want alloc-in-signalling[contract]
	owners = append(owners, f.pending...)
	f.pending = nil
	f.mu.Unlock()
	for _, o := range owners {
		o.Signal(nil)
	}
}

// Arm keeps the rest in use.
func Arm(f *Fence, fs []*kern.Fence) {
	(&chained{fence: f}).arm(fs)
	(&sleepy{fence: f}).arm(fs)
}

// after allocates only when its callback has signalled, and so does the callback.
type after struct {
	head *command
	//fencelint:workqueue ordered rescuer
	work kern.WorkQueue
}

// Submit stores a function that allocates when it has signalled.
func (a *after) Submit(f *Fence) {
	a.head = &command{done: func(err error) {
		f.Signal(err)
		kern.Alloc(1, kern.Kernel)
	}}
}

// Interrupt queues the completion.
func (a *after) Interrupt() { a.work.Push(a.signal) }

func (a *after) signal() {
	a.head.done(nil)
	kern.Alloc(1, kern.Kernel)
}

// executor runs what it is sent. Waiting for the next is idle.
type executor struct{ fns chan func() }

func (e *executor) loop() {
	for fn := range e.fns {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		fn()
	}
}

// Send sends one that signals.
func (e *executor) Send(f *Fence) {
	go e.loop()
	e.fns <- func() { f.Signal(nil) }
}

type idle struct{ fns chan func() }

func (i *idle) loop() {
	for {
		kern.Alloc(1, kern.Kernel)
		fn, ok := <-i.fns
		if !ok {
			return
		}
		fn()
	}
}

// Send sends one that signals.
func (i *idle) Send(f *Fence) {
	go i.loop()
	i.fns <- func() { f.Signal(nil) }
}

// growing allocates before it asks its jobs to complete.
type growing struct{ jobs []completer }

// Start runs it.
func (g *growing) Start(f *Fence) {
	g.jobs = append(g.jobs, &render{fence: f})
	go g.loop()
}

func (g *growing) loop() {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	for _, j := range g.jobs {
		j.complete(nil)
	}
}

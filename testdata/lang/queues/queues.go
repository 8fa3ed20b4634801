// Package queues passes functions and jobs through channels, slices and maps: what
// runs is what was put in.
package queues

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is owed.
type Fence struct{ kern.Fence }

type funcs struct{ ch chan func() }

// loop runs what it receives, in a section.
func (f *funcs) loop() {
	for fn := range f.ch {
		kern.BeginSignalling()
		fn()
		kern.EndSignalling()
	}
}

// Send sends a function that allocates, and one that does not.
func (f *funcs) Send() {
	go f.loop()
	f.ch <- func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	}
	f.ch <- func() { kern.Free(nil) }
}

type idle struct{ ch chan func() }

// loop runs what it receives, owing nothing.
func (i *idle) loop() {
	for fn := range i.ch {
		fn()
	}
}

// Send sends one that allocates.
func (i *idle) Send() {
	go i.loop()
	i.ch <- func() { kern.Alloc(1, kern.Kernel) }
}

type list struct{ fns []func() }

// Add adds one that allocates.
func (l *list) Add() {
	l.fns = append(l.fns, func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	})
}

// Run runs them in a section.
func (l *list) Run() {
	kern.BeginSignalling()
	for _, fn := range l.fns {
		fn()
	}
	kern.EndSignalling()
}

type work interface{ do() }

type growing struct{}

func (growing) do() {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
}

type fixed struct{ n int }

func (f *fixed) do() { f.n++ }

type items struct{ ch chan work }

// loop does what it receives.
func (i *items) loop() {
	for w := range i.ch {
		kern.BeginSignalling()
		w.do()
		kern.EndSignalling()
	}
}

// Send sends both kinds.
func (i *items) Send() {
	go i.loop()
	i.ch <- growing{}
	i.ch <- &fixed{}
}

type request struct {
	fence *Fence
	reply chan int
}

type server struct{ requests chan request }

// serve gets the fence in a struct.
func (s *server) serve() {
	for r := range s.requests {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		r.fence.Signal(nil)
		r.reply <- 1
	}
}

// Ask asks and waits, owing nothing.
func (s *server) Ask(f *Fence) int {
	go s.serve()
	r := request{fence: f, reply: make(chan int)}
	s.requests <- r
	return <-r.reply
}

type selecting struct {
	jobs chan *Fence
	stop chan int
}

// loop receives in a select: waiting there is idle.
func (s *selecting) loop() {
	for {
		select {
		case f := <-s.jobs:
			kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
			f.Signal(nil)
		case <-s.stop:
			kern.Alloc(1, kern.Kernel)
			return
		}
	}
}

// Start starts it.
func (s *selecting) Start(f *Fence) {
	go s.loop()
	s.jobs <- f
	s.stop <- 1
}

type batch struct{ jobs chan []*Fence }

// loop receives many at a time.
func (b *batch) loop() {
	for fs := range b.jobs {
		for _, f := range fs {
			f.Signal(nil)
			kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		}
		kern.Alloc(1, kern.Kernel)
	}
}

// Start starts it.
func (b *batch) Start(fs []*Fence) {
	go b.loop()
	b.jobs <- fs
}

type passing struct{ in, out chan *Fence }

// loop passes fences on: it never signals one, so it owes none.
func (p *passing) loop() {
	for f := range p.in {
		kern.Alloc(1, kern.Kernel)
		p.out <- f
	}
}

// last signals them.
func (p *passing) last() {
	for f := range p.out {
		f.Signal(nil)
	}
}

// Start starts both.
func (p *passing) Start(f *Fence) {
	go p.loop()
	go p.last()
	p.in <- f
}

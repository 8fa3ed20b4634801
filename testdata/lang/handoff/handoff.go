// Package handoff sends work to a worker. A hand-off is not a call: what the worker
// does is its own business, unless the sender waits for the answer.
package handoff

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is what the worker signals.
type Fence struct{ kern.Fence }

type request struct {
	n     int
	reply chan *kern.Page
}

type server struct{ requests chan request }

// serve allocates for whoever asks, outside any context.
func (s *server) serve() {
	for r := range s.requests {
		r.reply <- kern.Alloc(r.n, kern.Kernel)
	}
}

// Start starts the server.
func (s *server) Start() { go s.serve() }

// tryAsk hands over a request in a section if the server is free, and does not wait.
func (s *server) tryAsk() {
	kern.BeginSignalling()
	select {
	case s.requests <- request{n: 1, reply: make(chan *kern.Page, 1)}:
	default:
	}
	kern.EndSignalling()
}

// ask waits for the answer in the section: that wait is the finding.
func (s *server) ask() {
	r := request{n: 1, reply: make(chan *kern.Page)}
	s.requests <- r
	kern.BeginSignalling()
	kern.Free(<-r.reply) // want block-in-signalling[breach]
	kern.EndSignalling()
}

// askBefore waits before the section begins.
func (s *server) askBefore() {
	r := request{n: 1, reply: make(chan *kern.Page)}
	s.requests <- r
	p := <-r.reply
	kern.BeginSignalling()
	kern.Free(p)
	kern.EndSignalling()
}

// Ask keeps the three in use.
func (s *server) Ask() {
	s.tryAsk()
	s.ask()
	s.askBefore()
}

type completer struct{ done chan *Fence }

// run gets hold of a fence by receiving it: waiting for the next one is idle.
func (c *completer) run() {
	for f := range c.done {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		f.Signal(nil)
		kern.Alloc(1, kern.Kernel)
	}
}

// Run starts it and feeds it.
func (c *completer) Run(f *Fence) {
	go c.run()
	c.done <- f
}

type quiet struct{ done chan *Fence }

// run allocates only between two fences.
func (q *quiet) run() {
	for {
		kern.Alloc(1, kern.Kernel)
		f := <-q.done
		f.Signal(nil)
	}
}

// Run starts it and feeds it.
func (q *quiet) Run(f *Fence) {
	go q.run()
	q.done <- f
}

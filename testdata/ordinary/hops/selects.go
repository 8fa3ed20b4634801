package hops

import "sync"

// relay hands on what it is given, to who has its lock first; nobody ends it.
type relay struct {
	mu   sync.Mutex
	in   chan int
	done chan struct{}
	n    int
}

// NewRelay returns one that runs.
func NewRelay() *relay {
	r := &relay{in: make(chan int), done: make(chan struct{})}
	go r.run()
	return r
}

func (r *relay) run() {
	for {
		r.mu.Lock()
		n := r.n
		r.mu.Unlock()
		if <-r.in > n {
			return
		}
	}
}

// Put waits for the relay, or for what nobody does.
func (r *relay) Put(v int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
	select { // want wait-under-lock[cycle/error]
	case r.in <- v:
	case <-r.done:
	}
}

// ended is a relay that can be ended at any time.
type ended struct {
	mu   sync.Mutex
	in   chan int
	done chan struct{}
	n    int
}

// NewEnded returns one that runs.
func NewEnded() *ended {
	e := &ended{in: make(chan int), done: make(chan struct{})}
	go e.run()
	return e
}

func (e *ended) run() {
	for {
		e.mu.Lock()
		n := e.n
		e.mu.Unlock()
		if <-e.in > n {
			return
		}
	}
}

// Put waits for the relay, or its end.
func (e *ended) Put(v int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.n++
	select {
	case e.in <- v:
	case <-e.done:
	}
}

// End needs no lock.
func (e *ended) End() { close(e.done) }

// given is a relay that is told its end by somebody else.
type given struct {
	mu   sync.Mutex
	in   chan int
	done <-chan struct{}
	n    int
}

// NewGiven returns one that runs.
func NewGiven(done <-chan struct{}) *given {
	g := &given{in: make(chan int), done: done}
	go g.run()
	return g
}

func (g *given) run() {
	for {
		g.mu.Lock()
		n := g.n
		g.mu.Unlock()
		if <-g.in > n {
			return
		}
	}
}

// Put waits for the relay, or the end.
func (g *given) Put(v int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.n++
	select {
	case g.in <- v:
	case <-g.done:
	}
}

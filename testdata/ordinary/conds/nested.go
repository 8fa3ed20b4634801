package conds

import "sync"

// inbox is emptied by a loop in whose first thing another loop waits.
type inbox struct {
	mu      sync.Mutex
	filled  sync.Cond
	pending []int
	next    chan int
}

// NewInbox makes one.
func NewInbox() *inbox {
	x := &inbox{next: make(chan int)}
	x.filled.L = &x.mu
	return x
}

func (x *inbox) Add(n int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.pending = append(x.pending, n)
	x.filled.Signal()
}

// Pop has its lock from before the loop or from the turn before: the wait gives up
// either. What it takes out makes nobody ready.
func (x *inbox) Pop(stop <-chan struct{}) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for {
		for len(x.pending) == 0 {
			x.filled.Wait()
		}
		n := x.pending[0]
		x.pending = x.pending[1:]
		x.mu.Unlock()
		select {
		case <-stop:
			x.mu.Lock()
			return
		case x.next <- n:
			x.mu.Lock()
		}
	}
}

// outbox has another lock beside that of its wait.
type outbox struct {
	mu, all sync.Mutex
	filled  *sync.Cond
	pending []int
}

// NewOutbox makes one.
func NewOutbox() *outbox {
	x := &outbox{}
	x.filled = sync.NewCond(&x.mu)
	return x
}

func (x *outbox) Add(n int) {
	x.all.Lock()
	defer x.all.Unlock()
	x.mu.Lock()
	x.pending = append(x.pending, n)
	x.mu.Unlock()
	x.filled.Signal()
}

// Flush waits with a lock held that who adds needs.
func (x *outbox) Flush() {
	x.all.Lock()
	defer x.all.Unlock()
	x.mu.Lock()
	for {
		for len(x.pending) == 0 {
			x.filled.Wait() // want wait-under-lock[cycle]
		}
		x.pending = x.pending[1:]
		x.mu.Unlock()
		x.mu.Lock()
	}
}

// plugin is asked by a method whether it is there: who waits looks again when woken.
type plugin struct {
	wait     *sync.Cond
	manifest *int
	err      error
}

// NewPlugin makes one.
func NewPlugin() *plugin { return &plugin{wait: sync.NewCond(&sync.Mutex{})} }

func (p *plugin) activated() bool { return p.manifest != nil }

func (p *plugin) Active() error {
	p.wait.L.Lock()
	for !p.activated() {
		p.wait.Wait()
	}
	p.wait.L.Unlock()
	return p.err
}

func (p *plugin) Activate(manifest *int) {
	p.wait.L.Lock()
	p.manifest = manifest
	p.wait.L.Unlock()
	p.wait.Broadcast()
}

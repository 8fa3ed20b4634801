// Package leavers has goroutines that receive until they leave, and take a lock for that.
package leavers

import (
	"context"
	"sync"
	"time"
)

// Hub sends to all who are there with its lock held.
type Hub struct {
	mu   sync.Mutex
	seen map[*viewer]bool
}

type viewer struct{ ch chan int }

// View leaves when its caller wants it to.
func (h *Hub) View(ctx context.Context, show func(int)) {
	v := &viewer{ch: make(chan int)}
	h.mu.Lock()
	h.seen[v] = true
	h.mu.Unlock()
	go func() {
		defer h.remove(v)
		for {
			select {
			case <-ctx.Done():
				return
			case n := <-v.ch:
				show(n)
			}
		}
	}()
}

func (h *Hub) remove(v *viewer) {
	h.mu.Lock()
	delete(h.seen, v)
	h.mu.Unlock()
}

// Show waits for a viewer that has left.
func (h *Hub) Show(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for v := range h.seen {
		v.ch <- n // want wait-under-lock[cycle/warning]
	}
}

// Idle sends to who leaves when nothing comes.
type Idle struct {
	mu   sync.Mutex
	in   chan int
	open bool
}

// NewIdle has one receive.
func NewIdle(after time.Duration) *Idle {
	i := &Idle{in: make(chan int), open: true}
	go i.loop(after)
	return i
}

func (i *Idle) loop(after time.Duration) {
	for {
		select {
		case n := <-i.in:
			println(n)
		case <-time.After(after):
			i.mu.Lock()
			i.open = false
			i.mu.Unlock()
			return
		}
	}
}

// Put sends while it is open, as far as is known.
func (i *Idle) Put(n int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.open {
		i.in <- n // want wait-under-lock[cycle/warning]
	}
}

// Told is told to leave when nobody sends any more.
type Told struct {
	mu     sync.Mutex
	in     chan int
	quit   chan struct{}
	closed bool
	n      int
}

// NewTold has one receive.
func NewTold() *Told {
	t := &Told{in: make(chan int), quit: make(chan struct{})}
	go t.loop()
	return t
}

func (t *Told) loop() {
	for {
		select {
		case n := <-t.in:
			println(n)
		case <-t.quit:
			t.mu.Lock()
			t.n = 0
			t.mu.Unlock()
			return
		}
	}
}

// Put sends while it is not closed.
func (t *Told) Put(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.closed {
		t.in <- n
	}
}

// Close tells it.
func (t *Told) Close() {
	t.mu.Lock()
	t.closed = true
	t.mu.Unlock()
	close(t.quit)
}

// Drained has somebody else receive what comes once it has left.
type Drained struct {
	mu  sync.Mutex
	all map[*sub]bool
}

type sub struct{ ch chan int }

// Join leaves with its caller.
func (d *Drained) Join(ctx context.Context) {
	s := &sub{ch: make(chan int)}
	d.mu.Lock()
	d.all[s] = true
	d.mu.Unlock()
	go func() {
		for {
			select {
			case <-ctx.Done():
				go s.drain()
				d.mu.Lock()
				delete(d.all, s)
				d.mu.Unlock()
				close(s.ch)
				return
			case n := <-s.ch:
				println(n)
			}
		}
	}()
}

func (s *sub) drain() {
	for range s.ch {
	}
}

// Send sends to all.
func (d *Drained) Send(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for s := range d.all {
		s.ch <- n
	}
}

// Patient sends to who may have left, and not for ever.
type Patient struct {
	mu sync.Mutex
	in chan int
	n  int
}

// Run receives until its caller has enough.
func (p *Patient) Run(ctx context.Context) {
	defer p.reset()
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-p.in:
			println(n)
		}
	}
}

func (p *Patient) reset() {
	p.mu.Lock()
	p.n = 0
	p.mu.Unlock()
}

// NewPatient makes one.
func NewPatient() *Patient { return &Patient{in: make(chan int)} }

// Put gives up.
func (p *Patient) Put(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case p.in <- n:
	case <-time.After(time.Second):
	}
}

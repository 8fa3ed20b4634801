// Package accessors has channels and locks that are known by what a method returns.
package accessors

import (
	"sync"
	"time"
)

// queue is filled with its lock held.
type queue struct {
	mu   sync.Mutex
	ch   chan int
	rest int
}

// Chan is what the queue is known by.
func (q *queue) Chan() <-chan int { return q.ch }

// Rest takes the lock.
func (q *queue) Rest() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.rest
}

// Put waits for who receives.
func (q *queue) Put(v int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ch <- v // want wait-under-lock[cycle/error]
}

// Serve makes a queue, and the only one who receives.
func Serve(every time.Duration) func(int) {
	q := &queue{ch: make(chan int)}
	go drain(q, every)
	return q.Put
}

// drain needs the lock when it is time.
func drain(q *queue, every time.Duration) {
	items := q.Chan()
	ticks := time.NewTicker(every)
	for {
		select {
		case v := <-items:
			println(v)
		case <-ticks.C:
			println(q.Rest())
		}
	}
}

// source is one, whatever it is.
type source interface {
	Events() <-chan int
	Seen() int
}

// feed is the only one.
type feed struct {
	mu     sync.Mutex
	events chan int
	seen   int
}

func (f *feed) Events() <-chan int { return f.events }

func (f *feed) Seen() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.seen
}

func (f *feed) emit(e int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seen++
	f.events <- e // want wait-under-lock[cycle/error]
}

// reader receives through the interface.
type reader struct{ from source }

func (r *reader) loop(f *feed) {
	for e := range r.from.Events() {
		f.mu.Lock()
		f.seen -= e
		f.mu.Unlock()
	}
}

// Feed makes both.
func Feed() func(int) {
	f := &feed{events: make(chan int)}
	r := &reader{from: f}
	go r.loop(f)
	return f.emit
}

// Outlet is anybody's.
type Outlet struct {
	mu sync.Mutex
	ch chan int
}

// NewOutlet returns one, with one who receives and needs the lock.
func NewOutlet() *Outlet {
	o := &Outlet{ch: make(chan int)}
	go func() {
		for range o.Chan() {
			o.mu.Lock()
			o.mu.Unlock()
		}
	}()
	return o
}

// Chan lets others receive.
func (o *Outlet) Chan() <-chan int { return o.ch }

// Put may be heard by them.
func (o *Outlet) Put(v int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ch <- v
}

// pipe hands its end out to those who know one of two.
type pipe struct {
	mu sync.Mutex
	ch chan int
}

func (p *pipe) Out() <-chan int { return p.ch }

func (p *pipe) put(v int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ch <- v
}

func (p *pipe) loop() {
	for range p.Out() {
		p.mu.Lock()
		p.mu.Unlock()
	}
}

// still has nothing to say.
type still struct{ ch chan int }

func (s still) Out() <-chan int { return s.ch }

type outer interface{ Out() <-chan int }

// Pipe has another one receive, who needs no lock.
func Pipe(quiet bool) func(int) {
	p := &pipe{ch: make(chan int)}
	go p.loop()
	var o outer = still{make(chan int)}
	if !quiet {
		o = p
	}
	go sink(o)
	return p.put
}

func sink(o outer) {
	for v := range o.Out() {
		println(v)
	}
}

// pair hands out the channel of one queue with the lock of another.
type pair struct {
	mu    sync.Mutex
	other *link
}

type link struct{ ch chan int }

func (l *link) Chan() <-chan int { return l.ch }

// Pass sends with its own lock held.
func (p *pair) Pass(v int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.other.ch <- v
}

// Pairs has each receive what another one sends.
func Pairs() {
	a, b := &link{make(chan int)}, &link{make(chan int)}
	left, right := &pair{other: a}, &pair{other: b}
	go left.Pass(1)
	go right.Pass(1)
	(&pair{other: a}).take()
	(&pair{other: b}).take()
}

func (p *pair) take() {
	p.mu.Lock()
	p.mu.Unlock()
	<-p.other.Chan()
}

// guarded returns its lock.
type guarded struct {
	mu sync.Mutex
	n  int
}

func (g *guarded) lock() *sync.Mutex { return &g.mu }

func (g *guarded) twice() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.lock().Lock() // want double-lock[cycle/error]
	g.n++
	g.lock().Unlock()
}

func (g *guarded) once() {
	g.lock().Lock()
	g.n++
	g.mu.Unlock()
}

// Guard does both.
func Guard(g *guarded) {
	g.once()
	g.twice()
}

// Package hops has goroutines that need a lock behind an interface or a function value
// before they end a wait.
package hops

import "sync"

// listener is told of what was polled.
type listener interface{ Polled(n int) }

// poller polls until it is stopped.
type poller struct {
	wg   sync.WaitGroup
	quit chan struct{}
	to   listener
}

func (p *poller) run() {
	defer p.wg.Done()
	for n := 0; ; n++ {
		p.to.Polled(n)
		select {
		case <-p.quit:
			return
		default:
		}
	}
}

func (p *poller) stop() {
	close(p.quit)
	p.wg.Wait() // want wait-under-lock[cycle/warning]
}

// Board is the only listener.
type Board struct {
	mu   sync.Mutex
	last int
	from *poller
}

// NewBoard returns one that polls.
func NewBoard() *Board {
	b := &Board{}
	b.from = &poller{quit: make(chan struct{}), to: b}
	b.from.wg.Add(1)
	go b.from.run()
	return b
}

// Polled notes what was polled.
func (b *Board) Polled(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last = n
}

// Close waits for the poller with the lock that it needs.
func (b *Board) Close() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.from.stop()
	return b.last
}

// sink is one of two.
type sink interface{ put(n int) }

type counted struct {
	mu sync.Mutex
	n  int
	w  *writer
}

func (c *counted) put(n int) {
	c.mu.Lock()
	c.n += n
	c.mu.Unlock()
}

type direct struct{ ch chan int }

func (d direct) put(n int) { d.ch <- n }

type writer struct {
	wg sync.WaitGroup
	to sink
}

func (w *writer) run() {
	defer w.wg.Done()
	w.to.put(1)
}

// Write has it go to either.
func Write(both bool) *counted {
	c := &counted{}
	var to sink = c
	if both {
		to = direct{make(chan int, 1)}
	}
	c.w = &writer{to: to}
	c.w.wg.Add(1)
	go c.w.run()
	return c
}

// End waits for the writer; which of the sinks it has is not known.
func (c *counted) End() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.w.wg.Wait()
}

// job says that it is done with what it was told to call.
type job struct {
	done  chan struct{}
	after func()
}

func (j *job) run() {
	if j.after != nil {
		j.after()
	}
	close(j.done)
}

// line has a job, and hands it what takes its own lock.
type line struct {
	mu   sync.Mutex
	jobs int
	one  *job
}

// NewLine returns one that has begun; the literal cannot be named where it is called.
func NewLine(quiet bool) *line {
	l := &line{one: &job{done: make(chan struct{})}}
	l.one.after = func() {}
	if !quiet {
		l.one.after = func() {
			l.mu.Lock()
			l.jobs++
			l.mu.Unlock()
		}
	}
	go l.one.run()
	return l
}

// Wait holds that lock. It is not known to go with what is waited for.
func (l *line) Wait() {
	l.mu.Lock()
	defer l.mu.Unlock()
	<-l.one.done
}

// stage is sent to with the lock held that a literal takes, which is called before what
// was sent is received.
type stage struct {
	mu    sync.Mutex
	in    chan int
	ready func()
	n     int
}

// NewStage returns one that receives.
func NewStage() *stage {
	s := &stage{in: make(chan int)}
	s.ready = func() {
		s.mu.Lock()
		s.n++
		s.mu.Unlock()
	}
	go s.loop()
	return s
}

func (s *stage) loop() {
	for {
		s.ready()
		s.n += <-s.in
	}
}

// Put waits for who waits for the lock.
func (s *stage) Put(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.in <- n // want wait-under-lock[cycle/warning]
}

// plain needs the lock by an interface, and without one.
type plain struct {
	mu   sync.Mutex
	in   chan int
	self locked
	n    int
}

type locked interface{ count() }

func (p *plain) count() {
	p.mu.Lock()
	p.n++
	p.mu.Unlock()
}

// NewPlain returns one that receives.
func NewPlain() *plain {
	p := &plain{in: make(chan int)}
	p.self = p
	go p.loop()
	return p
}

func (p *plain) loop() {
	for {
		p.self.count()
		p.count()
		<-p.in
	}
}

// Put is certain to wait for who waits for the lock.
func (p *plain) Put(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.in <- n // want wait-under-lock[cycle/error]
}

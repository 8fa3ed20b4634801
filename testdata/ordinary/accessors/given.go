package accessors

import "sync"

// Ticker is what others may give, and never get.
type Ticker interface{ Ticks() <-chan int }

// beat is one of ours.
type beat struct {
	mu sync.Mutex
	ch chan int
	n  int
}

func (b *beat) Ticks() <-chan int { return b.ch }

func (b *beat) tick() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n++
	b.ch <- b.n // want(whole) wait-under-lock[cycle/error]
}

func (b *beat) loop(from Ticker) {
	for range from.Ticks() {
		b.mu.Lock()
		b.n--
		b.mu.Unlock()
	}
}

// Watch watches what it is given, or a beat.
func Watch(t Ticker) func() {
	b := &beat{ch: make(chan int)}
	if t == nil {
		t = b
	}
	go b.loop(t)
	return b.tick
}

// Pulser is what others may get.
type Pulser interface{ Pulses() <-chan int }

type pulse struct {
	mu sync.Mutex
	ch chan int
}

func (p *pulse) Pulses() <-chan int { return p.ch }

func (p *pulse) pulse() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ch <- 1
}

func (p *pulse) loop() {
	for range p.Pulses() {
		p.mu.Lock()
		p.mu.Unlock()
	}
}

// Pulse hands it out: they may receive.
func Pulse() (Pulser, func()) {
	p := &pulse{ch: make(chan int)}
	go p.loop()
	return p, p.pulse
}

// Sounder is what others get by a function of theirs.
type Sounder interface{ Sounds() <-chan int }

type sound struct {
	mu sync.Mutex
	ch chan int
}

func (s *sound) Sounds() <-chan int { return s.ch }

func (s *sound) sound() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ch <- 1
}

func (s *sound) loop() {
	for range s.Sounds() {
		s.mu.Lock()
		s.mu.Unlock()
	}
}

// Listen calls what it is given with one.
func Listen(with func(Sounder)) func() {
	s := &sound{ch: make(chan int)}
	go s.loop()
	with(s)
	return s.sound
}

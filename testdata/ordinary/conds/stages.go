package conds

import "sync"

// door is open once a stage has said so.
type door struct {
	mu   sync.Mutex
	some *sync.Cond
	open bool
}

// NewDoor makes one.
func NewDoor() *door {
	g := &door{}
	g.some = sync.NewCond(&g.mu)
	return g
}

// Pass waits until it is open.
func (g *door) Enter() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for !g.open {
		g.some.Wait()
	}
}

// stage is one of several.
type stage interface{ take() }

type silent struct{ door *door }

func (s silent) take() {
	s.door.mu.Lock()
	s.door.open = true // want wake-missing[breach/warning]
	s.door.mu.Unlock()
}

type heard struct{ door *door }

func (h heard) take() {
	h.door.mu.Lock()
	h.door.open = true
	h.door.some.Broadcast()
	h.door.mu.Unlock()
}

// Take takes every stage.
func Take(g *door) {
	for _, s := range []stage{silent{g}, heard{g}} {
		s.take()
	}
}

// latch is a door of which the stages are two calls away that may go to one of several.
type latch struct {
	mu   sync.Mutex
	some *sync.Cond
	open bool
}

// NewLatch makes one.
func NewLatch() *latch {
	l := &latch{}
	l.some = sync.NewCond(&l.mu)
	return l
}

// Pass waits until it is open.
func (l *latch) Pass() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for !l.open {
		l.some.Wait()
	}
}

// Open opens it.
func (l *latch) Open() {
	l.mu.Lock()
	l.open = true
	l.some.Broadcast()
	l.mu.Unlock()
}

// step is one of several, and so is part.
type step interface{ set() }

type lift struct{ latch *latch }

// set wakes nobody. Whoever comes here does so by two calls that may go elsewhere, which is
// farther than writes are followed.
func (l lift) set() {
	l.latch.mu.Lock()
	l.latch.open = true
	l.latch.mu.Unlock()
}

type skip struct{}

func (skip) set() {}

type part interface{ all() }

type parts struct{ steps []step }

func (p *parts) all() {
	for _, s := range p.steps {
		s.set()
	}
}

type none struct{}

func (none) all() {}

// Set goes through all parts.
func Set(l *latch) {
	for _, p := range []part{&parts{[]step{lift{l}, skip{}}}, none{}} {
		p.all()
	}
}

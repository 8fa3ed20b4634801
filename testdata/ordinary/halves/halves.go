// Package halves has two locks of one type in one object, each of which is a part of it.
package halves

import "sync"

// half is one direction of a connection.
type half struct {
	sync.Mutex
	n int
}

// Conn locks one half before its own lock, and the other after it.
type Conn struct {
	mu      sync.Mutex
	in, out half
}

// Read takes its own lock under that of the one half.
func (c *Conn) Read() {
	c.in.Lock()
	defer c.in.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.in.n++
}

// Write takes the other half under its own lock.
func (c *Conn) Write() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.flush()
}

func (c *Conn) flush() {
	c.out.Lock()
	defer c.out.Unlock()
	c.out.n++
}

// full is such a half of another.
type full struct {
	sync.Mutex
	n int
}

// Pipe empties the first half there as well.
type Pipe struct {
	mu      sync.Mutex
	in, out full
}

// Read takes its own lock under that of the one half.
func (p *Pipe) Read() {
	p.in.Lock()
	defer p.in.Unlock()
	p.mu.Lock() // want lock-order[cycle/error]
	defer p.mu.Unlock()
	p.in.n++
}

// Write takes both halves under its own lock.
func (p *Pipe) Write() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.out.Lock()
	p.out.n++
	p.out.Unlock()
	p.in.Lock()
	p.in.n = 0
	p.in.Unlock()
}

// side may be one for both directions.
type side struct {
	sync.Mutex
	n int
}

// Stream has its sides elsewhere.
type Stream struct {
	mu      sync.Mutex
	in, out *side
}

// Read takes its own lock under that of the one side.
func (s *Stream) Read() {
	s.in.Lock()
	defer s.in.Unlock()
	s.mu.Lock() // want lock-order[cycle/error]
	defer s.mu.Unlock()
	s.in.n++
}

// Write takes the other side under its own lock.
func (s *Stream) Write() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out.Lock()
	defer s.out.Unlock()
	s.out.n++
}

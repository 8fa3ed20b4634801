// Package alone takes two locks in both orders: on one goroutine that has them to itself, and
// on several.
package alone

import "sync"

// Conn is served by one goroutine, which was started by who has made it.
type Conn struct {
	in     chan int
	frames *frames
}

// frames belong to the connection that they were made for.
type frames struct {
	queue  sync.Mutex
	active sync.Mutex
	n      int
}

func newFrames() *frames { return &frames{n: 1} }

func newConn() *Conn {
	c := &Conn{in: make(chan int)}
	c.frames = newFrames()
	return c
}

// Server has connections.
type Server struct {
	mu    sync.Mutex
	conns map[int]*Conn
}

// Accept starts one goroutine for each connection.
func (s *Server) Accept(id int) {
	c := newConn()
	s.mu.Lock()
	s.conns[id] = c
	s.mu.Unlock()
	go c.run()
}

// Dial does so in a literal.
func Dial() *Conn {
	c := newConn()
	done := make(chan struct{})
	go func() {
		c.run()
		close(done)
	}()
	c.in <- 1
	return c
}

func (c *Conn) run() {
	for v := range c.in {
		if v > 0 {
			c.frames.Append()
		} else {
			c.frames.Reset()
		}
	}
}

// Append has an exported name, of a type that nobody else can come by.
func (f *frames) Append() {
	f.queue.Lock()
	defer f.queue.Unlock()
	f.active.Lock()
	defer f.active.Unlock()
	f.n++
}

// Reset takes them the other way round, on the same goroutine.
func (f *frames) Reset() {
	f.active.Lock()
	defer f.active.Unlock()
	f.queue.Lock()
	defer f.queue.Unlock()
	f.n = 0
}

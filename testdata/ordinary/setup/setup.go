// Package setup takes two locks in one order while something is set up, and in the other
// after it has been.
package setup

import (
	"errors"
	"sync"
	"sync/atomic"
)

var errClosed = errors.New("closed")

// Conn is set up by whoever comes first. What it is asked for afterwards may set it up again.
type Conn struct {
	ready atomic.Bool
	mu    sync.Mutex
	err   error
	in    sync.Mutex
	n     int
	run   func() error
	over  pipe
}

// pipe is what a connection goes over, such as another one.
type pipe interface{ Read() error }

// NewConn returns a connection.
func NewConn() *Conn {
	c := &Conn{}
	c.run = c.start
	return c
}

// Over returns one that goes over another.
func Over(other *Conn) *Conn {
	c := NewConn()
	c.over = other
	return c
}

func (c *Conn) start() error {
	if c.n < 0 {
		return errClosed
	}
	if c.n > 0 {
		return c.over.Read()
	}
	c.ready.Store(true)
	return nil
}

func (c *Conn) setup() error {
	if c.ready.Load() {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.err; err != nil {
		return err
	}
	if c.ready.Load() {
		return nil
	}
	c.in.Lock() // want lock-order[cycle/warning]
	defer c.in.Unlock()
	c.err = c.run()
	if c.err == nil {
		c.n++
	}
	return c.err
}

// Read is only at it when it is set up.
func (c *Conn) Read() error {
	if err := c.setup(); err != nil {
		return err
	}
	c.in.Lock()
	defer c.in.Unlock()
	return c.again()
}

func (c *Conn) again() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ready.Store(false)
	c.err = c.start()
	return c.err
}

// Link does not wait for that.
type Link struct {
	ready bool
	mu    sync.Mutex
	in    sync.Mutex
	n     int
}

func (l *Link) setup() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ready {
		return nil
	}
	l.in.Lock() // want lock-order[cycle/error]
	defer l.in.Unlock()
	if l.n < 0 {
		return errClosed
	}
	l.ready = true
	return nil
}

// Open sets it up.
func (l *Link) Open() error { return l.setup() }

// Read has its lock, whether it is set up or not.
func (l *Link) Read() {
	l.in.Lock()
	defer l.in.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n++
}

// Pipe has both locks in the one order later as well.
type Pipe struct {
	ready bool
	mu    sync.Mutex
	in    sync.Mutex
	n     int
}

func (p *Pipe) setup() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ready {
		return nil
	}
	p.in.Lock()
	defer p.in.Unlock()
	p.ready = true
	return nil
}

// Read is only at it when it is set up.
func (p *Pipe) Read() error {
	if err := p.setup(); err != nil {
		return err
	}
	p.in.Lock()
	defer p.in.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.n++
	return nil
}

// Drain empties what is set up.
func (p *Pipe) Drain() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ready {
		p.in.Lock() // want lock-order[cycle/error]
		p.n = 0
		p.in.Unlock()
	}
}

// Port asks whether it is set up before it has the lock: somebody else may set it up then.
type Port struct {
	ready atomic.Bool
	mu    sync.Mutex
	in    sync.Mutex
	n     int
}

func (p *Port) setup() error {
	if p.ready.Load() {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.in.Lock() // want lock-order[cycle/error]
	defer p.in.Unlock()
	p.ready.Store(true)
	return nil
}

// Read is only at it when it is set up.
func (p *Port) Read() error {
	if err := p.setup(); err != nil {
		return err
	}
	p.in.Lock()
	defer p.in.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.n++
	return nil
}

// File says that it is set up before it takes the second lock.
type File struct {
	ready atomic.Bool
	mu    sync.Mutex
	in    sync.Mutex
	n     int
}

func (f *File) setup() error {
	if f.ready.Load() {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ready.Load() {
		return nil
	}
	f.ready.Store(true)
	f.in.Lock() // want lock-order[cycle/error]
	defer f.in.Unlock()
	f.n = 1
	return nil
}

// Read is only at it when it is set up.
func (f *File) Read() error {
	if err := f.setup(); err != nil {
		return err
	}
	f.in.Lock()
	defer f.in.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n++
	return nil
}

// Line says so in what it calls for that, before the second lock.
type Line struct {
	ready bool
	mu    sync.Mutex
	in    sync.Mutex
	n     int
}

func (l *Line) setup() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.ready {
		l.fill()
	}
	return nil
}

func (l *Line) fill() {
	l.ready = true
	l.in.Lock() // want lock-order[cycle/error]
	l.n = 1
	l.in.Unlock()
}

// Read is only at it when it is set up.
func (l *Line) Read() error {
	if l.ready {
		l.in.Lock()
		defer l.in.Unlock()
		l.mu.Lock()
		defer l.mu.Unlock()
		l.n++
	}
	return l.setup()
}

// Door is shut for all who come later: who has found it so has nothing to do with who shuts it.
type Door struct {
	shut bool
	mu   sync.Mutex
	in   sync.Mutex
	n    int
}

// Pass takes the locks in one order while it is not shut.
func (d *Door) Pass() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.shut {
		d.in.Lock() // want lock-order[cycle/error]
		d.n++
		d.in.Unlock()
	}
}

// Shut takes them in the other before that.
func (d *Door) Shut() {
	d.in.Lock()
	defer d.in.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.shut = true
}

// Hub asks somebody else whether it is set up, who may be anybody's.
type Hub struct {
	mu   sync.Mutex
	in   sync.Mutex
	n    int
	node *node
}

type node struct{ ready bool }

func (h *Hub) setup() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.node.ready {
		return nil
	}
	h.in.Lock() // want lock-order[cycle/error]
	defer h.in.Unlock()
	h.node.ready = true
	return nil
}

// Read is only at it when it is set up.
func (h *Hub) Read() error {
	if err := h.setup(); err != nil {
		return err
	}
	h.in.Lock()
	defer h.in.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.n++
	return nil
}

// Package states takes a lock again in what some call with it and others without, in a
// certain state of the object alone: those who have the lock may know that it is in another.
package states

import "sync"

const (
	old = iota
	new
)

// Conn is handled with its lock held where it is of the new kind, and read without.
type Conn struct {
	mu   sync.Mutex
	kind int
	n    int
}

// Greet finds out of which kind it is.
func (c *Conn) Greet(kind int) { c.kind = kind }

// Read does not hold the lock.
func (c *Conn) Read() { c.message() }

// Handle holds it.
func (c *Conn) Handle() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.message()
}

func (c *Conn) message() {
	if c.kind == old {
		c.renew()
	}
}

func (c *Conn) renew() {
	c.mu.Lock() // want double-lock[cycle/warning]
	defer c.mu.Unlock()
	c.n++
}

// Link is of no kind.
type Link struct {
	mu sync.Mutex
	n  int
}

// Read does not hold the lock.
func (l *Link) Read() { l.message(1) }

// Handle holds it.
func (l *Link) Handle() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.message(2)
}

func (l *Link) message(n int) {
	if n > 0 {
		l.renew()
	}
}

func (l *Link) renew() {
	l.mu.Lock() // want double-lock[cycle/error]
	defer l.mu.Unlock()
	l.n++
}

// Pipe is handled with its lock held by everybody.
type Pipe struct {
	mu   sync.Mutex
	kind int
	n    int
}

// Greet finds out of which kind it is.
func (p *Pipe) Greet(kind int) { p.kind = kind }

// Read holds the lock.
func (p *Pipe) Read() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.message()
}

// Handle holds it as well.
func (p *Pipe) Handle() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.message()
}

func (p *Pipe) message() {
	if p.kind == old {
		p.mu.Lock() // want double-lock[cycle/error]
		p.n++
		p.mu.Unlock()
	}
}

// Port is put into that state by who has the lock.
type Port struct {
	mu     sync.Mutex
	closed bool
	n      int
}

// Read does not hold the lock.
func (p *Port) Read() { p.message() }

// Close holds it.
func (p *Port) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.message()
}

func (p *Port) message() {
	if p.closed {
		p.mu.Lock() // want double-lock[cycle/error]
		p.n++
		p.mu.Unlock()
	}
}

// File is what it was made to be.
type File struct {
	mu   sync.Mutex
	kind int
	n    int
}

// Open makes one.
func Open(kind int) *File { return &File{kind: kind} }

// Read does not hold the lock.
func (f *File) Read() { f.message() }

// Handle holds it.
func (f *File) Handle() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.message()
}

func (f *File) message() {
	if f.kind == new {
		f.mu.Lock() // want double-lock[cycle/error]
		f.n++
		f.mu.Unlock()
	}
}

// Line takes the lock again in another way too, whatever its state is.
type Line struct {
	mu   sync.Mutex
	kind int
	n    int
}

// Greet finds out of which kind it is.
func (l *Line) Greet(kind int) { l.kind = kind }

// Read does not hold the lock.
func (l *Line) Read() { l.message() }

// Handle holds it.
func (l *Line) Handle() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.message()
}

// Renew holds it and does not ask.
func (l *Line) Renew() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.renew()
}

func (l *Line) message() {
	if l.kind == old {
		l.renew()
	}
}

func (l *Line) renew() {
	l.mu.Lock() // want double-lock[cycle/error]
	defer l.mu.Unlock()
	l.n++
}

// Package misuse takes locks in both orders, the second time on ways that can only end in a
// panic: what must not happen has happened by then.
package misuse

import "sync"

// Conn says who uses it in a panic.
type Conn struct {
	mu   sync.Mutex
	name string
	body body
}

type body struct {
	mu      sync.Mutex
	reading bool
	conn    *Conn
}

func (c *Conn) who() string {
	c.mu.Lock() // want lock-order[cycle/warning]
	defer c.mu.Unlock()
	return c.name
}

// Read panics where it is called twice at once.
func (b *body) Read() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.reading {
		name := b.conn.who()
		if name == "" {
			panic("used twice")
		}
		panic("used twice: " + name)
	}
	b.reading = true
}

// Close takes them the other way round.
func (c *Conn) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.body.mu.Lock()
	defer c.body.mu.Unlock()
	c.body.reading = false
}

// Pipe does not panic for every name.
type Pipe struct {
	mu    sync.Mutex
	name  string
	queue queue
}

type queue struct {
	mu   sync.Mutex
	full bool
	pipe *Pipe
}

func (p *Pipe) who() string {
	p.mu.Lock() // want lock-order[cycle/error]
	defer p.mu.Unlock()
	return p.name
}

// Put goes on where the name is known.
func (q *queue) Put() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.full {
		if name := q.pipe.who(); name == "" {
			panic("full")
		}
	}
	q.full = true
}

// Close takes them the other way round.
func (p *Pipe) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.queue.mu.Lock()
	defer p.queue.mu.Unlock()
	p.queue.full = false
}

// File asks for the name once on a way to a panic, and once more.
type File struct {
	mu    sync.Mutex
	name  string
	cache cache
}

type cache struct {
	mu    sync.Mutex
	dirty bool
	file  *File
	last  string
}

func (f *File) who() string {
	f.mu.Lock() // want lock-order[cycle/error]
	defer f.mu.Unlock()
	return f.name
}

// Flush asks for the name at last.
func (c *cache) Flush() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dirty {
		panic("dirty: " + c.file.who())
	}
	c.last = c.file.who()
}

// Close takes them the other way round.
func (f *File) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.cache.mu.Lock()
	defer f.cache.mu.Unlock()
	f.cache.dirty = false
}

// Package fresh has locks of what has just been made, and nobody else can reach yet.
package fresh

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type conn struct {
	mu      sync.Mutex
	written *sync.Cond
	server  *server
	name    string
}

type server struct {
	reload sync.RWMutex
	conns  map[int]*conn
	count  int32
}

// Reload takes the locks of all that are known.
func (s *server) Reload() {
	s.reload.Lock()
	defer s.reload.Unlock()
	for _, c := range s.conns {
		c.mu.Lock()
		c.name = ""
		c.mu.Unlock()
	}
}

// Open has the lock of one that nobody knows of yet: it is set up, and written about.
func (s *server) Open(id int) {
	c := &conn{server: s}
	c.mu.Lock()
	c.init()
	c.note("opens %d", id)
	s.reload.RLock()
	c.name = fmt.Sprint(len(s.conns))
	s.reload.RUnlock()
	c.mu.Unlock()
	s.add(id, c)
}

func (c *conn) init() {
	c.written = sync.NewCond(&c.mu)
	atomic.AddInt32(&c.server.count, 1)
}

func (c *conn) note(format string, args ...any) {
	fmt.Printf("%p: %s", c, fmt.Sprintf(format, args...))
}

func (s *server) add(id int, c *conn) { s.conns[id] = c }

type member struct {
	mu   sync.Mutex
	name string
}

type club struct {
	reload  sync.RWMutex
	members map[int]*member
}

// Reload takes the locks of all that are known.
func (c *club) Reload() {
	c.reload.Lock()
	defer c.reload.Unlock()
	for _, m := range c.members {
		m.mu.Lock()
		m.name = ""
		m.mu.Unlock()
	}
}

// Join has the lock of one that it has made known.
func (c *club) Join(id int) {
	m := &member{}
	c.add(id, m)
	m.mu.Lock()
	c.reload.RLock() // want lock-order[cycle/error]
	m.name = fmt.Sprint(len(c.members))
	c.reload.RUnlock()
	m.mu.Unlock()
}

func (c *club) add(id int, m *member) { c.members[id] = m }

// Package private takes locks of what nobody else can reach yet.
package private

import (
	"errors"
	"sync"
)

var errClosed = errors.New("closed")

type server struct {
	mu      sync.Mutex
	clients map[int]*client
	closed  bool
}

type client struct {
	mu     sync.Mutex
	server *server
	id     int
}

// Add fills in a client before anybody knows of it.
func (s *server) Add(id int) *client {
	c := &client{server: s}
	c.mu.Lock()
	c.id = id
	s.mu.Lock()
	s.mu.Unlock()
	c.mu.Unlock()
	s.mu.Lock()
	s.clients[id] = c
	s.mu.Unlock()
	return c
}

// Close takes the locks the other way round.
func (s *server) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.clients {
		c.mu.Lock()
		c.id = 0
		c.mu.Unlock()
	}
}

// Open forgets a lock that is gone with what it is in.
func Open(fail bool) (*server, error) {
	s := &server{clients: map[int]*client{}}
	s.mu.Lock()
	if fail {
		return nil, errClosed
	}
	s.mu.Unlock()
	return s, nil
}

type pool struct {
	mu      sync.Mutex
	workers []*worker
}

type worker struct {
	mu   sync.Mutex
	pool *pool
	busy bool
}

// Add does it after everybody can.
func (p *pool) Add(now bool) {
	w := &worker{pool: p}
	if now {
		p.workers = append(p.workers, w)
		w.mu.Lock()
		p.mu.Lock() // want lock-order[cycle/error]
		p.mu.Unlock()
		w.mu.Unlock()
	}
}

// Close takes the locks the other way round.
func (p *pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.workers {
		w.mu.Lock()
		w.busy = false
		w.mu.Unlock()
	}
}

type registry struct {
	mu    sync.Mutex
	items []*item
}

type item struct {
	mu       sync.Mutex
	registry *registry
	n        int
}

// Start lets a goroutine have it.
func (r *registry) Start() {
	i := &item{registry: r}
	go i.run()
	i.mu.Lock()
	defer i.mu.Unlock()
	r.mu.Lock()
	r.mu.Unlock()
}

func (i *item) run() {
	i.registry.mu.Lock()
	defer i.registry.mu.Unlock()
	i.mu.Lock() // want lock-order[cycle/error]
	i.n++
	i.mu.Unlock()
}

// Leak returns with a lock held that others can reach.
func (r *registry) Leak(fail bool) error {
	i := &item{registry: r}
	r.items = append(r.items, i)
	i.mu.Lock()
	if fail {
		return errClosed // want missing-unlock[breach/error]
	}
	i.mu.Unlock()
	return nil
}

// Locked returns an item that its caller unlocks, if there is one.
func (r *registry) Locked(n int) *item {
	for _, i := range r.items {
		i.mu.Lock()
		if i.n == n {
			return i
		}
		i.mu.Unlock()
	}
	return nil
}

var table = &server{clients: map[int]*client{}}

// init runs before anybody else does.
func init() {
	c := &client{server: table}
	table.clients[0] = c
	c.mu.Lock()
	table.mu.Lock()
	table.mu.Unlock()
	c.mu.Unlock()
}

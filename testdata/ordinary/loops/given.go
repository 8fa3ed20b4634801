package loops

import "sync"

// record is one of many, with a lock that several may have.
type record struct {
	mu    *sync.Mutex
	dead  bool
	users int
}

// Cache has a lock of its own, which comes before that of each record.
type Cache struct {
	mu      sync.Mutex
	records map[string]*record
}

// Usage takes them in that order.
func (c *Cache) Usage() (users int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, r := range c.records {
		r.mu.Lock()
		users += r.users
		r.mu.Unlock()
	}
	return users
}

// Prune keeps the locks of those that nobody uses until it has marked them, and comes back to
// them later.
func (c *Cache) Prune(remove func(*record)) {
	c.mu.Lock()
	var unused []*record
	for _, r := range c.records {
		r.mu.Lock()
		if r.users == 0 {
			unused = append(unused, r)
			continue
		}
		r.mu.Unlock()
	}
	for _, r := range unused {
		r.dead = true
		r.mu.Unlock()
	}
	c.mu.Unlock()

	c.mu.Lock()
	for _, r := range unused {
		r.mu.Lock()
		remove(r)
		r.mu.Unlock()
	}
	c.mu.Unlock()
}

// Shelf is a Cache of another kind.
type Shelf struct {
	mu    sync.Mutex
	books map[string]*book
}

type book struct {
	mu    *sync.Mutex
	dead  bool
	users int
}

// Usage takes the lock of the shelf before that of each book.
func (s *Shelf) Usage() (users int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.books {
		b.mu.Lock()
		users += b.users
		b.mu.Unlock()
	}
	return users
}

// Prune keeps the locks of some of them.
func (s *Shelf) Prune(remove func(*book)) {
	s.mu.Lock()
	var unused []*book
	for _, b := range s.books {
		b.mu.Lock()
		if b.users == 0 {
			unused = append(unused, b)
			continue
		}
		b.mu.Unlock()
	}
	for i, b := range unused {
		if i > 10 {
			continue
		}
		b.dead = true
		b.mu.Unlock()
	}
	s.mu.Unlock()

	s.mu.Lock() // want lock-order[cycle/error]
	for i, b := range unused {
		if i > 10 {
			b.mu.Unlock()
		}
		remove(b)
	}
	s.mu.Unlock()
}

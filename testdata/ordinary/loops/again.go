package loops

import "sync"

// Pods has what is worked on.
type Pods struct {
	mu      sync.Mutex
	working map[string]bool
	total   int
}

// Skip goes on to the next with the lock held, which takes it again.
func (p *Pods) Skip(names []string) {
	for _, name := range names {
		p.mu.Lock()
		if p.working[name] {
			continue // want missing-unlock[breach/error]
		}
		p.working[name] = true
		p.mu.Unlock()
	}
}

// Count does so a number of times.
func (p *Pods) Count(n int) {
	for i := 0; i < n; i++ {
		p.mu.Lock()
		if p.total > i {
			continue // want missing-unlock[breach/error]
		}
		p.total = i
		p.mu.Unlock()
	}
}

// Release gives it back on both ways.
func (p *Pods) Release(names []string) {
	for _, name := range names {
		p.mu.Lock()
		if p.working[name] {
			p.mu.Unlock()
			continue
		}
		p.working[name] = true
		p.mu.Unlock()
	}
}

// Held is Pods, of which some functions give back what others have taken.
type Held struct {
	mu      sync.Mutex
	working map[string]bool
	total   int
}

// Find ends the loop with the lock held, and gives it back behind it.
func (h *Held) Find(name string) {
	found := false
	for !found {
		h.mu.Lock()
		if h.working[name] {
			found = true
			continue
		}
		h.mu.Unlock()
	}
	h.total++
	h.mu.Unlock()
}

// Once takes it in the first turn alone.
func (h *Held) Once(names []string) {
	locked := false
	for _, name := range names {
		if !locked {
			h.mu.Lock()
			locked = true
		}
		if h.working[name] {
			continue
		}
		h.working[name] = true
		h.mu.Unlock()
		locked = false
	}
	if locked {
		h.mu.Unlock()
	}
}

// Before gives back at the begin of a turn what the last one has left.
func (h *Held) Before(names []string) {
	for i, name := range names {
		if i > 0 {
			h.mu.Unlock()
		}
		h.mu.Lock()
		h.working[name] = true
	}
	if len(names) > 0 {
		h.mu.Unlock()
	}
}

// Dial is come to with the lock held, and gives it up for a while in each turn.
type Dial struct {
	mu    sync.Mutex
	pool  []string
	tries int
}

// Again goes on to the next turn with the lock held, which gives it up first.
func (d *Dial) Again(dial func(string) error) {
	d.mu.Lock()
	for i := 0; i < len(d.pool); i++ {
		addr := d.pool[i]
		d.mu.Unlock()
		err := dial(addr)
		d.mu.Lock()
		if err != nil {
			d.tries++
			continue
		}
		d.mu.Unlock()
		return
	}
	d.mu.Unlock()
}

// Twice is Again, but that the next turn takes it without giving it up.
func (d *Dial) Twice(dial func(string) error) {
	d.mu.Lock()
	d.tries = 0
	d.mu.Unlock()
	for i := 0; i < len(d.pool); i++ {
		err := dial(d.pool[i])
		d.mu.Lock()
		if err != nil {
			d.tries++
			continue // want missing-unlock[breach/error]
		}
		d.mu.Unlock()
		return
	}
}

package conds

import "sync"

// shop has fields that loops around a wait read; not all of them decide whether they wait.
type shop struct {
	mu      sync.Mutex
	changed *sync.Cond
	// What decides.
	open, lit           bool
	hands, tills, queue int
	shelves             []int
	copied              int
	// What is only told of.
	told, late, name int
	urgent           bool
}

// NewShop makes one.
func NewShop() *shop {
	s := &shop{}
	s.changed = sync.NewCond(&s.mu)
	return s
}

// WaitOpen tells how it stands before it waits, and after that; neither way of urgent leads past
// the wait.
func (s *shop) WaitOpen(tell func(...int)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.open {
		if s.urgent {
			tell(s.told)
		} else {
			tell(s.name)
		}
		s.changed.Wait()
		if s.late > 0 {
			tell(s.late)
		}
	}
}

// WaitLit decides by a variable that a branch sets.
func (s *shop) WaitLit() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		enough := false
		if s.lit {
			enough = true
		}
		if enough {
			return
		}
		s.changed.Wait()
	}
}

// WaitHands looks once it was woken.
func (s *shop) WaitHands() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		s.changed.Wait()
		if s.hands > 0 {
			return
		}
	}
}

// WaitTills asks somebody whom it hands a copy.
func (s *shop) WaitTills(enough func(*shop) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		var like shop
		like.tills = s.tills
		if enough(&like) {
			return
		}
		s.changed.Wait()
	}
}

// WaitShelves counts what is more than a few.
func (s *shop) WaitShelves() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		full := 0
		for _, n := range s.shelves {
			if n > 5 {
				full++
			}
		}
		if full > 3 {
			return
		}
		s.changed.Wait()
	}
}

// WaitQueue decides by what it has noted in a field. That whoever waits notes it anew is not seen.
func (s *shop) WaitQueue() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		s.copied = s.queue // want wake-missing[breach/warning]
		if s.copied > 3 {
			return
		}
		s.changed.Wait()
	}
}

// Open lets in who waits, if it is told to.
func (s *shop) Open(really bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if really {
		s.open = true
		s.changed.Broadcast()
	}
}

// Tell changes what nobody waits for.
func (s *shop) Tell(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told, s.late, s.name = n, n, n
	s.urgent = true
	s.changed = sync.NewCond(&s.mu)
}

// Change changes what somebody waits for, and wakes nobody.
func (s *shop) Change(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lit = true               // want wake-missing[breach/warning]
	s.hands++                  // want wake-missing[breach/warning]
	s.tills = n                // want wake-missing[breach/warning]
	s.shelves = make([]int, n) // want wake-missing[breach/warning]
	s.queue = n                // want wake-missing[breach/warning]
}

package conds

import "sync"

// stock is waited for by who writes the number first, or compares with 1.
type stock struct {
	mu    sync.Mutex
	empty *sync.Cond
	in    int
	out   int
	seen  uint32
}

// NewStock makes one.
func NewStock() *stock {
	s := &stock{}
	s.empty = sync.NewCond(&s.mu)
	return s
}

// WaitIn waits until none is in.
func (s *stock) WaitIn() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for 0 != s.in {
		s.empty.Wait()
	}
}

// WaitOut waits until none is out.
func (s *stock) WaitOut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.out >= 1 {
		s.empty.Wait()
	}
}

// WaitFew waits until there are fewer than two, which is no question about 0.
func (s *stock) WaitFew() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.seen >= 2 {
		s.empty.Wait()
	}
}

// TakeIn wakes with the last one.
func (s *stock) TakeIn() {
	s.mu.Lock()
	s.in--
	if 0 == s.in {
		s.empty.Broadcast()
	}
	s.mu.Unlock()
}

// TakeOut does too.
func (s *stock) TakeOut() {
	s.mu.Lock()
	s.out--
	if s.out < 1 {
		s.empty.Broadcast()
	}
	s.mu.Unlock()
}

// TakeOutTurned wakes where there are others.
func (s *stock) TakeOutTurned() {
	s.mu.Lock()
	s.out-- // want wake-missing[breach/warning]
	if 1 <= s.out {
		s.empty.Broadcast()
	}
	s.mu.Unlock()
}

// TakeInBut wakes with the last but one.
func (s *stock) TakeInBut() {
	s.mu.Lock()
	s.in-- // want wake-missing[breach/warning]
	if 1 == s.in {
		s.empty.Broadcast()
	}
	s.mu.Unlock()
}

// See wakes with the last one, and who waits for fewer than two has slept on.
func (s *stock) See() {
	s.mu.Lock()
	s.seen-- // want wake-missing[breach/warning]
	if s.seen < 1 {
		s.empty.Broadcast()
	}
	s.mu.Unlock()
}

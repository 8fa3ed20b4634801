package defers

import (
	"errors"
	"sync"
)

type store struct {
	mu   sync.Mutex
	size int
}

var errFull = errors.New("full")

var stores = make(chan *store, 1)

func (s *store) recover(limit int) error {
	if s.size > limit {
		return errFull
	}
	return nil
}

// Open gives the lock back in a deferred literal, if that has not been done yet.
func Open(limit int) error {
	s := &store{}
	if limit < 0 {
		s = nil
	}
	stores <- s
	s.mu.Lock()
	unlocked := false
	defer func() {
		if !unlocked {
			s.mu.Unlock()
		}
	}()
	if err := s.recover(limit); err != nil {
		return err
	}
	s.mu.Unlock()
	unlocked = true
	return nil
}

// OpenNamed gives it back through the result, which is still there.
func OpenNamed(limit int) (s *store, err error) {
	if limit < 0 {
		return nil, errFull
	}
	s = &store{}
	stores <- s
	s.mu.Lock()
	unlocked := false
	defer func() {
		if !unlocked {
			s.mu.Unlock()
		}
	}()
	if err = s.recover(limit); err != nil {
		return s, err
	}
	s.mu.Unlock()
	unlocked = true
	return s, nil
}

// OpenNil sets the result to nil before the deferred literal looks at it: that panics, and
// leaves the lock as it is.
func OpenNil(limit int) (s *store, err error) {
	if limit < 0 {
		return nil, errFull
	}
	s = &store{}
	stores <- s
	s.mu.Lock()
	unlocked := false
	defer func() {
		if !unlocked {
			s.mu.Unlock()
		}
	}()
	if err = s.recover(limit); err != nil {
		return nil, err // want missing-unlock[breach/error]
	}
	s.mu.Unlock()
	unlocked = true
	return s, nil
}

// OpenOther gives back another one.
func OpenOther(limit int) (s *store, err error) {
	other := &store{}
	s = &store{}
	stores <- s
	stores <- other
	s.mu.Lock()
	other.mu.Lock()
	unlocked := false
	defer func() {
		if !unlocked {
			other.mu.Unlock()
		}
	}()
	if err = s.recover(limit); err != nil {
		return nil, err // want missing-unlock[breach/error]
	}
	s.mu.Unlock()
	return s, nil
}

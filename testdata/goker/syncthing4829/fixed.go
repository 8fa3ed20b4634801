// Package syncthing4829 is the repaired form: the subscribers are told after the mapping is unlocked.
package syncthing4829

import "sync"

type mapping struct {
	mu          sync.RWMutex
	addresses   map[string]int
	subscribers []func(removed []int)
}

func (m *mapping) clear() {
	m.mu.Lock()
	var removed []int
	for id, addr := range m.addresses {
		removed = append(removed, addr)
		delete(m.addresses, id)
	}
	m.mu.Unlock()
	if len(removed) > 0 {
		m.notify(removed)
	}
}

func (m *mapping) notify(removed []int) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, f := range m.subscribers {
		f(removed)
	}
}

type service struct {
	mu       sync.RWMutex
	mappings []*mapping
}

func (s *service) newMapping() *mapping {
	m := &mapping{addresses: map[string]int{}}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mappings = append(s.mappings, m)
	return m
}

func (s *service) removeMapping(m *mapping) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, existing := range s.mappings {
		if existing == m {
			s.mappings = append(s.mappings[:i], s.mappings[i+1:]...)
			m.clear()
			return
		}
	}
}

// Run removes a mapping that has an address.
func Run() {
	s := &service{}
	m := s.newMapping()
	m.addresses["test"] = 1
	s.removeMapping(m)
}

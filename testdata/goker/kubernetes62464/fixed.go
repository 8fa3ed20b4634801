// Package kubernetes62464 is the repaired form: the method that only combines two others takes no share of the lock that they
// take.
package kubernetes62464

import "sync"

type stateMemory struct {
	sync.RWMutex
	sets     map[string]int
	fallback int
}

func (s *stateMemory) cpuSetOrDefault(id string) int {
	if n, ok := s.cpuSet(id); ok {
		return n
	}
	return s.defaultCPUSet()
}

func (s *stateMemory) cpuSet(id string) (int, bool) {
	s.RLock()
	defer s.RUnlock()
	n, ok := s.sets[id]
	return n, ok
}

func (s *stateMemory) defaultCPUSet() int {
	s.RLock()
	defer s.RUnlock()
	return s.fallback
}

func (s *stateMemory) setDefaultCPUSet(n int) {
	s.Lock()
	defer s.Unlock()
	s.fallback = n
}

type policy struct{}

func (policy) removeContainer(s *stateMemory) {
	s.setDefaultCPUSet(s.defaultCPUSet() + 1)
}

// Run removes a container while the state is reconciled.
func Run() {
	s := &stateMemory{sets: map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(func() { s.cpuSetOrDefault("a") })
	wg.Go(func() { policy{}.removeContainer(s) })
	wg.Wait()
}

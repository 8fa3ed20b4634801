// Package kubernetes10182 is the repaired form: a status is stored under the lock and announced after it is released.
package kubernetes10182

import "sync"

type statusManager struct {
	mu       sync.RWMutex
	statuses map[string]bool
	updates  chan string
}

func (s *statusManager) start(batches int) {
	for range batches {
		s.syncBatch()
	}
}

func (s *statusManager) syncBatch() {
	s.deletePodStatus(<-s.updates)
}

func (s *statusManager) deletePodStatus(pod string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.statuses, pod)
}

func (s *statusManager) setPodStatus(pod string) {
	s.mu.Lock()
	s.statuses[pod] = true
	s.mu.Unlock()
	s.updates <- pod
}

// Run sets two statuses while the manager syncs them.
func Run() {
	s := &statusManager{statuses: map[string]bool{}, updates: make(chan string)}
	var wg sync.WaitGroup
	wg.Go(func() { s.start(2) })
	wg.Go(func() { s.setPodStatus("a") })
	wg.Go(func() { s.setPodStatus("b") })
	wg.Wait()
}

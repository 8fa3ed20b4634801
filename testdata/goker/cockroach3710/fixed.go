// Package cockroach3710 is the repaired form: the replicas are copied under the read lock and visited without it.
package cockroach3710

import "sync"

type store struct {
	mu       sync.RWMutex
	replicas map[int]*replica
	queue    *baseQueue
}

func (s *store) forceScan() {
	s.mu.RLock()
	replicas := make([]*replica, 0, len(s.replicas))
	for _, r := range s.replicas {
		replicas = append(replicas, r)
	}
	s.mu.RUnlock()
	for _, r := range replicas {
		s.queue.maybeAdd(r)
	}
}

func (s *store) raftStatus() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.replicas)
}

func (s *store) processRaft() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.replicas[len(s.replicas)] = &replica{store: s}
}

type replica struct {
	store *store
}

type baseQueue struct {
	sync.Mutex
	added int
}

func (q *baseQueue) maybeAdd(r *replica) {
	q.Lock()
	defer q.Unlock()
	if shouldQueue(r) {
		q.added++
	}
}

func shouldQueue(r *replica) bool {
	return r.store.raftStatus() > 0
}

// Run scans a store while raft changes it.
func Run() {
	s := &store{replicas: map[int]*replica{}, queue: &baseQueue{}}
	s.replicas[0] = &replica{store: s}
	var wg sync.WaitGroup
	wg.Go(s.forceScan)
	wg.Go(s.processRaft)
	wg.Wait()
}

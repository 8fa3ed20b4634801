// Package cockroach10214 is the repaired form: the queued heartbeats are taken out under coalescedMu, and the replicas are told
// after it is released, so that raftMu -> coalescedMu is the only order.
package cockroach10214

import "sync"

type store struct {
	coalescedMu struct {
		sync.Mutex
		responses []int
	}
	replicas []*replica
}

func (s *store) sendQueuedHeartbeats() {
	s.coalescedMu.Lock()
	responses := s.coalescedMu.responses
	s.coalescedMu.responses = nil
	s.coalescedMu.Unlock()
	for range responses {
		s.sendToNode()
	}
}

func (s *store) sendToNode() {
	for _, r := range s.replicas {
		r.reportUnreachable()
	}
}

type replica struct {
	raftMu      sync.Mutex
	mu          sync.Mutex
	store       *store
	unreachable int
}

func (r *replica) reportUnreachable() {
	r.raftMu.Lock()
	defer r.raftMu.Unlock()
	r.unreachable++
}

func (r *replica) tick() {
	r.raftMu.Lock()
	defer r.raftMu.Unlock()
	r.tickRaftMuLocked()
}

func (r *replica) tickRaftMuLocked() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.coalesceHeartbeat()
}

func (r *replica) coalesceHeartbeat() {
	r.store.coalescedMu.Lock()
	r.store.coalescedMu.responses = append(r.store.coalescedMu.responses, 1)
	r.store.coalescedMu.Unlock()
}

// Run ticks a replica while the store sends what it has queued.
func Run() {
	s := &store{}
	s.coalescedMu.responses = []int{1, 2}
	s.replicas = []*replica{{store: s}, {store: s}}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		s.sendQueuedHeartbeats()
	}()
	go func() {
		defer wg.Done()
		s.replicas[0].tick()
	}()
	wg.Wait()
}

package conds

import (
	"sync"
	"sync/atomic"
)

// jobs are counted without the lock.
type jobs struct {
	mu      sync.Mutex
	idle    *sync.Cond
	running atomic.Int64
	queued  int32
}

// NewJobs makes one.
func NewJobs() *jobs {
	j := &jobs{}
	j.idle = sync.NewCond(&j.mu)
	return j
}

// Wait waits until none is running.
func (j *jobs) Wait() {
	j.mu.Lock()
	defer j.mu.Unlock()
	for j.running.Load() != 0 {
		j.idle.Wait()
	}
}

// WaitQueued waits until none is queued.
func (j *jobs) WaitQueued() {
	j.mu.Lock()
	defer j.mu.Unlock()
	for atomic.LoadInt32(&j.queued) > 0 {
		j.idle.Wait()
	}
}

// Done wakes with the last one.
func (j *jobs) Done() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.running.Add(-1) == 0 {
		j.idle.Broadcast()
	}
}

// DoneEarly returns where it was not the last.
func (j *jobs) DoneEarly() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if atomic.AddInt32(&j.queued, -1) != 0 {
		return
	}
	j.idle.Broadcast()
}

// DoneBy takes off more than one, and may come out below 0.
func (j *jobs) DoneBy(n int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.running.Add(-n) == 0 { // want wake-missing[breach/warning]
		j.idle.Broadcast()
	}
}

// DoneBut wakes where one is running still.
func (j *jobs) DoneBut() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.running.Add(-1) == 1 { // want wake-missing[breach/warning]
		j.idle.Broadcast()
	}
}

// DoneStale looks at what there was before.
func (j *jobs) DoneStale() {
	j.mu.Lock()
	defer j.mu.Unlock()
	before := j.running.Load()
	j.running.Add(-1) // want wake-missing[breach/warning]
	if before == 0 {
		j.idle.Broadcast()
	}
}

// DoneLate wakes with the lock held: whoever has looked waits by then.
func (j *jobs) DoneLate() {
	if j.running.Add(-1) == 0 {
		j.mu.Lock()
		j.idle.Broadcast()
		j.mu.Unlock()
	}
}

// DoneLoose wakes without: who has looked may not wait yet.
func (j *jobs) DoneLoose() {
	if j.running.Add(-1) == 0 { // want wake-missing[breach/warning]
		j.idle.Broadcast()
	}
}

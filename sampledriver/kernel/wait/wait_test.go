package wait_test

import (
	"strings"
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/wait"
)

func TestEvent(t *testing.T) {
	tests := []struct {
		name   string
		waker  func(t *sim.Task, q *wait.Queue, ready *bool)
		halts  bool // in some runs at least
		always bool
	}{
		{"change, then wake", func(t *sim.Task, q *wait.Queue, ready *bool) { *ready = true; q.Wake(t) }, false, false},
		{"wake, then change", func(t *sim.Task, q *wait.Queue, ready *bool) { q.Wake(t); *ready = true }, true, false},
		{"change without wake", func(t *sim.Task, q *wait.Queue, ready *bool) { *ready = true }, true, false},
		{"wake without change", func(t *sim.Task, q *wait.Queue, ready *bool) { q.Wake(t) }, true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			halted := 0
			const seeds = 100
			for seed := range uint64(seeds) {
				m := sim.New(sim.Config{Seed: seed})
				var q wait.Queue
				ready := false
				m.Spawn("waiter", func(t *sim.Task) { q.Event(t, func() bool { return ready }) })
				m.Spawn("waker", func(t *sim.Task) { tt.waker(t, &q, &ready) })
				if m.Run().Halt != nil {
					halted++
				}
			}
			if (halted > 0) != tt.halts || (halted == seeds) != tt.always {
				t.Errorf("%d of %d runs lost the wake-up", halted, seeds)
			}
		})
	}
}

func TestEventTimeout(t *testing.T) {
	m := sim.New(sim.Config{})
	var q wait.Queue
	ready := false
	m.Spawn("waiter", func(t *sim.Task) {
		if q.EventTimeout(t, time.Second, func() bool { return ready }) || t.Now() != time.Second {
			t.Trip("a timeout does not end the wait")
		}
		if !q.EventTimeout(t, time.Hour, func() bool { return ready }) || t.Now() != 2*time.Second {
			t.Trip("a wake does not end the wait")
		}
	})
	m.Spawn("waker", func(t *sim.Task) {
		t.Sleep(2 * time.Second)
		ready = true
		q.Wake(t)
	})
	if res := m.Run(); res.Halt != nil || len(res.Trips) > 0 {
		t.Fatal(res.Halt, res.Trips)
	}
}

// A known waker lets the graph see through the queue.
func TestWokenBy(t *testing.T) {
	for seed := range uint64(50) {
		m := sim.New(sim.Config{Seed: seed})
		var q wait.Queue
		var mu lock.Mutex
		ready := false
		m.SpawnDaemon("clock", func(t *sim.Task) {
			for {
				t.Sleep(time.Second) // the machine is never quiet
			}
		})
		m.Spawn("holder", func(t *sim.Task) {
			mu.Lock(t)
			q.Event(t, func() bool { return ready })
			mu.Unlock(t)
		})
		q.WokenBy(m.Spawn("waker", func(t *sim.Task) {
			t.Sleep(time.Millisecond)
			mu.Lock(t)
			ready = true
			q.Wake(t)
			mu.Unlock(t)
		}))
		res := m.Run()
		d, ok := res.Halt.(*sim.Deadlock)
		if !ok || !d.Cycle || res.Now != time.Millisecond {
			t.Fatalf("seed %d: %v", seed, res.Halt)
		}
		for _, want := range []string{`task "holder" waits in Event of wait queue`, `task "waker" waits in Lock of mutex`} {
			if !strings.Contains(d.Error(), want) {
				t.Errorf("seed %d: no %q in %v", seed, want, d)
			}
		}
	}
}

// TestWakeWhileLooking wakes a task while it is in the middle of looking at its
// condition, after it has read what the waker changes.
func TestWakeWhileLooking(t *testing.T) {
	for seed := range uint64(100) {
		m := sim.New(sim.Config{Seed: seed})
		var q wait.Queue
		ready, woken := false, false
		m.Spawn("waiter", func(k *sim.Task) {
			q.Event(k, func() bool {
				seen := ready
				k.Preempt()
				return seen
			})
			woken = true
		})
		m.Spawn("waker", func(k *sim.Task) {
			k.Preempt()
			ready = true
			q.Wake(k)
		})
		if res := m.Run(); res.Halt != nil || !woken {
			t.Fatalf("seed %d: woken %v, %v", seed, woken, res.Halt)
		}
	}
}

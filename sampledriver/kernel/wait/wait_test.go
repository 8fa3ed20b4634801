package wait_test

import (
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/wait"
)

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

func TestEventTimeout(t *testing.T) {
	m := sim.New(sim.Config{})
	var q wait.Queue
	m.Spawn("waiter", func(k *sim.Task) {
		if q.EventTimeout(k, time.Second, func() bool { return false }) {
			t.Error("a condition that never holds held")
		}
		if k.Now() != time.Second {
			t.Errorf("gave up at %v, want 1s", k.Now())
		}
		if !q.EventTimeout(k, time.Second, func() bool { return true }) {
			t.Error("a condition that holds did not")
		}
	})
	if res := m.Run(); res.Halt != nil {
		t.Fatal(res.Halt)
	}
}

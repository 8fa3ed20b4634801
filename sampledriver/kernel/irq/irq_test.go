package irq_test

import (
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/irq"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

func TestLine(t *testing.T) {
	for seed := range uint64(50) {
		m := sim.New(sim.Config{Seed: seed})
		hard, threaded, seen := 0, 0, 0
		line := irq.NewThreaded(m, "gpu",
			func(t *sim.Task) irq.Result {
				if !t.Atomic() {
					t.Trip("a hard handler may sleep")
				}
				hard++
				if hard%2 == 0 {
					return irq.Handled
				}
				return irq.WakeThread
			},
			func(t *sim.Task) {
				if t.Atomic() {
					t.Trip("a threaded handler may not sleep")
				}
				threaded++
				seen = hard
				t.Sleep(time.Millisecond)
			})
		m.Spawn("device", func(t *sim.Task) {
			for range 9 {
				line.Raise()
				t.Preempt()
			}
			t.Sleep(time.Second)
		})
		if res := m.Run(); res.Halt != nil || len(res.Trips) > 0 {
			t.Fatalf("seed %d: %v %v", seed, res.Halt, res.Trips)
		}
		// The last interrupt wakes the thread, which may have missed none of those before.
		if hard != 9 || threaded == 0 || threaded > 5 || seen != 9 {
			t.Fatalf("seed %d: %d interrupts, %d runs of the thread, the last after %d", seed, hard, threaded, seen)
		}
	}
}

func TestHandlerThatSleeps(t *testing.T) {
	m := sim.New(sim.Config{})
	line := irq.New(m, "gpu", func(t *sim.Task) irq.Result { t.Sleep(1); return irq.Handled })
	m.Spawn("device", func(t *sim.Task) { line.Raise(); t.Sleep(time.Second) })
	if res := m.Run(); len(res.Trips) != 1 {
		t.Errorf("got %v", res.Trips)
	}
}

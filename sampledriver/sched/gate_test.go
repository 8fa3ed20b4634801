package sched_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/sched"
)

// TestGates runs jobs on hardware that has room for one, which only the gate keeps to.
func TestGates(t *testing.T) {
	for _, gate := range []sched.Gate{sched.GateCondition, sched.GateOutside} {
		for seed := range uint64(20) {
			t.Run(fmt.Sprintf("%v/%d", gate, seed), func(t *testing.T) {
				m := sim.New(sim.Config{Seed: seed, TimeLimit: time.Hour})
				m.Spawn("client", func(k *sim.Task) {
					h := &hardware{ctx: fence.NewContext("hw"), room: 1}
					h.sched = sched.New(k, sched.Config{
						Name: "gpu", Backend: h, Credits: 16, Timeout: time.Second, Gate: gate,
					})
					a, b := h.sched.NewEntity(k, "a", sched.Normal), h.sched.NewEntity(k, "b", sched.Normal)
					var last *sched.Job
					for range 4 {
						submit(k, a, &task{took: time.Millisecond}, 1)
						last = submit(k, b, &task{took: time.Millisecond}, 1)
					}
					last.Finished.Wait(k)
					a.Flush(k)
					b.Flush(k)
					a.Destroy(k)
					b.Destroy(k)
					declined := h.sched.Declined()
					h.sched.Fini(k)
					if h.peak != 1 {
						t.Errorf("%d jobs on the hardware, which has room for 1", h.peak)
					}
					if spins := gate == sched.GateOutside; (declined > 100) != spins {
						t.Errorf("looked in vain %d times", declined)
					}
				})
				if res := m.Run(); res.Halt != nil || len(res.Leaks) > 0 {
					t.Fatal(res.Halt, res.Leaks)
				}
			})
		}
	}
}

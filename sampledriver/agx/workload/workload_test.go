package workload

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/fencelint/fencelint/sampledriver/agx/slot"
	"github.com/fencelint/fencelint/sampledriver/sched"
)

// TestThousandSeeds runs a heavy load in both designs of the scheduler, both ways of
// asking for room and all policies for slots.
func TestThousandSeeds(t *testing.T) {
	seeds := 1000
	if testing.Short() {
		seeds = 50
	}
	var total Result
	for seed := range seeds {
		for _, design := range []sched.Design{sched.Thread, sched.WorkItems} {
			cfg := Heavy()
			cfg.Seed = uint64(seed)
			cfg.Device.Design = design
			cfg.Device.Gate = [...]sched.Gate{sched.GateFence, sched.GateCondition}[seed%2]
			cfg.Device.Policy = slot.Policies()[seed/2%3]
			res := Run(cfg)
			for _, problem := range res.Problems() {
				t.Errorf("seed %d, %v, gate %v, slots %v: %s", seed, design, cfg.Device.Gate, cfg.Device.Policy, problem)
			}
			total.add(&res)
		}
	}
	total.mustHaveSeenEverything(t)
}

// add sums up what tells whether the runs went where they were meant to.
func (r *Result) add(s *Result) {
	r.Jobs += s.Jobs
	r.GPU.Faults += s.GPU.Faults
	r.GPU.Crashes += s.GPU.Crashes
	r.GPU.LostIRQs += s.GPU.LostIRQs
	r.Driver.Resets += s.Driver.Resets
	r.Driver.Rescues += s.Driver.Rescues
	r.Driver.Failed += s.Driver.Failed
	r.Driver.Evicted += s.Driver.Evicted
	r.Driver.EvictWaits += s.Driver.EvictWaits
	r.Driver.Restored += s.Driver.Restored
	r.Driver.Invalidated += s.Driver.Invalidated
	r.Driver.Stale += s.Driver.Stale
	r.Driver.VM.Waits += s.Driver.VM.Waits
	r.Driver.Event.Waits += s.Driver.Event.Waits
	r.Driver.Buffer.Waits += s.Driver.Buffer.Waits
	r.Driver.RoundTripsLost += s.Driver.RoundTripsLost
	r.Reclaim.Throttled += s.Reclaim.Throttled
	r.Reclaim.Unmapped += s.Reclaim.Unmapped
}

// mustHaveSeenEverything fails if some part of the driver was never exercised.
func (r *Result) mustHaveSeenEverything(t *testing.T) {
	t.Helper()
	for name, n := range map[string]int{
		"jobs awaited": r.Jobs, "faults": r.GPU.Faults, "crashes": r.GPU.Crashes, "lost interrupts": r.GPU.LostIRQs,
		"resets": r.Driver.Resets, "rescues": r.Driver.Rescues, "failed jobs": r.Driver.Failed,
		"evictions": r.Driver.Evicted, "evictions after a wait": r.Driver.EvictWaits, "restored": r.Driver.Restored,
		"mirrors invalidated": r.Driver.Invalidated, "stale submissions": r.Driver.Stale,
		"waits for a VM": r.Driver.VM.Waits, "waits for an event": r.Driver.Event.Waits,
		"waits for a buffer": r.Driver.Buffer.Waits, "lost round trips": r.Driver.RoundTripsLost,
		"throttled reclaims": r.Reclaim.Throttled, "pages unmapped": r.Reclaim.Unmapped,
	} {
		t.Logf("%-24s %d", name, n)
		if n == 0 {
			t.Errorf("no run had any %s", name)
		}
	}
}

func TestReplay(t *testing.T) {
	for seed := range 5 {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			cfg := Heavy()
			cfg.Seed = uint64(seed)
			first, second := Run(cfg), Run(cfg)
			if !reflect.DeepEqual(first, second) {
				t.Errorf("two runs of one seed differ:\n%+v\n%+v", first, second)
			}
		})
	}
}

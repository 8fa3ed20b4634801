package reclaim_test

import (
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/reclaim"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// shrinker does scan and then says that it freed a page.
type shrinker struct {
	scan  func(t *sim.Task)
	scans int
}

func (s *shrinker) Count(*sim.Task, reclaim.Control) int { return 1 }

func (s *shrinker) Scan(t *sim.Task, _ reclaim.Control) int {
	s.scans++
	if s.scan != nil {
		s.scan(t)
	}
	return 1
}

func TestThrottle(t *testing.T) {
	inside, most := 0, 0
	m := sim.New(sim.Config{})
	s := &shrinker{scan: func(t *sim.Task) {
		inside++
		most = max(most, inside)
		t.Sleep(time.Millisecond)
		inside--
	}}
	for range 8 {
		m.Spawn("reclaimer", func(t *sim.Task) {
			if t.ID() == 0 {
				reclaim.Register(t, s)
				reclaim.Of(m).SetLimit(2)
			}
			t.Sleep(1)
			reclaim.Direct(t, gfp.Kernel, 1)
		})
	}
	res := m.Run()
	if res.Halt != nil {
		t.Fatal(res.Halt)
	}
	if st := reclaim.Of(m).Stats(); most != 2 || st.Throttled != 6 || st.Shrunk != 8 || res.Now < 4*time.Millisecond {
		t.Errorf("%d at one time, %v, %+v", most, res.Now, st)
	}
}

// All who may reclaim wait for the lock of one who may not yet.
func TestThrottledHolderDeadlocks(t *testing.T) {
	found := 0
	for seed := range uint64(100) {
		var mu lock.Mutex
		m := sim.New(sim.Config{Seed: seed})
		s := &shrinker{scan: func(t *sim.Task) { mu.Lock(t); mu.Unlock(t) }}
		m.Spawn("setup", func(t *sim.Task) {
			reclaim.Register(t, s)
			reclaim.Of(m).SetLimit(1)
			t.Spawn("holder", func(t *sim.Task) {
				mu.Lock(t)
				t.Yield()
				reclaim.Direct(t, gfp.Kernel, 1)
				mu.Unlock(t)
			})
			t.Spawn("other", func(t *sim.Task) { reclaim.Direct(t, gfp.Kernel, 1) })
		})
		d, ok := m.Run().Halt.(*sim.Deadlock)
		if !ok || !d.Cycle {
			t.Fatalf("seed %d: no deadlock", seed)
		}
		for _, s := range d.Steps {
			if s.Node == "memory reclaim" {
				found++
			}
		}
	}
	if found == 0 || found == 100 {
		t.Errorf("%d of 100 deadlocks go through the throttle, the others should be the holder's own", found)
	}
}

func TestUnregisterWaits(t *testing.T) {
	for seed := range uint64(50) {
		m := sim.New(sim.Config{Seed: seed})
		gone := false
		s := &shrinker{}
		s.scan = func(t *sim.Task) {
			t.Yield()
			t.Sleep(time.Millisecond)
			if gone {
				t.Trip("scans after it is gone")
			}
		}
		m.Spawn("owner", func(t *sim.Task) {
			reclaim.Register(t, s)
			t.Sleep(500 * time.Microsecond)
			reclaim.Unregister(t, s)
			gone = true
		})
		for range 3 {
			m.Spawn("reclaimer", func(t *sim.Task) {
				for range 3 {
					reclaim.Direct(t, gfp.Kernel, 1)
					t.Sleep(100 * time.Microsecond)
				}
			})
		}
		if res := m.Run(); res.Halt != nil || len(res.Trips) > 0 {
			t.Fatalf("seed %d: %v %v", seed, res.Halt, res.Trips)
		}
	}
}

// What a shrinker allocates does not reclaim again.
func TestNoRecursion(t *testing.T) {
	m := sim.New(sim.Config{})
	m.Spawn("test", func(task *sim.Task) {
		reclaim.Register(task, &shrinker{scan: func(task *sim.Task) {
			if gfp.Current(task, gfp.Kernel).Has(gfp.DirectReclaim) {
				t.Error("a shrinker may reclaim")
			}
		}})
		reclaim.Direct(task, gfp.Kernel, 1)
		if !gfp.Current(task, gfp.Kernel).Has(gfp.DirectReclaim) {
			t.Error("the scope outlives reclaim")
		}
	})
	if res := m.Run(); res.Halt != nil {
		t.Fatal(res.Halt)
	}
}

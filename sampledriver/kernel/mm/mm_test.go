package mm_test

import (
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/mm"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// mirror counts what it is told, and takes its time.
type mirror struct {
	told  []mm.Range
	delay time.Duration
	gone  bool
}

func (m *mirror) Invalidate(t *sim.Task, r mm.Range) {
	if m.gone {
		t.Trip("told after it is gone")
	}
	m.told = append(m.told, r)
	if m.delay > 0 {
		t.Sleep(m.delay)
	}
}

func TestReclaimUnmaps(t *testing.T) {
	m := sim.New(sim.Config{})
	kmem.Setup(m, kmem.Config{Total: 10, Min: 2, Low: 2, High: 2})
	m.Spawn("user", func(task *sim.Task) {
		as := mm.NewAddressSpace(task, "user", 20)
		n := &mirror{}
		as.Register(task, n)
		for i := range 20 {
			if err := as.CopyFromUser(task, mm.Range{First: i, End: i + 1}); err != nil {
				t.Errorf("page %d: %v", i, err)
			}
		}
		if as.Present() != 8 || len(n.told) != 12 {
			t.Errorf("%d pages present, told of %v", as.Present(), n.told)
		}
		as.Unregister(task, n)
		as.Close(task)
	})
	if res := m.Run(); res.Halt != nil || len(res.Trips) > 0 || len(res.Leaks) > 0 {
		t.Error(res.Halt, res.Trips, res.Leaks)
	}
}

func TestUnmap(t *testing.T) {
	m := sim.New(sim.Config{})
	m.Spawn("user", func(task *sim.Task) {
		as := mm.NewAddressSpace(task, "user", 8)
		n := &mirror{}
		as.Register(task, n)
		if err := as.CopyToUser(task, mm.Range{First: 2, End: 100}); err != nil || as.Present() != 6 {
			t.Errorf("%d pages present, %v", as.Present(), err)
		}
		as.Unmap(task, mm.Range{First: 0, End: 4})
		if as.Present() != 4 || len(n.told) != 1 || !n.told[0].Overlaps(mm.Range{First: 3, End: 4}) || n.told[0].Overlaps(mm.Range{First: 4, End: 5}) {
			t.Errorf("%d pages present, told of %v", as.Present(), n.told)
		}
		as.Close(task)
	})
	if res := m.Run(); res.Halt != nil || len(res.Leaks) > 0 {
		t.Error(res.Halt, res.Leaks)
	}
}

func TestUnregisterWaits(t *testing.T) {
	for seed := range uint64(50) {
		m := sim.New(sim.Config{Seed: seed})
		m.Spawn("user", func(task *sim.Task) {
			as := mm.NewAddressSpace(task, "user", 4)
			n := &mirror{delay: time.Millisecond}
			as.Register(task, n)
			unmapper := task.Spawn("unmapper", func(task *sim.Task) { as.Unmap(task, mm.Range{First: 0, End: 4}) })
			task.Sleep(100 * time.Microsecond)
			as.Unregister(task, n)
			n.gone = true
			task.Join(unmapper)
			as.Close(task)
		})
		if res := m.Run(); res.Halt != nil || len(res.Trips) > 0 {
			t.Fatalf("seed %d: %v %v", seed, res.Halt, res.Trips)
		}
	}
}

// A user copy in the code that must signal: somebody who changes the layout waits, in
// the notifier, for the fence.
func TestUserCopyInSignalling(t *testing.T) {
	found := 0
	for seed := range uint64(100) {
		m := sim.New(sim.Config{Seed: seed})
		m.Spawn("setup", func(t *sim.Task) {
			as := mm.NewAddressSpace(t, "user", 4)
			f := &fence.Fence{}
			f.Init(t, fence.NewContext("job"))
			as.Register(t, waiter{f})
			f.SignalledBy(t.Spawn("completion", func(t *sim.Task) {
				as.CopyToUser(t, mm.Range{First: 0, End: 1})
				f.Signal(t)
			}))
			t.Spawn("munmap", func(t *sim.Task) { as.Close(t) })
		})
		if d, ok := m.Run().Halt.(*sim.Deadlock); ok && d.Cycle {
			found++
		}
	}
	if found == 0 || found == 100 {
		t.Errorf("%d deadlocks in 100 seeds", found)
	}
}

// waiter mirrors with a fence that protects the mapping.
type waiter struct{ f *fence.Fence }

func (w waiter) Invalidate(t *sim.Task, _ mm.Range) { w.f.Wait(t) }

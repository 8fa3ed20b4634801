package hw

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/kernel/irq"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// bench is a GPU with no driver but the test.
type bench struct {
	k      *sim.Task
	gpu    *GPU
	shared *fw.Shared
	queues []*fw.Queue
}

// on runs body with a GPU that has booted.
func on(t *testing.T, faults Faults, body func(b *bench)) {
	t.Helper()
	m := sim.New(sim.Config{})
	shared := fw.NewShared()
	b := &bench{shared: shared, gpu: New(m, shared, faults, rand.New(rand.NewPCG(0, 0)))}
	b.gpu.Attach(irq.New(m, "test", func(*sim.Task) irq.Result { return irq.Handled }))
	m.Spawn("test", func(k *sim.Task) {
		b.k = k
		b.gpu.Boot()
		body(b)
	})
	if res := m.Run(); res.Halt != nil {
		t.Fatal(res.Halt)
	}
}

// queue makes a queue of commands and announces it.
func (b *bench) queue(kind fw.Kind, priority int, commands ...fw.Command) *fw.Queue {
	q := &fw.Queue{Kind: kind, Priority: priority, Slot: len(b.queues), Ring: fw.NewRing[*fw.Command](fw.QueueRing)}
	b.queues = append(b.queues, q)
	for i := range commands {
		commands[i].Kind = kind
		commands[i].Stamp = fw.Stamp(i+1) * fw.StampStep
		q.Ring.Put(&commands[i])
	}
	b.shared.Pipes[priority][kind].Put(fw.Run{Queue: q})
	b.gpu.Ring()
	return q
}

// next lets time pass until there is an event.
func (b *bench) next(t *testing.T) fw.Event {
	t.Helper()
	for range 10_000 {
		if ev, ok := b.shared.Events.Take(); ok {
			return ev
		}
		b.k.Sleep(100 * time.Microsecond)
	}
	t.Error("no event")
	return fw.Event{}
}

// order is the slots in the order in which their n commands end.
func (b *bench) order(t *testing.T, n int) []int {
	t.Helper()
	var order []int
	for len(order) < n {
		ev := b.next(t)
		if ev.Kind != fw.Stamped {
			t.Errorf("event %+v", ev)
			return order
		}
		for i := range fw.NumSlots {
			if ev.Slots.Has(i) {
				order = append(order, i)
			}
		}
	}
	return order
}

func work(d time.Duration) fw.Command { return fw.Command{Work: d} }

func TestPriorityThenTurns(t *testing.T) {
	on(t, Faults{}, func(b *bench) {
		b.queue(fw.Compute, 2, work(time.Millisecond), work(time.Millisecond))
		b.queue(fw.Compute, 2, work(time.Millisecond))
		b.queue(fw.Compute, 1, work(time.Millisecond))
		if got, want := b.order(t, 4), []int{2, 0, 1, 0}; !slices.Equal(got, want) {
			t.Errorf("commands ended in the order of queues %v, want %v", got, want)
		}
	})
}

func TestEnginesWorkAtOnce(t *testing.T) {
	on(t, Faults{}, func(b *bench) {
		b.queue(fw.Vertex, 0, work(10*time.Millisecond))
		b.queue(fw.Compute, 3, work(time.Millisecond))
		if got, want := b.order(t, 2), []int{1, 0}; !slices.Equal(got, want) {
			t.Errorf("commands ended in the order of queues %v, want %v", got, want)
		}
	})
}

func TestBarrier(t *testing.T) {
	on(t, Faults{}, func(b *bench) {
		late := work(time.Millisecond)
		late.After = []fw.Barrier{{Slot: 1, Stamp: fw.StampStep}}
		b.queue(fw.Fragment, 0, late)
		b.queue(fw.Vertex, 0, work(10*time.Millisecond))
		if got, want := b.order(t, 2), []int{1, 0}; !slices.Equal(got, want) {
			t.Errorf("commands ended in the order of queues %v, want %v", got, want)
		}
	})
}

// TestFaultHalts has a fault stop all engines until the driver lets them go on, with
// nothing left to do.
func TestFaultHalts(t *testing.T) {
	on(t, Faults{}, func(b *bench) {
		bad := work(time.Millisecond)
		bad.Fault = fw.PageFault
		b.queue(fw.Compute, 0, bad, work(time.Millisecond))
		other := b.queue(fw.Vertex, 0, work(2*time.Millisecond))
		if ev := b.next(t); ev.Kind != fw.Faulted || ev.Slot != 0 {
			t.Errorf("event %+v, want a fault of slot 0", ev)
		}
		b.k.Sleep(time.Second)
		if _, ok := b.shared.Events.Head(); ok || other.Ring.Len() != 1 {
			t.Error("the GPU went on after a fault")
		}
		b.gpu.Resume()
		b.order(t, 2)
		if got := b.shared.Stamps[0]; got != 2*fw.StampStep {
			t.Errorf("stamp %#x after the queue was given up", uint32(got))
		}
	})
}

func TestWatchdog(t *testing.T) {
	on(t, Faults{Hang: 1000}, func(b *bench) {
		b.queue(fw.Compute, 0, work(time.Millisecond))
		if ev := b.next(t); ev.Kind != fw.TimedOut {
			t.Errorf("event %+v, want a timeout", ev)
		}
		if now := b.k.Now(); now < Watchdog {
			t.Errorf("the watchdog barked after %v", now)
		}
	})
}

func TestAbort(t *testing.T) {
	on(t, Faults{}, func(b *bench) {
		q := b.queue(fw.Compute, 0, work(time.Hour))
		b.queue(fw.Compute, 1, work(time.Millisecond))
		b.k.Sleep(time.Millisecond)
		q.Ring.Reset()
		b.gpu.Abort(q)
		if got := b.order(t, 1); !slices.Equal(got, []int{1}) {
			t.Errorf("queues %v went on, want the other one", got)
		}
	})
}

// TestHalt requires that nothing comes from a halted GPU until it boots, and that it
// then knows nothing.
func TestHalt(t *testing.T) {
	on(t, Faults{}, func(b *bench) {
		q := b.queue(fw.Compute, 0, work(10*time.Millisecond))
		b.k.Sleep(time.Millisecond)
		b.gpu.Halt()
		if b.gpu.Halted() {
			t.Error("halted at once")
		}
		b.k.Sleep(time.Second)
		if !b.gpu.Halted() || b.shared.Events.Len() > 0 {
			t.Error("not halted")
		}
		b.gpu.Boot()
		b.k.Sleep(time.Second)
		if b.shared.Events.Len() > 0 {
			t.Error("the firmware remembers a queue that it was not told of")
		}
		b.shared.Pipes[0][fw.Compute].Put(fw.Run{Queue: q})
		b.gpu.Ring()
		b.order(t, 1)
	})
}

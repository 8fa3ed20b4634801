package agx

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/agx/hw"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/mm"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/sched"
)

// rig is a machine with a device and one client.
type rig struct {
	t    *testing.T
	k    *sim.Task
	dev  *Device
	gpu  *hw.GPU
	user *mm.AddressSpace
	file *File
	vm   ID
	// stray is how many accesses to memory that was taken away the test is about.
	stray int
}

// setup says what the machine is like.
type setup struct {
	cfg    Config
	faults hw.Faults
	memory kmem.Config
}

// on runs body on a machine and requires that the run was in order.
func on(t *testing.T, s setup, body func(r *rig)) {
	t.Helper()
	m := sim.New(sim.Config{})
	kmem.Setup(m, s.memory)
	shared := fw.NewShared()
	r := &rig{t: t, gpu: hw.New(m, shared, s.faults, rand.New(rand.NewPCG(0, 1)))}
	m.Spawn("main", func(k *sim.Task) {
		r.k = k
		r.dev = Probe(k, shared, r.gpu, s.cfg)
		r.user = mm.NewAddressSpace(k, "user", 16)
		r.file = r.dev.Open(k, r.user)
		r.vm = must(t)(r.file.CreateVM(k))
		body(r)
		r.file.Close(k, false)
		r.user.Close(k)
		r.dev.Remove(k)
	})
	res := m.Run()
	if res.Halt != nil {
		t.Error(res.Halt)
	}
	for _, trip := range res.Trips {
		t.Error(trip)
	}
	for _, leak := range res.Leaks {
		t.Error(leak)
	}
	if n := r.gpu.Stats().Stray; n != r.stray {
		t.Errorf("%d commands touched memory that was taken away, want %d", n, r.stray)
	}
}

func must(t *testing.T) func(ID, error) ID {
	return func(id ID, err error) ID {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
		return id
	}
}

func (r *rig) queue() ID { return must(r.t)(r.file.CreateQueue(r.k, r.vm, 1)) }
func (r *rig) object(pages int) ID {
	return must(r.t)(r.file.CreateObject(r.k, r.vm, pages))
}

// start submits commands and returns a sync object with the job's fence.
func (r *rig) start(queue ID, commands ...Command) ID {
	r.t.Helper()
	out := must(r.t)(r.file.CreateSync(r.k))
	s := &Submission{Queue: queue, Commands: commands, Out: []ID{out}, Args: mm.Range{First: 0, End: 2}}
	if err := r.file.Submit(r.k, s); err != nil {
		r.t.Errorf("Submit: %v", err)
	}
	return out
}

// do submits commands and waits for them.
func (r *rig) do(queue ID, commands ...Command) error {
	r.t.Helper()
	return r.file.Wait(r.k, r.start(queue, commands...))
}

func compute(objects ...ID) Command { return Command{Compute: time.Millisecond, Objects: objects} }

func render(blocks int, objects ...ID) Command {
	return Command{Vertex: time.Millisecond, Fragment: time.Millisecond, Blocks: blocks, Objects: objects}
}

// variants calls f for each design of the scheduler and each gate.
func variants(t *testing.T, f func(t *testing.T, cfg Config)) {
	for _, design := range []sched.Design{sched.Thread, sched.WorkItems} {
		for _, gate := range []sched.Gate{sched.GateFence, sched.GateCondition} {
			t.Run(fmt.Sprintf("%v, gate %v", design, gate), func(t *testing.T) {
				f(t, Config{Design: design, Gate: gate})
			})
		}
	}
}

func TestJobs(t *testing.T) {
	variants(t, func(t *testing.T, cfg Config) {
		on(t, setup{cfg: cfg}, func(r *rig) {
			q, o := r.queue(), r.object(3)
			if err := r.do(q, render(1, o), compute(o), render(2)); err != nil {
				t.Error(err)
			}
			if got := r.gpu.Stats().Commands; got != 5 {
				t.Errorf("the GPU did %d commands, want 5", got)
			}
			r.dev.mailbox.Flush(r.k)
			if got := r.dev.events.slots.Free(); got != fw.NumSlots {
				t.Errorf("%d event slots free after the job, want all", got)
			}
		})
	})
}

// TestFragmentAfterVertex has fragment work wait for the vertex work of its render, on
// another engine.
func TestFragmentAfterVertex(t *testing.T) {
	on(t, setup{}, func(r *rig) {
		start := r.k.Now()
		if err := r.do(r.queue(), Command{Vertex: 5 * time.Millisecond, Fragment: time.Millisecond}); err != nil {
			t.Error(err)
		}
		if took := r.k.Now() - start; took < 6*time.Millisecond {
			t.Errorf("a render of 5 ms and 1 ms took %v", took)
		}
	})
}

// TestDependency has a job wait for one of another queue.
func TestDependency(t *testing.T) {
	variants(t, func(t *testing.T, cfg Config) {
		on(t, setup{cfg: cfg}, func(r *rig) {
			first := r.start(r.queue(), Command{Compute: 20 * time.Millisecond})
			out := must(t)(r.file.CreateSync(r.k))
			s := &Submission{Queue: r.queue(), Commands: []Command{render(1)}, In: []ID{first}, Out: []ID{out}}
			if err := r.file.Submit(r.k, s); err != nil {
				t.Fatal(err)
			}
			if err := r.file.Wait(r.k, out); err != nil {
				t.Error(err)
			}
			before, _ := r.file.Fence(r.k, first)
			if !before.IsSignalled() {
				t.Error("the job did not wait for its dependency")
			}
		})
	})
}

// TestFullQueue submits more than a work queue has job slots for.
func TestFullQueue(t *testing.T) {
	variants(t, func(t *testing.T, cfg Config) {
		cfg.JobSlots = 2
		on(t, setup{cfg: cfg}, func(r *rig) {
			q := r.queue()
			var last ID
			for range 12 {
				last = r.start(q, compute(), compute())
			}
			if err := r.file.Wait(r.k, last); err != nil {
				t.Error(err)
			}
			if got := r.dev.Stats().MaxPending; got != 2 {
				t.Errorf("%d commands in a queue of 2 job slots", got)
			}
		})
	})
}

func TestStampWraps(t *testing.T) {
	on(t, setup{}, func(r *rig) {
		for i := range r.dev.shared.Stamps {
			r.dev.shared.Stamps[i] = 0xfffffe00
		}
		q := r.queue()
		var last ID
		for range 6 {
			last = r.start(q, render(1), compute())
		}
		if err := r.file.Wait(r.k, last); err != nil {
			t.Error(err)
		}
	})
}

func TestInvalid(t *testing.T) {
	on(t, setup{}, func(r *rig) {
		q, o := r.queue(), r.object(1)
		other := must(t)(r.file.CreateVM(r.k))
		foreign := must(t)(r.file.CreateObject(r.k, other, 1))
		for name, s := range map[string]*Submission{
			"no commands":  {Queue: q},
			"too many":     {Queue: q, Commands: make([]Command, maxCommands+1)},
			"no queue":     {Queue: 999, Commands: []Command{compute(o)}},
			"no object":    {Queue: q, Commands: []Command{compute(999)}},
			"not of VM":    {Queue: q, Commands: []Command{compute(foreign)}},
			"no sync":      {Queue: q, Commands: []Command{compute(o)}, Out: []ID{999}},
			"object as in": {Queue: q, Commands: []Command{compute(o)}, In: []ID{o}},
		} {
			if err := r.file.Submit(r.k, s); !errors.Is(err, ErrInvalid) {
				t.Errorf("%s: Submit = %v, want %v", name, err, ErrInvalid)
			}
		}
		if got := r.dev.vms.Free(); got != fw.NumContexts-1 {
			t.Errorf("%d contexts free after refused submissions, want all", got)
		}
	})
}

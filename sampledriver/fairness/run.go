package fairness

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx"
	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/agx/hw"
	"github.com/fencelint/fencelint/sampledriver/agx/slot"
	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/mm"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// Outcome is how a scenario went under a policy.
type Outcome struct {
	Policy slot.Policy
	// Classes are the clients' side of it.
	Classes [Classes]Class
	// Waits are those for each kind of slot, by class.
	Waits [Kinds][Classes]Spans
}

// Class is how the clients of a class fared while the load lasted.
type Class struct {
	Jobs    int           // that were done
	Work    time.Duration // that the GPU has had with them
	Starved int           // clients of which no job was
	Blocked Spans         // how long each submission took
	Longest Spans         // the longest submission of each client
	Latency Spans         // of each job, from the wish to submit it to its end
}

// Kinds is the number of kinds of slots.
const Kinds = 3

// KindName is what a reader calls a kind of slot.
func KindName(kind int) string { return [Kinds]string{"VM", "event", "buffer"}[kind] }

// Run plays a scenario under a policy. One seed gives one outcome.
func Run(s Scenario, policy slot.Policy, seed uint64) (Outcome, error) {
	m := sim.New(sim.Config{Seed: seed})
	kmem.Setup(m, kmem.Config{})
	shared := fw.NewShared()
	gpu := hw.New(m, shared, hw.Faults{}, rand.New(rand.NewPCG(seed, 1)))
	out := Outcome{Policy: policy}
	var errs []error
	m.Spawn("main", func(t *sim.Task) {
		dev := agx.Probe(t, shared, gpu, agx.Config{
			VMSlots: s.Slots.VM, EventSlots: s.Slots.Event, BufferSlots: s.Slots.Buffer, Policy: policy, BuildTime: buildTime,
		})
		var tasks []*sim.Task
		for i := range s.Greedy + 1 {
			class := Greedy
			if i == s.Greedy {
				class = Interactive
			}
			c := &client{class: class, commands: s.Jobs[class], fared: &out.Classes[class]}
			tasks = append(tasks, t.Spawn(fmt.Sprintf("%s %d", ClassName(class), i), func(t *sim.Task) {
				errs = append(errs, c.main(t, dev))
			}))
		}
		for _, task := range tasks {
			t.Join(task)
		}
		stats := dev.Stats()
		for kind, table := range [Kinds]slot.Stats{stats.VM, stats.Event, stats.Buffer} {
			for _, w := range table.Log {
				waits := &out.Waits[kind][w.Priority]
				*waits = waits.add(w.Ended-w.Took, w.Ended)
			}
		}
		dev.Remove(t)
	})
	res := m.Run()
	if err := errors.Join(append(errs, res.Halt)...); err != nil {
		return out, fmt.Errorf("scenario %s, %v: %w", s.Name, policy, err)
	}
	return out, nil
}

// client is one process with one queue.
type client struct {
	class    int
	commands []agx.Command
	fared    *Class
	file     *agx.File
	queue    agx.ID
	flying   []flight
	done     int // jobs that ended while the load lasted
	longest  struct{ since, until time.Duration }
}

// flight is a job that was submitted.
type flight struct {
	out   agx.ID
	since time.Duration
	fence *fence.Fence
}

// main is the life of the process.
func (c *client) main(t *sim.Task, dev *agx.Device) error {
	user := mm.NewAddressSpace(t, t.Name(), 1)
	c.file = dev.Open(t, user)
	err := c.open(t)
	if err == nil {
		err = c.work(t)
	}
	for len(c.flying) > 0 && err == nil {
		err = c.land(t)
	}
	c.file.Close(t, false)
	user.Close(t)
	c.fared.Longest = c.fared.Longest.add(c.longest.since, c.longest.until)
	if c.done == 0 {
		c.fared.Starved++
	}
	return err
}

func (c *client) open(t *sim.Task) error {
	vm, err := c.file.CreateVM(t)
	if err != nil {
		return err
	}
	c.queue, err = c.file.CreateQueue(t, vm, c.class)
	return err
}

// work submits until the load ends: a greedy client whenever it can, an interactive
// one at every frame for which it is not too late.
func (c *client) work(t *sim.Task) error {
	if c.class == Interactive {
		t.Sleep(start)
	}
	for t.Now() < Duration {
		if err := c.submit(t); err != nil {
			return err
		}
		if c.class == Greedy {
			if len(c.flying) < depth {
				continue
			}
			if err := c.land(t); err != nil {
				return err
			}
			continue
		}
		if err := c.land(t); err != nil {
			return err
		}
		t.Sleep(frame - t.Now()%frame)
	}
	return nil
}

func (c *client) submit(t *sim.Task) error {
	out, err := c.file.CreateSync(t)
	if err != nil {
		return err
	}
	since := t.Now()
	err = c.file.Submit(t, &agx.Submission{
		Queue: c.queue, Commands: c.commands, Out: []agx.ID{out}, Args: mm.Range{First: 0, End: 1},
	})
	if err != nil {
		return err
	}
	c.fared.Blocked = c.fared.Blocked.add(since, t.Now())
	if t.Now()-since > c.longest.until-c.longest.since {
		c.longest.since, c.longest.until = since, t.Now()
	}
	f, err := c.file.Fence(t, out)
	c.flying = append(c.flying, flight{out, since, f})
	return err
}

// land waits for the oldest job.
func (c *client) land(t *sim.Task) error {
	f := c.flying[0]
	c.flying = c.flying[1:]
	if err := c.file.Wait(t, f.out); err != nil {
		return err
	}
	end := f.fence.SignalledAt()
	c.fared.Latency = c.fared.Latency.add(f.since, end)
	if end <= Duration {
		c.done++
		c.fared.Jobs++
		for _, x := range c.commands {
			c.fared.Work += x.Vertex + x.Fragment + x.Compute
		}
	}
	return nil
}

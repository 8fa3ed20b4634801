package workload

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx"
	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/mm"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// userPages is the size of a client's user memory.
const userPages = 8

// client is one user process.
type client struct {
	run     *run
	index   int
	name    string
	rng     *rand.Rand
	file    *agx.File
	user    *mm.AddressSpace
	vm      agx.ID
	objects []agx.ID
	queues  []agx.ID
	names   []int // of queues, in the run's statistics
	inSync  agx.ID
	flying  []flight // jobs not yet awaited, oldest first
}

// flight is a job that was submitted.
type flight struct {
	queue int
	since time.Duration
	sync  agx.ID
	fence *fence.Fence
}

func newClient(r *run, i int) *client {
	return &client{
		run:   r,
		index: i,
		name:  fmt.Sprintf("client %d", i),
		rng:   rand.New(rand.NewPCG(r.cfg.Seed, 100+uint64(i))),
	}
}

func (c *client) chance(percent int) bool { return c.rng.IntN(100) < percent }

// main is the life of the process.
func (c *client) main(t *sim.Task) {
	c.user = mm.NewAddressSpace(t, c.name, userPages)
	c.file = c.run.dev.Open(t, c.user)
	doomed := c.chance(c.run.cfg.Kill)
	if doomed {
		t.Spawn("killer of "+c.name, func(killer *sim.Task) {
			killer.Sleep(time.Duration(c.rng.Int64N(int64(c.run.cfg.Duration))))
			t.Kill()
		})
	}
	if err := c.setUp(t); err != nil {
		c.run.fail(err)
	} else {
		c.work(t)
	}
	killed := t.Killed()
	if !killed {
		for len(c.flying) > 0 {
			c.land(t)
		}
	}
	c.file.Close(t, killed)
	c.user.Close(t)
	c.run.left--
	c.run.quit.Wake(t)
}

func (c *client) setUp(t *sim.Task) (err error) {
	if c.vm, err = retry(t, func() (agx.ID, error) { return c.file.CreateVM(t) }); err != nil {
		return err
	}
	for i := range c.run.cfg.Queues {
		id, err := retry(t, func() (agx.ID, error) { return c.file.CreateQueue(t, c.vm, i%2) })
		if err != nil {
			return err
		}
		c.queues = append(c.queues, id)
		c.names = append(c.names, len(c.run.queues))
		c.run.queues = append(c.run.queues, QueueStats{Name: fmt.Sprintf("%s queue %d", c.name, i)})
	}
	for range c.run.cfg.Objects {
		if err := c.newObject(t); err != nil {
			return err
		}
	}
	c.inSync, err = retry(t, func() (agx.ID, error) { return c.file.CreateSync(t) })
	return err
}

func (c *client) newObject(t *sim.Task) error {
	pages := 1 + c.rng.IntN(c.run.cfg.ObjectPages)
	create := func() (agx.ID, error) { return c.file.CreateObject(t, c.vm, pages) }
	if c.chance(c.run.cfg.User) {
		user := c.someUserMemory()
		create = func() (agx.ID, error) { return c.file.CreateUserObject(t, c.vm, user) }
	}
	id, err := retry(t, create)
	if err == nil {
		c.objects = append(c.objects, id)
	}
	return err
}

// retry calls f again while there is no memory.
func retry[T any](t *sim.Task, f func() (T, error)) (T, error) {
	for range 20 {
		v, err := f()
		if !errors.Is(err, kmem.ErrNoMemory) {
			return v, err
		}
		t.Sleep(time.Millisecond)
	}
	return f()
}

// work submits jobs until it is time to end.
func (c *client) work(t *sim.Task) {
	cfg := &c.run.cfg
	for n := 0; t.Now() < cfg.Duration && (cfg.MaxJobs == 0 || n < cfg.MaxJobs) && !t.Killed(); n++ {
		if err := c.submit(t); err != nil {
			c.run.fail(err)
			t.Sleep(cfg.Work)
		}
		for len(c.flying) >= cfg.Depth && !t.Killed() {
			c.land(t)
		}
		switch {
		case c.chance(10):
			c.replaceObject(t)
		case c.chance(20):
			c.user.Unmap(t, c.someUserMemory())
		case c.chance(30):
			t.Sleep(time.Duration(c.rng.Int64N(int64(cfg.Work) + 1)))
		}
	}
}

func (c *client) someUserMemory() mm.Range {
	first := c.rng.IntN(userPages)
	return mm.Range{First: first, End: min(first+1+c.rng.IntN(3), userPages)}
}

// replaceObject destroys an object, which waits for the jobs that use it, and makes
// another.
func (c *client) replaceObject(t *sim.Task) {
	if len(c.objects) == 0 {
		return
	}
	i := c.rng.IntN(len(c.objects))
	// How the jobs ended is counted where they are awaited.
	_ = c.file.DestroyObject(t, c.objects[i])
	c.objects[i] = c.objects[len(c.objects)-1]
	c.objects = c.objects[:len(c.objects)-1]
	if err := c.newObject(t); err != nil {
		c.run.fail(err)
	}
}

// submit submits one job.
func (c *client) submit(t *sim.Task) error {
	out, err := c.file.CreateSync(t)
	if err != nil {
		return err
	}
	i := c.rng.IntN(len(c.queues))
	s := &agx.Submission{Queue: c.queues[i], Out: []agx.ID{out}, Args: c.someUserMemory()}
	for range 1 + c.rng.IntN(2) {
		s.Commands = append(s.Commands, c.command())
	}
	if f := c.run.sharedFence(c); f != nil {
		if err := c.file.Import(t, c.inSync, f); err != nil {
			return err
		}
		s.In = []agx.ID{c.inSync}
	}
	since := t.Now()
	if err := c.file.Submit(t, s); err != nil {
		return err
	}
	f, err := c.file.Fence(t, out)
	if err != nil {
		return err
	}
	c.flying = append(c.flying, flight{queue: c.names[i], since: since, sync: out, fence: f})
	c.run.shared = append(c.run.shared, f)
	return nil
}

// sharedFence returns the fence of a recent job for c to wait for, or nil.
func (r *run) sharedFence(c *client) *fence.Fence {
	if len(r.shared) == 0 || !c.chance(r.cfg.Share) {
		return nil
	}
	return r.shared[max(0, len(r.shared)-1-c.rng.IntN(4))]
}

func (c *client) command() agx.Command {
	mean := int64(c.run.cfg.Work)
	work := func() time.Duration { return time.Duration(1 + mean/2 + c.rng.Int64N(mean)) }
	cmd := agx.Command{}
	if c.chance(c.run.cfg.Render) {
		cmd.Vertex, cmd.Fragment, cmd.Blocks = work(), work(), 1+c.rng.IntN(6)
	} else {
		cmd.Compute = work()
	}
	for range min(1+c.rng.IntN(2), len(c.objects)) {
		cmd.Objects = append(cmd.Objects, c.objects[c.rng.IntN(len(c.objects))])
	}
	return cmd
}

// land waits for the oldest job and notes how it went.
func (c *client) land(t *sim.Task) {
	f := c.flying[0]
	c.flying = c.flying[1:]
	err := c.file.Wait(t, f.sync)
	if err != nil {
		c.run.fail(err)
	}
	c.run.jobs = append(c.run.jobs, jobStats{latency: f.fence.SignalledAt() - f.since})
	q := &c.run.queues[f.queue]
	q.Jobs++
	q.MaxLatency = max(q.MaxLatency, f.fence.SignalledAt()-f.since)
	if err != nil {
		q.Failed++
	}
}

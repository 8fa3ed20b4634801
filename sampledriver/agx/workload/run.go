package workload

import (
	"fmt"
	"math/rand/v2"

	"github.com/fencelint/fencelint/sampledriver/agx"
	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/agx/hw"
	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/reclaim"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/wait"
)

// run is a workload under way.
type run struct {
	cfg    Config
	dev    *agx.Device
	gpu    *hw.GPU
	shared []*fence.Fence // handed from client to client, newest last
	queues []QueueStats
	jobs   []jobStats
	errors map[string]int

	left int // clients that have not ended
	quit wait.Queue
}

// Run runs a workload to its end.
func Run(cfg Config) Result {
	m := sim.New(sim.Config{Seed: cfg.Seed, StepLimit: cfg.StepLimit, Trace: cfg.Trace, Advance: cfg.Advance})
	zone := kmem.Setup(m, cfg.Memory)
	r := &run{cfg: cfg, left: cfg.Clients, errors: make(map[string]int)}
	r.quit.SetName("for the last client")
	shared := fw.NewShared()
	r.gpu = hw.New(m, shared, cfg.Faults, rand.New(rand.NewPCG(cfg.Seed, 1)))
	m.Spawn("main", func(t *sim.Task) {
		r.dev = agx.Probe(t, shared, r.gpu, cfg.Device)
		r.clients(t)
		r.dev.Remove(t)
	})
	res := m.Run()
	return r.result(res, zone.Stats(), reclaim.Of(m).Stats())
}

// clients starts all clients and whoever else uses memory, and waits for them.
func (r *run) clients(t *sim.Task) {
	var tasks []*sim.Task
	for i := range r.cfg.Clients {
		c := newClient(r, i)
		tasks = append(tasks, t.Spawn(c.name, c.main))
	}
	if r.cfg.Hog > 0 {
		tasks = append(tasks, t.Spawn("hog", r.hog))
	}
	for _, task := range tasks {
		t.Join(task)
	}
}

// hog takes memory and gives it back until the last client has ended.
func (r *run) hog(t *sim.Task) {
	rng := rand.New(rand.NewPCG(r.cfg.Seed, 2))
	var taken []*kmem.Pages
	total := 0
	drop := func() {
		for _, p := range taken {
			total -= p.Len()
			kmem.Free(t, p)
		}
		taken = nil
	}
	for r.left > 0 {
		n := 1 + rng.IntN(4)
		if p, err := kmem.Alloc(t, gfp.Kernel, n); err == nil {
			taken = append(taken, p)
			total += n
		}
		r.quit.EventTimeout(t, r.cfg.Work, func() bool { return r.left == 0 })
		if total >= r.cfg.Hog {
			drop()
		}
	}
	drop()
}

// fail counts an error that a client was given.
func (r *run) fail(err error) { r.errors[fmt.Sprint(err)]++ }

package agx

import (
	"errors"
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/agx/slot"
	"github.com/fencelint/fencelint/sampledriver/kernel/irq"
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/mm"
	"github.com/fencelint/fencelint/sampledriver/kernel/reclaim"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/work"
	"github.com/fencelint/fencelint/sampledriver/sched"
)

// The errors of jobs and ioctls.
var (
	ErrNoDevice = errors.New("device is gone")
	ErrFaulted  = errors.New("job faulted")
	ErrTimeout  = errors.New("job timed out")
	ErrKilled   = errors.New("job killed by a fault of another")
	ErrInvalid  = errors.New("invalid argument")
	ErrBusy     = errors.New("too much in flight")
)

// Config is how a device is set up. Zero limits mean those of the hardware.
type Config struct {
	Design sched.Design
	// Gate is how the scheduler learns whether the rings have room for a job.
	Gate sched.Gate
	// Timeout is how long a job may take before the driver looks after it.
	Timeout time.Duration
	// VMSlots, EventSlots and BufferSlots can be made scarce.
	VMSlots, EventSlots, BufferSlots int
	// Policy decides who gets a slot when they are.
	Policy slot.Policy
	// BuildTime is how long it takes the CPU to build a job that has got its slots.
	BuildTime time.Duration
	// JobSlots is the number of commands in a work queue at a time.
	JobSlots int
	// GarbagePages and GarbageObjects are how much freed memory the firmware may still
	// know of before it is told to forget.
	GarbagePages, GarbageObjects int
	// MaxResets is how often in a row a reset may help nothing before the device is
	// given up.
	MaxResets int
}

func (c Config) withDefaults() Config {
	fill := func(field *int, limit int) {
		if *field <= 0 || *field > limit {
			*field = limit
		}
	}
	fill(&c.VMSlots, fw.NumContexts-1)
	fill(&c.EventSlots, fw.NumSlots)
	// A submission needs one for each kind of work, all at the same time.
	c.EventSlots = max(c.EventSlots, fw.Kinds)
	fill(&c.BufferSlots, fw.NumBuffers)
	fill(&c.JobSlots, fw.NumJobs)
	fill(&c.GarbagePages, 1024)
	fill(&c.GarbageObjects, 2048)
	fill(&c.MaxResets, 8)
	if c.Timeout == 0 {
		c.Timeout = 10 * time.Second
	}
	return c
}

// Port is how the driver reaches the hardware.
type Port interface {
	fw.Port
	// Attach gives the hardware its interrupt line.
	Attach(line *irq.Line)
}

// Device is one GPU.
type Device struct {
	cfg     Config
	shared  *fw.Shared
	port    Port
	pipes   [fw.Priorities][fw.Kinds]pipe
	control control
	events  eventManager
	vms     *slot.Table // address space contexts
	buffers *slot.Table // buffer managers

	// alloc serialises what is allocated for the firmware. It is held over reclaim and
	// over round trips to the firmware, so nothing on the way to a fence may take it.
	alloc   lock.Mutex
	garbage garbage
	objects lru

	// rx makes the event ring's readers take turns.
	rx lock.Mutex
	//fencelint:workqueue ordered rescuer
	mailbox *work.Queue
	receive work.Item
	//fencelint:workqueue ordered rescuer
	recovery   *work.Queue
	reannounce work.Item
	// system frees what is too heavy to free on the way to a fence.
	//fencelint:workqueue
	system *work.Queue

	reset    lock.Mutex // one reset at a time
	booted   bool
	dead     bool
	ended    uint64 // commands that have completed
	resetAt  uint64 // ended at the last reset
	useless  int    // resets in a row after which nothing ended
	stats    Stats
	openings int
}

// Stats is what the driver has done.
type Stats struct {
	Submitted, Refused       int // submissions
	Done, Failed             int // jobs
	Faults, Resets, Rescues  int
	Evicted, Restored        int // objects
	EvictWaits               int // evictions that waited for fences
	Invalidated              int // mirrors whose user memory went away
	Stale                    int // submissions that had to be built anew for that
	Collections, RoundTrips  int
	RoundTripsLost           int
	VM, Event, Buffer        slot.Stats
	MaxPending               int // commands in one work queue
	GrowRefused, GrownBlocks int
}

// Probe sets the driver up on hardware.
func Probe(t *sim.Task, shared *fw.Shared, port Port, cfg Config) *Device {
	m := t.Machine()
	cfg = cfg.withDefaults()
	d := &Device{
		cfg:     cfg,
		shared:  shared,
		port:    port,
		vms:     slot.NewTable("VM", 1, cfg.VMSlots, cfg.Policy),
		buffers: slot.NewTable("buffer", 0, cfg.BufferSlots, cfg.Policy),
	}
	d.alloc.SetName("alloc")
	d.rx.SetName("rx")
	d.reset.SetName("reset")
	d.mailbox = work.NewQueue(m, "mailbox", work.Config{Ordered: true, Rescuer: true})
	d.recovery = work.NewQueue(m, "recovery", work.Config{Ordered: true, Rescuer: true})
	d.system = work.NewQueue(m, "system", work.Config{})
	d.receive.Init(d.mailbox, d.recv)
	d.reannounce.Init(d.recovery, d.announceAll)
	d.events.init(d)
	d.control.init(d)
	for p := range d.pipes {
		for k := range d.pipes[p] {
			d.pipes[p][k].init(d, p, fw.Kind(k))
		}
	}
	port.Attach(irq.New(m, "mailbox", d.interrupt))
	reclaim.Register(t, &d.objects)
	return d
}

// Remove takes the driver off the hardware. All files are closed already.
func (d *Device) Remove(t *sim.Task) {
	reclaim.Unregister(t, &d.objects)
	d.system.Flush(t)
	d.alloc.Lock(t)
	d.collect(t)
	d.alloc.Unlock(t)
	d.port.Halt()
	d.mailbox.Flush(t)
	d.recovery.Flush(t)
}

// Open makes a client whose user memory is as.
func (d *Device) Open(t *sim.Task, as *mm.AddressSpace) *File {
	d.openings++
	return newFile(t, d, as)
}

// Stats is what the driver has done so far.
func (d *Device) Stats() Stats {
	s := d.stats
	s.VM, s.Event, s.Buffer = d.vms.Stats(), d.events.slots.Stats(), d.buffers.Stats()
	return s
}

// boot starts the firmware if it does not run yet.
func (d *Device) boot(t *sim.Task) error {
	if d.dead {
		return ErrNoDevice
	}
	d.reset.Lock(t)
	defer d.reset.Unlock(t)
	if !d.booted {
		d.booted = true
		d.port.Boot()
	}
	return nil
}

// interrupt is the hard handler of the mailbox interrupt. The work item is part of
// the device, so that no message is lost for want of memory.
func (d *Device) interrupt(t *sim.Task) irq.Result {
	d.mailbox.Queue(t, &d.receive)
	return irq.Handled
}

package kernel_test

import (
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/irq"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/mm"
	"github.com/fencelint/fencelint/sampledriver/kernel/reclaim"
	"github.com/fencelint/fencelint/sampledriver/kernel/resv"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/wait"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
	"github.com/fencelint/fencelint/sampledriver/kernel/work"
)

// device is the smallest driver in which every deadlock of the discussion can be
// planted: jobs run for a while, an interrupt queues work, and the work signals.
type device struct {
	name     string
	line     *irq.Line
	events   *work.Queue
	complete work.Item
	busy     []*job
	finished []*job
	timeline *fence.Context
	buffer   resv.Object
	mu       lock.Mutex
	slots    *slots
	memory   *mm.AddressSpace
	plant    plant
}

// plant is what a test breaks.
type plant struct {
	complete func(t *sim.Task, d *device) // before the fences signal
	submit   func(t *sim.Task, d *device) // before a job exists
	shrink   func(t *sim.Task, d *device)
	notify   func(t *sim.Task, d *device)
	events   work.Config
}

type job struct {
	fence.Fence
	slot int
}

func start(t *sim.Task, name string, p plant) *device {
	m := t.Machine()
	d := &device{name: name, timeline: fence.NewContext("job of " + name), plant: p, slots: newSlots(name, 3)}
	d.mu.SetName("of " + name)
	d.events = work.NewQueue(m, "events of "+name, p.events)
	d.complete.Init(d.events, d.completed)
	d.line = irq.New(m, name, func(t *sim.Task) irq.Result {
		d.finished = append(d.finished, d.busy...)
		d.busy = nil
		d.events.Queue(t, &d.complete)
		return irq.Handled
	})
	d.memory = mm.NewAddressSpace(t, name, 8)
	d.memory.Register(t, d)
	reclaim.Register(t, d)
	return d
}

func (d *device) stop(t *sim.Task) {
	d.events.CancelSync(t, &d.complete)
	reclaim.Unregister(t, d)
	d.memory.Unregister(t, d)
	d.memory.Close(t)
}

// submit runs one job and waits for it.
func (d *device) submit(t *sim.Task) {
	j := &job{slot: d.slots.get(t)}
	if d.plant.submit != nil {
		d.plant.submit(t, d)
	}
	d.memory.CopyFromUser(t, mm.Range{First: j.slot, End: j.slot + 2})
	j.Init(t, d.timeline)
	j.SignalledBy(&d.complete)
	d.slots.held[j.slot] = j
	d.buffer.Lock(t)
	err := d.buffer.Reserve(t, 1)
	if err == nil {
		d.buffer.Add(t, &j.Fence)
		d.busy = append(d.busy, j)
		sim.NewTimer(t.Machine(), func(*sim.Task) { d.line.Raise() }).Start(time.Millisecond)
	}
	d.buffer.Unlock(t)
	if err != nil {
		j.Discard(t)
		d.slots.put(t, j.slot)
		return
	}
	j.Wait(t)
}

func (d *device) completed(t *sim.Task) {
	if d.plant.complete != nil {
		d.plant.complete(t, d)
	}
	finished := d.finished
	d.finished = nil
	for _, j := range finished {
		j.Signal(t)
		d.slots.put(t, j.slot)
	}
}

func (d *device) Count(*sim.Task, reclaim.Control) int { return 1 }

func (d *device) Scan(t *sim.Task, _ reclaim.Control) int {
	if d.plant.shrink != nil {
		d.plant.shrink(t, d)
	}
	return 0
}

func (d *device) Invalidate(t *sim.Task, _ mm.Range) {
	if d.plant.notify != nil {
		d.plant.notify(t, d)
	}
}

// slots is a pool as a driver builds one: a wait queue, and who has which slot.
type slots struct {
	name string
	held []waitfor.Node // nil where free
	free wait.Queue
}

func newSlots(name string, n int) *slots {
	s := &slots{name: name, held: make([]waitfor.Node, n)}
	s.free.WokenBy(s)
	return s
}

func (s *slots) find() int {
	for i, h := range s.held {
		if h == nil {
			return i
		}
	}
	return -1
}

func (s *slots) get(t *sim.Task) int {
	s.free.Event(t, func() bool { return s.find() >= 0 })
	i := s.find()
	s.held[i] = t
	return i
}

func (s *slots) put(t *sim.Task, i int) {
	s.held[i] = nil
	s.free.Wake(t)
}

func (s *slots) String() string { return "slots of " + s.name }

func (s *slots) Needs() waitfor.Needs {
	if s.find() >= 0 {
		return waitfor.Free()
	}
	return waitfor.Any(s.held...)
}

// grow allocates as completion must not.
func grow(flags gfp.Flags) func(t *sim.Task, d *device) {
	return func(t *sim.Task, d *device) { kmem.Make[*job](t, flags, 1) }
}

// idle waits until nobody uses the buffer.
func idle(t *sim.Task, d *device) { d.buffer.Wait(t) }

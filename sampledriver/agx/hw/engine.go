package hw

import (
	"slices"
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/agx/uat"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// engine does the commands of one kind, one at a time, in order of priority and in
// turn among the queues of a priority.
type engine struct {
	gpu    *GPU
	kind   fw.Kind
	queues [fw.Priorities][]*fw.Queue // told of, and not seen empty since

	current *fw.Command // being done
	queue   *fw.Queue   // of current
	fate    fw.Fault
	since   time.Duration
	growing bool // current waits for the driver's answer
	timer   *sim.Timer
}

func newEngine(m *sim.Machine, g *GPU, kind fw.Kind) *engine {
	e := &engine{gpu: g, kind: kind}
	e.timer = sim.NewTimer(m, e.expired)
	return e
}

func (e *engine) enqueue(q *fw.Queue) {
	list := &e.queues[q.Priority]
	if !slices.Contains(*list, q) {
		*list = append(*list, q)
		e.gpu.stats.MaxRunQueue = max(e.gpu.stats.MaxRunQueue, len(*list))
	}
}

// start begins the next command that can run, if the engine is idle.
func (e *engine) start(t *sim.Task) {
	if e.current != nil || e.gpu.state != running {
		return
	}
	q := e.next()
	if q == nil {
		return
	}
	e.queue = q
	e.current, _ = q.Ring.Head()
	e.since = t.Now()
	if e.gpu.dice.roll(e.gpu.dice.faults.Crash) {
		e.gpu.crash()
		return
	}
	if b := e.current.Buffer; e.kind == fw.Vertex && b != nil && e.current.Needs > b.Blocks {
		e.growing = true
		e.gpu.send(t, fw.Event{Kind: fw.GrowBuffer, Slot: q.Slot, Buffer: b})
		e.timer.Start(GrowWait)
		return
	}
	e.work(t)
}

// next returns the queue whose first command can run, moved to the end of its list.
func (e *engine) next() *fw.Queue {
	for p := range e.queues {
		e.queues[p] = slices.DeleteFunc(e.queues[p], func(q *fw.Queue) bool { return q.Ring.Len() == 0 })
		for i, q := range e.queues[p] {
			c, _ := q.Ring.Head()
			if e.gpu.passed(c.After) {
				e.queues[p] = append(slices.Delete(e.queues[p], i, i+1), q)
				return q
			}
		}
	}
	return nil
}

func (g *GPU) passed(barriers []fw.Barrier) bool {
	for _, b := range barriers {
		if !g.shared.Stamps[b.Slot].Reached(b.Stamp) {
			return false
		}
	}
	return true
}

// work lets the engine work on the current command for as long as it takes.
func (e *engine) work(t *sim.Task) {
	c := e.current
	e.growing = false
	e.fate = e.gpu.dice.command(c)
	if e.fate == fw.NoFault && !e.mapped(c.Touches) {
		e.gpu.stats.Stray++
		e.fate = fw.PageFault
	}
	d := c.Work
	if b := c.Buffer; b != nil && e.kind == fw.Vertex {
		b.Used = max(b.Used, c.Needs)
		if c.Needs > b.Blocks {
			e.gpu.stats.Partial++
			d += d / 2
		}
	}
	switch e.fate {
	case fw.PageFault:
		d = max(d/2, 1)
	case fw.Hang:
		d = Watchdog
	}
	if t.Tracing() {
		t.Count("gpu "+e.kind.String(), 1)
	}
	e.timer.Start(d)
}

func (e *engine) mapped(touches []uat.Address) bool {
	table := e.gpu.shared.Contexts[e.current.Context]
	for _, va := range touches {
		if table == nil || table.Lookup(va) == 0 {
			return false
		}
	}
	return true
}

// answered goes on with a command whose buffer the driver has answered for.
func (e *engine) answered(b *fw.Buffer) {
	if e.growing && e.current.Buffer == b {
		e.timer.Start(1)
	}
}

// expired is the end of a command, or of the wait for more blocks.
func (e *engine) expired(t *sim.Task) {
	if e.current == nil || e.gpu.state != running || e.gpu.halt {
		return
	}
	if e.growing {
		e.work(t)
		return
	}
	switch e.fate {
	case fw.PageFault:
		e.gpu.fault(t, fw.Event{Kind: fw.Faulted, Slot: e.queue.Slot})
	case fw.Hang:
		e.gpu.fault(t, fw.Event{Kind: fw.TimedOut, Slot: e.queue.Slot})
	default:
		e.gpu.stats.Busy[e.kind] += t.Now() - e.since
		e.finish()
		if t.Tracing() {
			t.Count("gpu "+e.kind.String(), 0)
		}
		e.gpu.startAll(t)
		e.gpu.flush(t)
	}
}

// finish moves the stamp past the current command.
func (e *engine) finish() {
	e.complete(e.queue)
	e.current, e.queue, e.growing = nil, nil, false
}

// complete takes the first command off q and moves q's stamp.
func (e *engine) complete(q *fw.Queue) {
	c, ok := q.Ring.Take()
	if !ok {
		return
	}
	e.gpu.shared.Stamps[q.Slot] = c.Stamp
	e.gpu.stamped.Add(q.Slot)
	e.gpu.stats.Commands++
}

// pause stops the engine within its command.
func (e *engine) pause() { e.timer.Stop() }

// abort gives up all commands of all queues that the engine knows.
func (e *engine) abort() {
	e.pause()
	for p := range e.queues {
		for _, q := range e.queues[p] {
			for q.Ring.Len() > 0 {
				e.complete(q)
			}
		}
		e.queues[p] = nil
	}
	e.current, e.queue, e.growing = nil, nil, false
}

// drop stops work for q and forgets it.
func (e *engine) drop(q *fw.Queue) {
	if e.queue == q {
		e.pause()
		e.current, e.queue, e.growing = nil, nil, false
	}
	list := &e.queues[q.Priority]
	*list = slices.DeleteFunc(*list, func(o *fw.Queue) bool { return o == q })
}

// reset forgets everything.
func (e *engine) reset() {
	e.pause()
	e.queues = [fw.Priorities][]*fw.Queue{}
	e.current, e.queue, e.growing = nil, nil, false
}

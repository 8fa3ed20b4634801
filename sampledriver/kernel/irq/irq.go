// Package irq is interrupts: a hard handler that may not sleep, and, if it asks for
// it, a threaded one that may.
package irq

import (
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// Result is what a hard handler returns.
type Result uint8

// The results.
const (
	// None: the interrupt was not of this device.
	None Result = iota
	// Handled: nothing is left to do.
	Handled
	// WakeThread: the threaded handler is to run.
	WakeThread
)

// Line is an interrupt line with its handlers.
type Line struct {
	name   string
	hard   part
	thread part
}

// part is one of the two places where a line's handlers run.
type part struct {
	task   *sim.Task
	raised int
}

// New returns a line on which hard is called for every interrupt.
//
//fencelint:calls hard in atomic async
//fencelint:trusted -- the simulator's interrupt: runs the handler in a task of its own
func New(m *sim.Machine, name string, hard func(t *sim.Task) Result) *Line {
	return newLine(m, name, hard, nil)
}

// NewThreaded returns a line on which hard is called for every interrupt, and thread
// in a task of its own when hard returns [WakeThread]. Interrupts that come while
// thread runs are handled by one more run.
//
//fencelint:calls hard in atomic async
//fencelint:calls thread async
//fencelint:trusted -- the simulator's interrupt: runs the handlers in tasks of their own
func NewThreaded(m *sim.Machine, name string, hard func(t *sim.Task) Result, thread func(t *sim.Task)) *Line {
	return newLine(m, name, hard, thread)
}

//fencelint:calls hard in atomic async
//fencelint:calls thread async
//fencelint:trusted -- the simulator's interrupt: runs the handlers in tasks of their own
func newLine(m *sim.Machine, name string, hard func(t *sim.Task) Result, thread func(t *sim.Task)) *Line {
	l := &Line{name: name}
	if thread != nil {
		l.thread.task = m.SpawnDaemon("irq thread "+name, func(t *sim.Task) {
			for {
				l.thread.await(t)
				l.thread.raised = 0
				t.Begin("irq thread " + name)
				thread(t)
				t.End("irq thread " + name)
			}
		})
	}
	l.hard.task = m.SpawnDaemon("irq "+name, func(t *sim.Task) {
		for {
			l.hard.await(t)
			l.hard.raised--
			t.EnterAtomic()
			t.Begin("irq " + name)
			r := hard(t)
			t.End("irq " + name)
			t.LeaveAtomic()
			if r == WakeThread && thread != nil {
				l.thread.raise()
			}
		}
	})
	return l
}

// Raise has the handler called. The device does it, from wherever the device runs.
//
//fencelint:trusted -- the simulator's interrupt
func (l *Line) Raise() { l.hard.raise() }

//fencelint:trusted -- the simulator's interrupt
func (p *part) raise() {
	p.raised++
	p.task.Unpark()
}

//fencelint:trusted -- the simulator's interrupt
func (p *part) await(t *sim.Task) {
	for p.raised == 0 {
		t.Park(sim.Wait{Text: "waits for an interrupt", Idle: true})
	}
}

func (l *Line) String() string { return "irq " + l.name }

// Needs makes the line a node of the wait-for graph: what it brings about is done by
// its last handler.
func (l *Line) Needs() waitfor.Needs {
	if l.thread.task != nil {
		return waitfor.All(l.thread.task, l.hard.task)
	}
	return waitfor.All(l.hard.task)
}

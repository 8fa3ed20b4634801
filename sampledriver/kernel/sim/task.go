package sim

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// Scope is a set of allocation scopes (include/linux/sched/mm.h); package gfp sets
// and reads them.
type Scope uint8

// The allocation scopes.
const (
	ScopeNoFS Scope = 1 << iota
	ScopeNoIO
	ScopeNoReclaim
)

type state uint8

const (
	ready state = iota
	waiting
	ended
)

// Task is a thread of the simulated kernel, or the place where interrupts run.
type Task struct {
	m      *Machine
	id     int
	name   string
	daemon bool
	state  state
	resume chan struct{}

	wait    Wait
	woken   bool
	where   []Frame // filled while the machine dumps
	atomic  int
	scope   Scope
	held    []waitfor.Node
	joiners []*Task
	killed  bool
}

// Spawn starts f as a new task before or during the run. The run lasts until it has
// ended.
//
//fencelint:calls f async
//fencelint:trusted -- the simulator itself: it starts the goroutine behind a task
func (m *Machine) Spawn(name string, f func(t *Task)) *Task { return m.spawn(name, false, f) }

// SpawnDaemon starts f as a new task for which the run does not wait.
//
//fencelint:calls f async
//fencelint:trusted -- the simulator itself: it starts the goroutine behind a task
func (m *Machine) SpawnDaemon(name string, f func(t *Task)) *Task { return m.spawn(name, true, f) }

// Spawn starts f as a new task. It inherits nothing.
//
//fencelint:calls f async
//fencelint:trusted -- the simulator itself: it starts the goroutine behind a task
func (t *Task) Spawn(name string, f func(t *Task)) *Task { return t.m.spawn(name, false, f) }

// SpawnDaemon starts f as a new task for which the run does not wait.
//
//fencelint:calls f async
//fencelint:trusted -- the simulator itself: it starts the goroutine behind a task
func (t *Task) SpawnDaemon(name string, f func(t *Task)) *Task { return t.m.spawn(name, true, f) }

//fencelint:calls f async
//fencelint:trusted -- the simulator itself: it starts the goroutine behind a task
func (m *Machine) spawn(name string, daemon bool, f func(t *Task)) *Task {
	t := &Task{m: m, id: len(m.tasks), name: name, daemon: daemon, resume: make(chan struct{}, 1)}
	if m.stopping {
		t.state = ended
		return t
	}
	m.tasks = append(m.tasks, t)
	m.ready = append(m.ready, t)
	if !daemon {
		m.live++
	}
	m.trace(t, TaskStart, name)
	go t.main(f)
	return t
}

//fencelint:trusted -- the simulator itself: the goroutine behind a task
func (t *Task) main(f func(t *Task)) {
	defer t.exit()
	<-t.resume
	if !t.m.stopping {
		f(t)
	}
}

//fencelint:trusted -- the simulator itself: the end of the goroutine behind a task
func (t *Task) exit() {
	m := t.m
	r := recover()
	t.state = ended
	if m.stopping {
		m.unwound <- struct{}{}
		return
	}
	if r != nil {
		m.finish(&Panic{Task: t.name, Value: r, Stack: string(debug.Stack())})
		return
	}
	if !t.daemon {
		m.live--
	}
	m.trace(t, TaskEnd, t.name)
	for _, l := range t.held {
		m.trips = append(m.trips, Trip{At: m.now, Task: t.name, Text: "ends while it holds " + l.String()})
	}
	for _, j := range t.joiners {
		j.Unpark()
	}
	if next := m.pick(nil); next != nil {
		next.resume <- struct{}{}
	}
}

// Machine is the machine on which t runs.
func (t *Task) Machine() *Machine { return t.m }

// Name is the name that t was spawned with.
func (t *Task) Name() string { return t.name }

// ID tells t from other tasks; IDs count from 0 in the order of spawning.
func (t *Task) ID() int { return t.id }

// Now is the virtual time.
func (t *Task) Now() time.Duration { return t.m.now }

// Rand is the machine's seeded generator.
func (t *Task) Rand() *rand.Rand { return t.m.rng }

// Ended reports whether t has returned.
func (t *Task) Ended() bool { return t.state == ended }

// Kill ends the killable waits of t, now and from now on, as a fatal signal does.
func (t *Task) Kill() {
	t.killed = true
	if t.wait.Killable {
		t.Unpark()
	}
}

// Killed reports whether t was killed.
func (t *Task) Killed() bool { return t.killed }

// Scope returns the allocation scopes that t is in.
func (t *Task) Scope() Scope { return t.scope }

// SetScope replaces the allocation scopes that t is in.
func (t *Task) SetScope(s Scope) { t.scope = s }

// Sleep gives up the processor for a span of virtual time.
//
//fencelint:sleeps bounded
//fencelint:trusted -- the simulator itself
func (t *Task) Sleep(d time.Duration) {
	t.MightSleep("Sleep")
	t.Park(Wait{Text: "sleeps", Timeout: max(d, 1)})
}

// Delay spins for a span of virtual time, as udelay does. It is allowed everywhere.
//
//fencelint:trusted -- the simulator itself: a busy wait that virtual time ends
func (t *Task) Delay(d time.Duration) {
	t.Park(Wait{Text: "spins", Timeout: max(d, 1)})
}

// Yield lets others run.
//
//fencelint:sleeps bounded
//fencelint:trusted -- the simulator itself
func (t *Task) Yield() {
	t.MightSleep("Yield")
	if t.step() && len(t.m.ready) > 0 {
		t.m.ready = append(t.m.ready, t)
		t.switchAway()
	}
}

// Join waits until other has ended.
//
//fencelint:blocks
//fencelint:trusted -- the simulator itself
func (t *Task) Join(other *Task) {
	t.MightSleep("Join")
	for other.state != ended {
		other.joiners = append(other.joiners, t)
		t.Park(Wait{On: joined{other}, Text: "Join"})
	}
}

// joined is the end of a task, as something to wait for.
type joined struct{ t *Task }

func (j joined) String() string { return "the end of " + j.t.String() }

func (j joined) Needs() waitfor.Needs {
	if j.t.state == ended {
		return waitfor.Free()
	}
	return waitfor.All(j.t)
}

// EnterAtomic begins a stretch in which t may not sleep, as preempt_disable does.
//
//fencelint:enters atomic
//fencelint:trusted -- the simulator itself
func (t *Task) EnterAtomic() { t.atomic++ }

// LeaveAtomic ends what EnterAtomic began.
//
//fencelint:leaves atomic
//fencelint:trusted -- the simulator itself
func (t *Task) LeaveAtomic() { t.atomic-- }

// Atomic reports whether t may not sleep.
func (t *Task) Atomic() bool { return t.atomic > 0 }

// Hold notes that t has got n, a lock or a slot of a pool.
func (t *Task) Hold(n waitfor.Node) { t.held = append(t.held, n) }

// Drop notes that t has let go of n; it reports whether t had it.
func (t *Task) Drop(n waitfor.Node) bool {
	for i := len(t.held) - 1; i >= 0; i-- {
		if t.held[i] == n {
			t.held = append(t.held[:i], t.held[i+1:]...)
			return true
		}
	}
	return false
}

// Holds reports whether t has n.
func (t *Task) Holds(n waitfor.Node) bool {
	for _, h := range t.held {
		if h == n {
			return true
		}
	}
	return false
}

func (t *Task) String() string { return fmt.Sprintf("task %q", t.name) }

// Needs makes a task a node of the wait-for graph.
func (t *Task) Needs() waitfor.Needs {
	switch {
	case t.state == ended:
		return waitfor.Dead()
	case t.state == ready, t.woken, t.wait.Timeout > 0, t.wait.Idle, t.wait.On == nil:
		return waitfor.Free()
	}
	return waitfor.All(t.wait.On)
}

// goexit ends the calling task; its deferred calls run.
//
//fencelint:trusted -- the simulator itself
func goexit() { runtime.Goexit() }

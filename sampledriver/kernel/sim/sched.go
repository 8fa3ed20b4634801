package sim

import (
	"errors"
	"slices"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// Wait says what a task waits for. The parts of the kernel that block build on it.
type Wait struct {
	// On is what must happen; nil when only time must pass.
	On waitfor.Node
	// Text is the operation as a reader knows it, such as "Lock".
	Text string
	// Timeout ends the wait; 0 means that there is none.
	Timeout time.Duration
	// Idle says that the task waits for something to do: a daemon may wait so for ever.
	Idle bool
	// Killable says that [Task.Kill] ends the wait.
	Killable bool
}

// ErrKilled is the error of a wait that ended because its task was killed.
var ErrKilled = errors.New("killed")

// Park blocks t until [Task.Unpark], or until the timeout; it reports whether it was
// unparked. If that can never happen the machine halts with a [Deadlock].
//
//fencelint:trusted -- the simulator itself: it hands on the baton and waits to get it back
func (t *Task) Park(w Wait) bool {
	m := t.m
	if !t.step() {
		return false
	}
	t.wait, t.woken, t.state = w, false, waiting
	w.Idle = w.Idle && t.daemon
	t.wait.Idle = w.Idle
	if w.On != nil {
		m.trace(t, TaskBlock, w.Text, w.On)
	}
	var timer *entry
	if w.Timeout > 0 {
		timer = m.at(m.now+w.Timeout, func() { m.wake(t) })
	} else if !w.Idle {
		if stuck := waitfor.Stuck(t); stuck != nil {
			m.finish(m.deadlocked(t, stuck))
			t.await()
		}
	}
	t.switchAway()
	if timer != nil && t.woken {
		timer.cancel()
	}
	t.wait = Wait{}
	return t.woken
}

// Unpark makes t runnable if it is parked; any task may call it.
func (t *Task) Unpark() {
	if t.state == waiting && !t.woken {
		t.woken = true
		t.m.wake(t)
	}
}

func (m *Machine) wake(t *Task) {
	if t.state != waiting {
		return
	}
	t.state = ready
	m.ready = append(m.ready, t)
	m.trace(t, TaskWake, t.name)
}

// Preempt is a scheduling point: another task may run before t goes on.
//
//fencelint:trusted -- the simulator itself: it hands on the baton and waits to get it back
func (t *Task) Preempt() {
	m := t.m
	if !t.step() || len(m.ready) == 0 || !m.preempts() {
		return
	}
	m.ready = append(m.ready, t)
	t.switchAway()
}

// preempts decides whether another task runs now.
func (m *Machine) preempts() bool {
	if m.cfg.Choose == nil {
		return m.cfg.Preempt >= 0 && m.rng.IntN(100) < m.cfg.Preempt
	}
	way := m.cfg.Choose(Choice{Of: len(m.ready) + 1, Preempt: true})
	if way > 0 {
		m.chosen = m.ready[way-1]
	}
	return way > 0
}

// choose decides which of several ready tasks runs next.
func (m *Machine) choose() int {
	if t := m.chosen; t != nil {
		m.chosen = nil
		return slices.Index(m.ready, t)
	}
	if m.cfg.Choose != nil {
		return m.cfg.Choose(Choice{Of: len(m.ready)})
	}
	return m.rng.IntN(len(m.ready))
}

// step counts a scheduling point. It reports false, and the call then does nothing,
// when the run is over.
//
//fencelint:trusted -- the simulator itself
func (t *Task) step() bool {
	m := t.m
	if m.stopping {
		goexit()
	}
	if !m.running {
		return false
	}
	m.steps++
	if m.steps > m.cfg.StepLimit {
		m.finish(&Limit{What: "scheduling points", Waiters: m.waiters()})
		t.await()
	}
	return true
}

// switchAway hands the baton to the next task and returns when t has it again.
//
//fencelint:trusted -- the simulator itself: it hands on the baton and waits to get it back
func (t *Task) switchAway() {
	next := t.m.pick(t)
	if next == t {
		return
	}
	if next != nil {
		next.resume <- struct{}{}
	}
	t.await()
}

// await waits for the baton.
//
//fencelint:trusted -- the simulator itself: it waits for the baton
func (t *Task) await() {
	for {
		<-t.resume
		switch m := t.m; {
		case m.stopping:
			goexit()
		case m.dumping:
			t.where = callers(0)
			m.dumped <- struct{}{}
		default:
			return
		}
	}
}

// pick takes the next task to run off the ready list. When there is none it lets
// time pass. It returns nil when the run has ended; by is the task that asks, for the
// report of a deadlock.
//
//fencelint:trusted -- the simulator itself
func (m *Machine) pick(by *Task) *Task {
	for !m.over {
		if n := len(m.ready); n > 0 {
			i := 0
			if n > 1 {
				i = m.choose()
			}
			t := m.ready[i]
			m.ready = append(m.ready[:i], m.ready[i+1:]...)
			t.state = ready
			m.trace(t, TaskRun, t.name)
			return t
		}
		if !m.passTime(by) {
			break
		}
	}
	return nil
}

// passTime moves the clock to the next timer. It reports false when the run ends
// instead.
//
//fencelint:trusted -- the simulator itself
func (m *Machine) passTime(by *Task) bool {
	next := m.timers.next()
	if next == nil {
		if stuck := m.forlorn(); len(stuck) > 0 {
			m.finish(m.quiescent(by, stuck))
		} else {
			m.finish(nil)
		}
		return false
	}
	if m.live == 0 {
		m.finish(nil)
		return false
	}
	if m.cfg.TimeLimit > 0 && next.when > m.cfg.TimeLimit {
		m.finish(&Limit{What: "virtual time", Waiters: m.waiters()})
		return false
	}
	if d := next.when - m.now; d > 0 && m.cfg.Advance != nil {
		m.cfg.Advance(d)
	}
	m.now = next.when
	for next != nil && next.when == m.now {
		m.timers.pop()
		next.fire()
		next = m.timers.next()
	}
	return true
}

// forlorn returns the tasks that wait for something nobody will do, now that nobody
// can run and no timer is set.
func (m *Machine) forlorn() []*Task {
	var tasks []*Task
	for _, t := range m.tasks {
		if t.state == waiting && !t.wait.Idle {
			tasks = append(tasks, t)
		}
	}
	return tasks
}

// finish ends the run, for the reason why or because it is complete.
//
//fencelint:trusted -- the simulator itself
func (m *Machine) finish(why error) {
	if m.over {
		return
	}
	m.halt, m.over = why, true
	m.done <- struct{}{}
}

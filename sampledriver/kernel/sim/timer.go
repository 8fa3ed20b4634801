package sim

import (
	"container/heap"
	"time"
)

// entry is one thing that happens at a time.
type entry struct {
	when time.Duration
	seq  uint64
	fire func()
}

func (e *entry) cancel() { e.fire = nil }

// timerHeap orders entries by time, then by age.
type timerHeap struct{ entries entries }

type entries []*entry

func (h entries) Len() int { return len(h) }
func (h entries) Less(i, j int) bool {
	if h[i].when != h[j].when {
		return h[i].when < h[j].when
	}
	return h[i].seq < h[j].seq
}
func (h entries) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *entries) Push(x any)   { *h = append(*h, x.(*entry)) }
func (h *entries) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// next returns the earliest entry that was not cancelled, or nil.
func (h *timerHeap) next() *entry {
	for len(h.entries) > 0 {
		if h.entries[0].fire != nil {
			return h.entries[0]
		}
		heap.Pop(&h.entries)
	}
	return nil
}

func (h *timerHeap) pop() { heap.Pop(&h.entries) }

//fencelint:trusted -- the simulator itself
func (m *Machine) at(when time.Duration, fire func()) *entry {
	m.serial++
	e := &entry{when: when, seq: m.serial, fire: fire}
	heap.Push(&m.timers.entries, e)
	return e
}

// Timer calls a function once, some time after it was started. The function runs in
// the timer interrupt and may not sleep.
type Timer struct {
	m  *Machine
	fn func(t *Task)
	e  *entry
}

// NewTimer returns a timer for fn that is not started.
//
//fencelint:calls fn in atomic async
//fencelint:trusted -- the simulator itself: keeps fn for the timer interrupt
func NewTimer(m *Machine, fn func(t *Task)) *Timer { return &Timer{m: m, fn: fn} }

// Start sets the timer to go off after d; an earlier setting is forgotten.
//
//fencelint:trusted -- the simulator itself
func (tm *Timer) Start(d time.Duration) {
	tm.Stop()
	tm.e = tm.m.at(tm.m.now+d, func() {
		tm.e = nil
		tm.m.raiseSoftirq(tm.fn)
	})
}

// Stop forgets the setting. It reports whether there was one; a callback that has
// begun goes on.
func (tm *Timer) Stop() bool {
	if tm.e == nil {
		return false
	}
	tm.e.cancel()
	tm.e = nil
	return true
}

// Pending reports whether the timer is set.
func (tm *Timer) Pending() bool { return tm.e != nil }

// softirq is where timer callbacks run.
type softirq struct {
	task    *Task
	pending []func(t *Task)
}

//fencelint:trusted -- the simulator itself: runs timer callbacks in their own task
func (m *Machine) raiseSoftirq(fn func(t *Task)) {
	if m.softirq == nil {
		s := &softirq{}
		m.softirq = s
		s.task = m.SpawnDaemon("softirq", s.run)
	}
	m.softirq.pending = append(m.softirq.pending, fn)
	m.softirq.task.Unpark()
}

//fencelint:trusted -- the simulator itself: runs timer callbacks in their own task
func (s *softirq) run(t *Task) {
	for {
		for len(s.pending) > 0 {
			fn := s.pending[0]
			s.pending = s.pending[1:]
			t.EnterAtomic()
			fn(t)
			t.LeaveAtomic()
		}
		t.Park(Wait{Text: "waits for a timer", Idle: true})
	}
}

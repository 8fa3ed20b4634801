// Package lock has the locks of the simulated kernel. They block by parking the task,
// so that the machine sees who waits for whom.
package lock

import (
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// hold is who has a lock and who waits for it. Locks are granted in no order: whoever
// runs first after a release gets it.
type hold struct {
	name    string
	holders []waitfor.Node // the tasks that have it: one writer, or readers
	shared  bool
	waiters []*sim.Task
	writers int // among the waiters
}

// SetName names the lock in reports.
func (h *hold) SetName(name string) { h.name = name }

// free reports whether the lock can be taken. Readers queue behind a writer that
// waits, so that a reader which reads again can deadlock, as it can in the kernel.
func (h *hold) free(shared bool) bool {
	return len(h.holders) == 0 || shared && h.shared && h.writers == 0
}

//fencelint:trusted -- the inside of a lock; its methods carry the directives
func (h *hold) lock(t *sim.Task, self waitfor.Node, op string, shared bool) {
	t.Preempt()
	for !h.free(shared) {
		h.waiters = append(h.waiters, t)
		if !shared {
			h.writers++
		}
		t.Park(sim.Wait{On: self, Text: op})
		if !shared {
			h.writers--
		}
	}
	h.take(t, self, shared)
}

//fencelint:trusted -- the inside of a lock; its methods carry the directives
func (h *hold) try(t *sim.Task, self waitfor.Node, shared bool) bool {
	t.Preempt()
	if !h.free(shared) {
		return false
	}
	h.take(t, self, shared)
	return true
}

func (h *hold) take(t *sim.Task, self waitfor.Node, shared bool) {
	h.holders = append(h.holders, t)
	h.shared = shared
	t.Hold(self)
}

//fencelint:trusted -- the inside of a lock; its methods carry the directives
func (h *hold) unlock(t *sim.Task, self waitfor.Node) {
	t.Drop(self)
	for i, n := range h.holders {
		if n == waitfor.Node(t) {
			h.holders = append(h.holders[:i], h.holders[i+1:]...)
			h.wake()
			return
		}
	}
	t.Trip("unlocks " + self.String() + " that it does not hold")
}

func (h *hold) wake() {
	waiters := h.waiters
	h.waiters = nil
	for _, w := range waiters {
		w.Unpark()
	}
}

func (h *hold) needs() waitfor.Needs { return waitfor.All(h.holders...) }

func (h *hold) label(kind string) string {
	if h.name == "" {
		return kind
	}
	return kind + " " + h.name
}

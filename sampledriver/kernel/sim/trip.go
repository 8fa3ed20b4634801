package sim

import (
	"fmt"
	"time"
)

// Trip is a call that its context forbids: the simulated machine goes on, a real one
// might not have.
type Trip struct {
	At    time.Duration
	Task  string
	Text  string
	Where []Frame
}

// callsShown is how many calls a trip is printed with: enough to leave the lock or
// allocator that noticed.
const callsShown = 4

func (tr Trip) String() string {
	s := fmt.Sprintf("%v: task %q: %s", tr.At, tr.Task, tr.Text)
	for i, f := range tr.Where[:min(callsShown, len(tr.Where))] {
		s += [...]string{" at ", ", called at "}[min(i, 1)] + f.String()
	}
	return s
}

// Trip records that t did what it may not do.
//
//fencelint:trusted -- the simulator itself
func (t *Task) Trip(text string) {
	if t.m.stopping {
		return
	}
	t.m.trips = append(t.m.trips, Trip{At: t.m.now, Task: t.name, Text: text, Where: callers(0)})
	t.m.trace(t, TaskTrip, text)
}

// MightSleep records a trip if t is atomic. What may sleep calls it first, so that
// the mistake shows even when it did not need to sleep this time.
func (t *Task) MightSleep(op string) {
	if t.atomic > 0 {
		t.Trip(op + " may sleep, in atomic context")
	}
}

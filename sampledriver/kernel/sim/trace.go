package sim

import (
	"fmt"
	"time"
)

// EventKind is the kind of an [Event].
type EventKind uint8

// The kinds of event. Those from Begin on come from [Task.Begin] and its like.
const (
	TaskStart EventKind = iota
	TaskEnd
	TaskRun
	TaskBlock
	TaskWake
	TaskTrip
	Begin
	End
	Mark
	Counter
)

var eventNames = [...]string{"start", "end", "run", "block", "wake", "trip", "begin", "end", "mark", "counter"}

func (k EventKind) String() string { return eventNames[k] }

// Event is one thing that happened on a machine.
type Event struct {
	At    time.Duration
	Task  int
	Name  string // of the task
	Kind  EventKind
	Text  string
	Value int64 // of a Counter
}

//fencelint:trusted -- the simulator itself: tells whoever runs the machine
func (m *Machine) trace(t *Task, kind EventKind, text string, on ...fmt.Stringer) {
	if m.cfg.Trace == nil || m.stopping {
		return
	}
	for _, s := range on {
		text += " " + s.String()
	}
	m.cfg.Trace(Event{At: m.now, Task: t.id, Name: t.name, Kind: kind, Text: text})
}

// Tracing reports whether anybody wants to know; it saves building texts.
func (t *Task) Tracing() bool { return t.m.cfg.Trace != nil }

// Begin opens a span called text on t's line of the trace; End closes it.
//
//fencelint:trusted -- the simulator itself
func (t *Task) Begin(text string) { t.m.trace(t, Begin, text) }

// End closes the span that Begin opened last.
//
//fencelint:trusted -- the simulator itself
func (t *Task) End(text string) { t.m.trace(t, End, text) }

// Mark puts a point called text on t's line of the trace.
//
//fencelint:trusted -- the simulator itself
func (t *Task) Mark(text string) { t.m.trace(t, Mark, text) }

// Count records a value that changes over time.
//
//fencelint:trusted -- the simulator itself
func (t *Task) Count(name string, value int64) {
	if t.m.cfg.Trace != nil && !t.m.stopping {
		t.m.cfg.Trace(Event{At: t.m.now, Task: t.id, Name: t.name, Kind: Counter, Text: name, Value: value})
	}
}

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// traceEvent is one event of the Trace Event Format, which Perfetto and
// chrome://tracing read.
type traceEvent struct {
	Name  string         `json:"name"`
	Phase string         `json:"ph"`
	Time  float64        `json:"ts"` // microseconds
	PID   int            `json:"pid"`
	TID   int            `json:"tid"`
	Scope string         `json:"s,omitempty"`
	Args  map[string]any `json:"args,omitempty"`
}

// tracer turns what happens on a machine into a trace: a line for each task, with a
// span for each wait and for what the task says it does.
type tracer struct {
	events  []traceEvent
	waiting map[int]bool // tasks whose wait is an open span
}

func newTracer() *tracer { return &tracer{waiting: make(map[int]bool)} }

func (tr *tracer) add(e sim.Event, phase, name string, args map[string]any) {
	ev := traceEvent{Name: name, Phase: phase, Time: float64(e.At) / float64(time.Microsecond), PID: 1, TID: e.Task, Args: args}
	if phase == "i" {
		ev.Scope = "t"
	}
	tr.events = append(tr.events, ev)
}

// event takes in what has happened.
func (tr *tracer) event(e sim.Event) {
	switch e.Kind {
	case sim.TaskStart:
		tr.add(e, "M", "thread_name", map[string]any{"name": e.Name})
	case sim.TaskBlock:
		tr.waiting[e.Task] = true
		tr.add(e, "B", e.Text, nil)
	case sim.TaskRun:
		if tr.waiting[e.Task] {
			delete(tr.waiting, e.Task)
			tr.add(e, "E", "", nil)
		}
	case sim.Begin:
		tr.add(e, "B", e.Text, nil)
	case sim.End:
		tr.add(e, "E", e.Text, nil)
	case sim.Mark, sim.TaskTrip:
		tr.add(e, "i", e.Text, nil)
	case sim.Counter:
		tr.add(e, "C", e.Text, map[string]any{"value": e.Value})
	}
}

// writeFile writes the trace to a file.
func (tr *tracer) writeFile(name string) error {
	data, err := json.Marshal(struct {
		TraceEvents     []traceEvent `json:"traceEvents"`
		DisplayTimeUnit string       `json:"displayTimeUnit"`
	}{tr.events, "ns"})
	if err != nil {
		return fmt.Errorf("trace: %w", err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		return fmt.Errorf("trace: %w", err)
	}
	return nil
}

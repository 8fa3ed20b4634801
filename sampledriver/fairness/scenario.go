package fairness

import (
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx"
)

// The classes of clients. They are the priorities of their queues.
const (
	Interactive = iota
	Greedy
	Classes
)

// ClassName is what a reader calls a class.
func ClassName(class int) string { return [Classes]string{"interactive", "greedy"}[class] }

const (
	// Duration is how long the clients go on submitting, in virtual time.
	Duration = time.Second
	// frame is how often the interactive client wants to submit.
	frame = 16 * time.Millisecond
	// start is when it begins: the greedy ones have taken what they can.
	start = 50 * time.Millisecond
	// buildTime is what a round trip costs: the GPU may have nothing to do meanwhile.
	buildTime = 50 * time.Microsecond
	// depth is how many jobs a greedy client has in flight, so that its queue never runs
	// dry.
	depth = 4
)

// Scenario is a competition for slots. Every client has a VM and a queue of its own.
type Scenario struct {
	Name   string
	Text   string // one line for the reader
	Greedy int    // clients that submit all the time
	// Slots are the limits, 0 for those of the hardware.
	Slots struct{ VM, Event, Buffer int }
	// Jobs are what the clients of each class submit.
	Jobs [Classes][]agx.Command
}

// Scenarios returns the scenarios of docs/fairness.md.
func Scenarios() []Scenario {
	compute := func(d time.Duration) agx.Command { return agx.Command{Compute: d} }
	render := func(d time.Duration) agx.Command {
		return agx.Command{Vertex: d / 3, Fragment: d - d/3, Blocks: 2}
	}
	long, short := 500*time.Microsecond, 200*time.Microsecond
	contexts := Scenario{
		Name: "contexts", Text: "64 greedy queues, each with its own VM, for 63 contexts; compute only", Greedy: 64,
		Jobs: [Classes][]agx.Command{{compute(short)}, {compute(long)}},
	}
	all := Scenario{
		Name: "everything", Text: "the same with a render and a compute command in each job: 3 event slots and a buffer a queue", Greedy: 64,
		Jobs: [Classes][]agx.Command{{render(short), compute(short)}, {render(long), compute(long)}},
	}
	isolation := contexts
	isolation.Name, isolation.Text, isolation.Greedy = "isolation", "one context, as with robust_isolation, and 2 greedy queues", 2
	isolation.Slots.VM = 1
	return []Scenario{contexts, all, isolation}
}

package canrun

import (
	"errors"
	"fmt"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// Case is how much is explored.
type Case struct {
	Jobs int
	// Preemptions is how often a run takes the processor from a task that could go on.
	// Within that bound every interleaving is run.
	Preemptions int
}

// Outcome is what all runs of a design came to.
type Outcome struct {
	Design Design
	Runs   int
	Stalls int         // runs in which a job never finished although the slot was free
	Trace  []sim.Event // of the first stall
	Stall  error       // what it was
	// Wasted is the largest number of times, in one run, that the loop looked at a job it
	// could not run and looked again.
	Wasted int
}

// Explore runs a design in every way that c allows.
func Explore(d Design, c Case) (Outcome, error) {
	out := Outcome{Design: d}
	w := walk{preemptions: c.Preemptions}
	for more := true; more; more = w.next() {
		s := scene{design: d, jobs: c.Jobs}
		res, events := s.run(w.choose)
		out.Runs++
		out.Wasted = max(out.Wasted, s.declined)
		var stall *sim.Deadlock
		switch {
		case errors.As(res.Halt, &stall):
			if out.Stalls == 0 {
				out.Stall, out.Trace = stall, events
			}
			out.Stalls++
		case res.Halt != nil:
			return out, fmt.Errorf("%s: run %d: %w", d.Name, out.Runs, res.Halt)
		case len(res.Trips) > 0:
			return out, fmt.Errorf("%s: run %d: %v", d.Name, out.Runs, res.Trips[0])
		}
	}
	return out, nil
}

// run is one run of the scene.
func (s *scene) run(choose func(sim.Choice) int) (sim.Result, []sim.Event) {
	var events []sim.Event
	m := sim.New(sim.Config{
		Choose:    choose,
		TimeLimit: time.Minute,
		Trace:     func(e sim.Event) { events = append(events, e) },
	})
	m.Spawn("client", s.main)
	return m.Run(), events
}

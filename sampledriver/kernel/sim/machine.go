// Package sim runs a simulated kernel deterministically. Tasks are goroutines of
// which one at a time runs, the one that holds the baton; a seeded generator picks
// the next at every scheduling point, and virtual time passes only when nobody can
// run. One seed gives one run, so that a deadlock found once can be found again.
//
// Every kernel call takes the running [Task] first, as the kernel has its current:
// held locks, atomic depth and allocation scopes live in it.
package sim

import (
	"math/rand/v2"
	"time"
)

// Config says how a machine runs. The zero value is a usable machine of seed 0.
type Config struct {
	// Seed chooses the interleaving, and every other chance the machine takes.
	Seed uint64
	// Preempt is the chance in a hundred that a scheduling point hands over the
	// processor when the task could go on. 0 means 50; below 0 never.
	Preempt int
	// Choose, if not nil, decides instead of the generator who runs: it returns a
	// number below c.Of. What explores all interleavings sets it.
	Choose func(c Choice) int
	// StepLimit ends a run after so many scheduling points, as a livelock. 0 means ten
	// million.
	StepLimit uint64
	// TimeLimit ends a run at this virtual time. 0 means never.
	TimeLimit time.Duration
	// Trace, if not nil, is told of everything that happens.
	Trace func(Event)
	// Advance, if not nil, is called when virtual time passes. Inside a testing/synctest
	// bubble, time.Sleep keeps the bubble's clock in step.
	Advance func(time.Duration)
}

// Choice is a point at which a run can go on in several ways.
type Choice struct {
	// Of is the number of ways.
	Of int
	// Preempt says that way 0 lets the running task go on, and that the others take the
	// processor away from it. Otherwise the running task has given it up.
	Preempt bool
}

// Machine is one simulated computer.
type Machine struct {
	cfg     Config
	rng     *rand.Rand
	now     time.Duration
	steps   uint64
	tasks   []*Task
	ready   []*Task
	chosen  *Task // of ready, by Choose at a preemption
	live    int   // tasks that are not daemons and have not ended
	timers  timerHeap
	serial  uint64 // of the last timer entry
	softirq *softirq

	parts   map[any]any
	atEnd   []func() []string
	trips   []Trip
	halt    error
	running bool
	over    bool

	done     chan struct{} // the run has ended; Run takes over
	stopping bool          // tasks that get the baton unwind
	unwound  chan struct{}
	dumping  bool // tasks that get the baton say where they are
	dumped   chan struct{}
}

// New returns a machine on which nothing runs yet.
func New(cfg Config) *Machine {
	if cfg.Preempt == 0 {
		cfg.Preempt = 50
	}
	if cfg.StepLimit == 0 {
		cfg.StepLimit = 10_000_000
	}
	return &Machine{
		cfg:     cfg,
		rng:     rand.New(rand.NewPCG(cfg.Seed, 0x9e3779b97f4a7c15)),
		parts:   make(map[any]any),
		done:    make(chan struct{}, 1),
		unwound: make(chan struct{}),
		dumped:  make(chan struct{}),
	}
}

// Now is the virtual time since the machine was made.
func (m *Machine) Now() time.Duration { return m.now }

// Rand is the machine's seeded generator.
func (m *Machine) Rand() *rand.Rand { return m.rng }

// AtEnd has leaks called when a run has ended; what it returns are things left over
// that should not be, one a line.
func (m *Machine) AtEnd(leaks func() []string) { m.atEnd = append(m.atEnd, leaks) }

// part is the key under which a machine keeps its one *T.
type part[T any] struct{}

// Part returns the machine's one *T, made by create when it is first asked for. It
// stands for what a kernel keeps in static variables.
//
//fencelint:trusted -- part of the simulator, runs outside of kernel contexts
func Part[T any](m *Machine, create func(*Machine) *T) *T {
	if p, ok := m.parts[part[T]{}].(*T); ok {
		return p
	}
	p := create(m)
	m.parts[part[T]{}] = p
	return p
}

// Result is what became of a run.
type Result struct {
	Now   time.Duration // virtual time at the end
	Steps uint64        // scheduling points
	Halt  error         // why the run ended early: *Deadlock, *Panic or *Limit
	Trips []Trip        // calls that the context forbade
	Leaks []string      // fences never signalled, memory never freed
}

// Run lets the tasks run until all that are not daemons have ended, or the machine
// halts. A machine runs once.
//
//fencelint:trusted -- the simulator itself: it waits for the simulated machine to end
func (m *Machine) Run() Result {
	m.running = true
	if next := m.pick(nil); next != nil {
		next.resume <- struct{}{}
	}
	<-m.done
	res := Result{Now: m.now, Steps: m.steps, Halt: m.halt, Trips: m.trips}
	if m.halt == nil {
		for _, leaks := range m.atEnd {
			res.Leaks = append(res.Leaks, leaks()...)
		}
	}
	m.unwind()
	return res
}

// unwind ends the goroutines of the tasks that are left, one at a time.
func (m *Machine) unwind() {
	m.stopping = true
	for _, t := range m.tasks {
		if t.state != ended {
			t.resume <- struct{}{}
			<-m.unwound
		}
	}
}

package hw

import (
	"math/rand/v2"
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/kernel/irq"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// The speed of the firmware, and its patience.
const (
	MessageDelay = 5 * time.Microsecond // from the doorbell to the message's effect
	HaltDelay    = 2 * time.Millisecond
	Watchdog     = 200 * time.Millisecond // for one command
	GrowWait     = 500 * time.Microsecond // for an answer to a request to grow
)

type state uint8

const (
	off state = iota
	running
	halted  // after a fault, until Resume
	crashed // until Boot
)

// Stats is what the GPU has done.
type Stats struct {
	Commands    int // ended, whether well or not
	Faults      int // planted ones that were reported
	Stray       int // faults that nobody planted: the driver took memory away too early
	Crashes     int
	Boots       int
	LostIRQs    int
	Partial     int // renders done in parts for lack of blocks
	Busy        [fw.Kinds]time.Duration
	Interrupts  int
	MaxRunQueue int
}

// GPU is the hardware behind the driver.
type GPU struct {
	shared *fw.Shared
	line   *irq.Line // the mailbox interrupt
	dice   dice
	state  state
	halt   bool // Halt has taken effect
	giveUp bool // Resume was called, and the commands are still there

	engines  [fw.Kinds]*engine
	messages *sim.Timer
	halting  *sim.Timer
	stamped  fw.Slots // moved, and not yet told
	backlog  []fw.Event
	stats    Stats
}

// New returns a GPU that is off.
func New(m *sim.Machine, shared *fw.Shared, faults Faults, rng *rand.Rand) *GPU {
	g := &GPU{shared: shared, dice: dice{faults, rng}}
	for k := range g.engines {
		g.engines[k] = newEngine(m, g, fw.Kind(k))
	}
	g.messages = sim.NewTimer(m, g.readMessages)
	g.halting = sim.NewTimer(m, func(*sim.Task) { g.halt = true })
	return g
}

// Attach gives the GPU its interrupt line.
func (g *GPU) Attach(line *irq.Line) { g.line = line }

// Stats is what the GPU has done so far.
func (g *GPU) Stats() Stats { return g.stats }

// Ring makes the firmware look at its message rings shortly.
func (g *GPU) Ring() {
	if g.state != off && g.state != crashed && !g.messages.Pending() {
		g.messages.Start(MessageDelay)
	}
}

// Boot starts the firmware from nothing.
func (g *GPU) Boot() {
	g.state, g.halt, g.giveUp = running, false, false
	g.stamped, g.backlog = fw.Slots{}, nil
	for _, e := range g.engines {
		e.reset()
	}
	g.stats.Boots++
	g.Ring()
}

// Halt stops firmware and engines where they are.
func (g *GPU) Halt() {
	for _, e := range g.engines {
		e.pause()
	}
	g.messages.Stop()
	g.state = off
	if !g.halting.Pending() && !g.halt {
		g.halting.Start(HaltDelay)
	}
}

// Halted reports whether the firmware has stopped after Halt.
func (g *GPU) Halted() bool { return g.halt }

// Resume lets a halted firmware give up all commands and go on.
func (g *GPU) Resume() {
	if g.state != halted {
		return
	}
	g.state, g.giveUp = running, true
	g.Ring()
}

// Abort stops the engines' work for q.
func (g *GPU) Abort(q *fw.Queue) {
	for _, e := range g.engines {
		e.drop(q)
	}
	g.Ring()
}

// fault reports what went wrong with the command behind slot, and halts.
func (g *GPU) fault(t *sim.Task, ev fw.Event) {
	g.stats.Faults++
	g.state = halted
	for _, e := range g.engines {
		e.pause()
	}
	g.send(t, ev)
}

// crash takes the firmware down: nothing more comes from it.
func (g *GPU) crash() {
	g.stats.Crashes++
	g.state = crashed
	g.messages.Stop()
	for _, e := range g.engines {
		e.pause()
	}
}

// send puts an event on the event ring and raises the interrupt. What finds no room
// waits for the next turn of the firmware.
func (g *GPU) send(t *sim.Task, ev fw.Event) {
	g.backlog = append(g.backlog, ev)
	g.flush(t)
}

// flush sends what waits to be told to the driver.
func (g *GPU) flush(t *sim.Task) {
	if !g.stamped.Empty() && g.shared.Events.Put(fw.Event{Kind: fw.Stamped, Slots: g.stamped}) {
		g.stamped = fw.Slots{}
	}
	for len(g.backlog) > 0 && g.shared.Events.Put(g.backlog[0]) {
		g.backlog = g.backlog[1:]
	}
	if g.shared.Events.Len() == 0 {
		return
	}
	if g.dice.roll(g.dice.faults.LostIRQ) {
		g.stats.LostIRQs++
		return
	}
	g.stats.Interrupts++
	g.line.Raise()
}

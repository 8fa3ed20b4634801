package hw

import (
	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// readMessages takes in what the driver has sent: one message of each ring at a time,
// as the firmware's loop does.
func (g *GPU) readMessages(t *sim.Task) {
	if g.state == off || g.state == crashed {
		return
	}
	for g.readPipes(t) {
	}
	for c, ok := g.shared.Control.Take(); ok; c, ok = g.shared.Control.Take() {
		g.control(t, c)
	}
	if g.giveUp {
		g.giveUp = false
		for _, e := range g.engines {
			e.abort()
		}
	}
	if g.state == running {
		g.startAll(t)
	}
	if !g.stamped.Empty() || len(g.backlog) > 0 {
		g.flush(t)
	}
}

// readPipes takes one message from each pipe and reports whether there was any.
func (g *GPU) readPipes(t *sim.Task) bool {
	any := false
	for p := range g.shared.Pipes {
		for k, pipe := range g.shared.Pipes[p] {
			run, ok := pipe.Take()
			if !ok {
				continue
			}
			any = true
			if run.Corrupt || g.dice.roll(g.dice.faults.Corrupt) {
				g.send(t, fw.Event{Kind: fw.ChannelError})
			} else {
				g.engines[k].enqueue(run.Queue)
			}
			if g.shared.Crowded[p][k] {
				g.shared.Crowded[p][k] = false
				g.send(t, fw.Event{Kind: fw.Drained})
			}
		}
	}
	return any
}

func (g *GPU) control(t *sim.Task, c fw.Control) {
	if c.Kind == fw.GrowRefused {
		g.engines[fw.Vertex].answered(c.Buffer)
		return
	}
	if !g.dice.roll(g.dice.faults.ControlLost) {
		g.send(t, fw.Event{Kind: fw.ControlDone, Serial: c.Serial})
	}
}

func (g *GPU) startAll(t *sim.Task) {
	for _, e := range g.engines {
		e.start(t)
	}
}

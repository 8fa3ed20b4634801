package agx

import (
	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// recv drains the event ring. It runs on the mailbox queue, one run at a time, and
// every fence of every client waits for it.
//
//fencelint:runs signalling
func (d *Device) recv(t *sim.Task) {
	d.rx.Lock(t)
	for ev, ok := d.shared.Events.Take(); ok; ev, ok = d.shared.Events.Take() {
		d.dispatch(t, ev)
	}
	d.rx.Unlock(t)
}

func (d *Device) dispatch(t *sim.Task, ev fw.Event) {
	switch ev.Kind {
	case fw.Stamped:
		d.events.stamped(t, ev.Slots)
	case fw.Faulted:
		d.faulted(t, ev.Slot, ErrFaulted)
	case fw.TimedOut:
		d.faulted(t, ev.Slot, ErrTimeout)
	case fw.GrowBuffer:
		d.refuseGrowth(t, ev.Buffer)
	case fw.ChannelError:
		// Which message was lost is not known, and finding out would take a round trip.
		d.recovery.Queue(t, &d.reannounce)
	case fw.ControlDone:
		d.control.carriedOut(t, ev.Serial)
	case fw.Drained:
		d.allDrained(t)
	}
}

// refuseGrowth answers the firmware, which can render in parts, that there is no more
// memory: getting some here could wait for the very fence of this render. The next
// submission grows the buffer by what the statistics say.
func (d *Device) refuseGrowth(t *sim.Task, b *fw.Buffer) {
	d.stats.GrowRefused++
	// Without room on the ring there is no answer, which the firmware takes for a no.
	_, _ = d.control.send(t, fw.Control{Kind: fw.GrowRefused, Buffer: b})
}

// announceAll tells the firmware once more of every work queue that has commands.
func (d *Device) announceAll(t *sim.Task) {
	for i := range d.events.owners {
		if q := d.events.owner(t, i); q != nil {
			d.pipeOf(q).announce(t, q)
		}
	}
}

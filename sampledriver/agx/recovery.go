package agx

import (
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/sched"
)

const (
	// haltSpins times a millisecond is how long the firmware may take to halt.
	haltSpins = 100
	// maxSlow is how often in a row a job may be found slow while others get done.
	maxSlow = 8
)

// faulted ends everything in flight after a fault of what runs under slot. The
// firmware has halted; once it may go on it moves the stamps of all that it knew, and
// the commands complete with the errors that they were marked with.
func (d *Device) faulted(t *sim.Task, slot int, err error) {
	d.stats.Faults++
	d.events.mark(t, slot, err)
	d.port.Resume()
}

// TimedOut looks after a job that has not ended in time. It is the last way to the
// signal of a fence when messages were lost or the firmware is down.
func (q *queue) TimedOut(t *sim.Task, sj *sched.Job) sched.Status {
	d, j := q.dev, jobOf(sj)
	d.recv(t)
	if j.fence.IsSignalled() {
		d.stats.Rescues++
		return sched.NoHang
	}
	if !d.dead && q.slow < maxSlow && q.seen != d.ended {
		q.seen = d.ended
		q.slow++
		d.announceAll(t)
		return sched.NoHang
	}
	q.slow = 0
	d.restart(t)
	if d.dead {
		return sched.NoDevice
	}
	return sched.Reset
}

// restart stops the hardware, ends everything in flight with an error, and boots the
// firmware anew; the device is given up when that has helped nothing for too often.
func (d *Device) restart(t *sim.Task) {
	d.reset.Lock(t)
	defer d.reset.Unlock(t)
	d.stats.Resets++
	d.port.Halt()
	for i := 0; i < haltSpins && !d.port.Halted(); i++ {
		t.Delay(time.Millisecond)
	}
	if d.ended != d.resetAt {
		d.useless = 0
	} else if d.useless++; d.useless > d.cfg.MaxResets {
		d.dead = true
	}
	d.forget(t)
	d.events.failAll(t, ErrTimeout)
	d.resetAt = d.ended
	if !d.dead {
		d.port.Boot()
	}
}

// forget empties the rings in memory shared with a firmware that is down. New
// messages may come at once; they are for the next one.
func (d *Device) forget(t *sim.Task) {
	d.rx.Lock(t)
	d.shared.Events.Reset()
	d.rx.Unlock(t)
	d.control.clear(t)
	for i := range d.pipes {
		for k := range d.pipes[i] {
			d.pipes[i][k].clear(t)
		}
	}
}

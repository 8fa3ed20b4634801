package agx

import (
	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/agx/slot"
	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// workQueue is a ring of commands of one kind that the firmware works through. Its
// lock is taken on the way to fences: nobody allocates or waits under it.
type workQueue struct {
	dev   *Device
	owner *queue
	info  fw.Queue

	lock lock.Mutex
	// The commands that the firmware has, oldest first: a ring of as many as there are
	// job slots, so that completing one needs no memory.
	pending      []*command
	first, count int
	// last is the command completed last. The firmware may still look at it, so it is
	// freed when the next one has completed.
	last *command
	// event is the slot that stamps go to, for each command on its way or pending.
	event slot.Owner
	stamp fw.Stamp     // of the command committed last
	until *fence.Fence // finished fence of the job committed last

	crowded     bool // on the list of its pipe
	nextCrowded *workQueue
}

func (q *workQueue) init(d *Device, owner *queue, kind fw.Kind, priority int) {
	q.dev, q.owner = d, owner
	q.event.Init(q)
	q.info = fw.Queue{Kind: kind, Priority: priority, Ring: fw.NewRing[*fw.Command](fw.QueueRing)}
	q.pending = make([]*command, d.cfg.JobSlots)
	q.lock.SetName("of " + kind.String() + " queue of " + owner.name)
}

// restamp goes on counting from where the event slot that q has got stands.
func (q *workQueue) restamp(t *sim.Task) {
	q.lock.Lock(t)
	q.info.Slot = q.event.Index()
	q.stamp = q.dev.shared.Stamps[q.info.Slot]
	q.lock.Unlock(t)
}

// commit fixes c's place in the order of q. It cannot fail.
func (q *workQueue) commit(t *sim.Task, c *command) {
	q.lock.Lock(t)
	q.stamp = q.stamp.Next()
	c.fw.Stamp = q.stamp
	q.until = &c.job.sched.Finished.Fence
	q.lock.Unlock(t)
}

// full returns the fence of the oldest pending job if q has no room for n commands.
// The job slots decide: the ring has more entries than there are slots, and what the
// firmware takes out of it tells nobody.
func (q *workQueue) full(t *sim.Task, n int) *JobFence {
	q.lock.Lock(t)
	defer q.lock.Unlock(t)
	if q.count+n <= len(q.pending) {
		return nil
	}
	return &q.pending[q.first].job.fence
}

// submit gives c to the firmware, which has room: only the scheduler of the queue that
// q belongs to submits, and it has looked.
func (q *workQueue) submit(t *sim.Task, c *command) {
	q.lock.Lock(t)
	q.pending[(q.first+q.count)%len(q.pending)] = c
	q.count++
	q.dev.stats.MaxPending = max(q.dev.stats.MaxPending, q.count)
	q.info.Ring.Put(&c.fw)
	q.lock.Unlock(t)
}

// signal completes the commands up to stamp.
func (q *workQueue) signal(t *sim.Task, stamp fw.Stamp) {
	q.lock.Lock(t)
	for q.count > 0 && stamp.Reached(q.pending[q.first].fw.Stamp) {
		q.complete(t)
	}
	q.lock.Unlock(t)
	q.owner.madeRoom(t)
}

// complete ends the oldest pending command, in place. The caller holds the lock.
func (q *workQueue) complete(t *sim.Task) {
	c := q.pending[q.first]
	q.pending[q.first] = nil
	q.first = (q.first + 1) % len(q.pending)
	q.count--
	q.dev.ended++
	prior := q.last
	q.last = c
	c.job.fence.commandComplete(t, c.err)
	q.dev.events.put(t, q)
	if prior != nil {
		prior.release(t)
	}
}

// mark gives the pending commands the error that they will end with.
func (q *workQueue) mark(t *sim.Task, err error) {
	q.lock.Lock(t)
	for i := range q.count {
		if c := q.pending[(q.first+i)%len(q.pending)]; c.err == nil {
			c.err = err
		}
	}
	q.lock.Unlock(t)
}

// fail ends all pending commands with err, and moves the stamp past them as the
// firmware would have. The firmware is down.
func (q *workQueue) fail(t *sim.Task, err error) {
	q.lock.Lock(t)
	q.info.Ring.Reset()
	for q.count > 0 {
		c := q.pending[q.first]
		if c.err == nil {
			c.err = err
		}
		q.dev.shared.Stamps[q.info.Slot] = c.fw.Stamp
		q.complete(t)
	}
	q.lock.Unlock(t)
	q.owner.madeRoom(t)
}

// fini lets go of what q still has. Nothing is pending.
func (q *workQueue) fini(t *sim.Task) {
	q.lock.Lock(t)
	last := q.last
	q.last = nil
	q.lock.Unlock(t)
	if last != nil {
		last.release(t)
	}
}

// JobFence signals when the last command of a job has completed: the hardware fence of
// the job.
type JobFence struct {
	fence.Fence
	pending int
	err     error
}

// arm puts f on timeline c, to signal after n commands. The mailbox queue promises to
// signal it.
func (f *JobFence) arm(t *sim.Task, d *Device, c *fence.Context, n int) {
	f.Init(t, c)
	f.SignalledBy(d.mailbox)
	f.pending = n
}

// commandComplete counts one command; the last one signals the fence with the first
// error of any.
func (f *JobFence) commandComplete(t *sim.Task, err error) {
	if f.err == nil {
		f.err = err
	}
	f.pending--
	if f.pending == 0 {
		f.end(t, f.err)
	}
}

// end signals the fence, if nothing has yet.
func (f *JobFence) end(t *sim.Task, err error) {
	if f.IsSignalled() {
		return
	}
	if err != nil {
		f.SetError(t, err)
	}
	f.Signal(t)
}

package agx

import (
	"sync/atomic"

	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/sched"
)

// maxInFlight is how many commands of a queue may be with the scheduler.
const maxInFlight = 1024

// queue is a user's queue: one scheduler with one entity, and a work queue of each
// kind. It is also the backend of its scheduler.
type queue struct {
	dev      *Device
	name     string
	priority int
	vm       *vm
	buffer   *buffer
	timeline *fence.Context
	work     [fw.Kinds]workQueue
	sched    *sched.Scheduler
	entity   *sched.Entity

	// lock serialises submissions, so that the order of stamps is that of the jobs. It is
	// held over all that a submission waits for.
	lock     lock.Mutex
	builder  *sim.Task    // who is submitting, nil when nobody is
	building *job         // what is being submitted
	last     *fence.Fence // finished fence of the job submitted last
	inFlight atomic.Int32 // commands
	closed   bool

	seen uint64 // the device's ended when a job was last found too slow
	slow int    // how often in a row it was merely slow
}

func newQueue(t *sim.Task, d *Device, v *vm, name string, priority int) *queue {
	q := &queue{dev: d, name: name, priority: priority, vm: v, timeline: fence.NewContext(name + ".hw")}
	q.buffer = newBuffer(q)
	q.lock.SetName("of queue " + name)
	for k := range q.work {
		q.work[k].init(d, q, fw.Kind(k), priority)
	}
	q.sched = sched.New(t, sched.Config{
		Name:    name,
		Backend: q,
		Credits: maxInFlight,
		Timeout: d.cfg.Timeout,
		Design:  d.cfg.Design,
		Gate:    d.cfg.Gate,
	})
	q.entity = q.sched.NewEntity(t, name, sched.Normal)
	v.use(t, q)
	return q
}

// madeRoom tells the scheduler that a work queue has room. It matters where the
// scheduler decides by asking; a wake too many costs little, one too few a stall.
func (q *queue) madeRoom(t *sim.Task) { q.sched.Wake(t) }

// destroy ends the queue. Unless the client was killed, its jobs are awaited first.
func (q *queue) destroy(t *sim.Task, killed bool) {
	q.lock.Lock(t)
	q.closed = true
	last := q.last
	q.lock.Unlock(t)
	if !killed {
		q.entity.Flush(t)
		if last != nil {
			// The error is the business of whoever waits for the job's out syncs.
			_ = last.Wait(t)
		}
	}
	q.entity.Destroy(t)
	q.sched.Fini(t)
	for k := range q.work {
		q.work[k].fini(t)
	}
	q.dev.system.Flush(t)
	q.buffer.fini(t)
	q.vm.unuse(t, q)
}

package agx

import (
	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/sched"
)

// jobOf is the driver's side of j.
func jobOf(j *sched.Job) *job { return j.Data.(*job) }

// noRoom returns the fence of a job that has to end before all work queues have room
// for j, or nil.
func (q *queue) noRoom(t *sim.Task, j *job) *JobFence {
	for kind, n := range j.uses {
		if n == 0 {
			continue
		}
		if f := q.work[kind].full(t, n); f != nil {
			return f
		}
	}
	return nil
}

// Prepare has the scheduler wait, while a work queue is full, for its oldest job.
func (q *queue) Prepare(t *sim.Task, sj *sched.Job) *fence.Fence {
	if q.dev.cfg.Gate != sched.GateFence {
		return nil
	}
	if f := q.noRoom(t, jobOf(sj)); f != nil {
		return &f.Fence
	}
	return nil
}

// CanRun reports whether all work queues have room for the job. Its input is changed
// by completions, which call [queue.madeRoom].
func (q *queue) CanRun(t *sim.Task, sj *sched.Job) bool {
	return q.noRoom(t, jobOf(sj)) == nil
}

// Run puts the job's commands into their work queues and tells the firmware.
func (q *queue) Run(t *sim.Task, sj *sched.Job) (*fence.Fence, error) {
	j := jobOf(sj)
	if q.dev.dead {
		return nil, ErrNoDevice
	}
	j.ran = true
	for _, c := range j.commands {
		c.queue.submit(t, c)
	}
	for _, kind := range [...]fw.Kind{fw.Fragment, fw.Vertex, fw.Compute} {
		if j.uses[kind] > 0 {
			q.dev.pipeOf(&q.work[kind]).announce(t, &q.work[kind])
		}
	}
	return &j.fence.Fence, nil
}

// Cancel takes everything that the queue has off the hardware; its fences signal.
func (q *queue) Cancel(t *sim.Task, sj *sched.Job) {
	for k := range q.work {
		q.dev.port.Abort(&q.work[k].info)
	}
	for k := range q.work {
		q.work[k].fail(t, fence.ErrCancelled)
	}
}

// Free has the job dropped on the system queue, because giving up a context can have
// to wait and the scheduler cannot run other jobs meanwhile.
func (q *queue) Free(t *sim.Task, sj *sched.Job) {
	j := jobOf(sj)
	j.over(t)
	q.dev.system.Queue(t, &j.dropping)
}

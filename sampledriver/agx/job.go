package agx

import (
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/work"
	"github.com/fencelint/fencelint/sampledriver/sched"
)

// job is one submission, as the driver sees it.
type job struct {
	queue    *queue
	fence    JobFence
	sched    *sched.Job
	commands []*command
	uses     [fw.Kinds]int // commands counted as users of each work queue
	ran      bool          // Run has had it
	bound    bool          // has its VM's context
	scene    bool          // has a scene of the queue's buffer
	since    time.Duration // when it was submitted
	dropping work.Item
}

// command is one command on its way through a work queue.
type command struct {
	fw      fw.Command
	job     *job
	queue   *workQueue
	err     error
	memory  corpse // what the firmware reads of it
	freeing work.Item
}

// newJob allocates a job with room for n commands.
func (q *queue) newJob(t *sim.Task, n int) (*job, error) {
	j, err := kmem.New[job](t, gfp.Kernel)
	if err != nil {
		return nil, err
	}
	j.queue = q
	q.building = j
	j.since = t.Now()
	j.dropping.Init(q.dev.system, j.drop)
	j.commands, err = kmem.Grow(t, gfp.Kernel, j.commands, n)
	return j, err
}

// add builds a command for one of the work queues. It allocates, and may have to let
// the firmware forget freed memory first.
func (j *job) add(t *sim.Task, kind fw.Kind, c fw.Command) (*command, error) {
	d := j.queue.dev
	cmd, err := kmem.New[command](t, gfp.Kernel)
	if err != nil {
		return nil, err
	}
	if cmd.memory.pages, err = d.allocate(t, 1); err != nil {
		return nil, err
	}
	cmd.fw = c
	cmd.fw.Kind = kind
	cmd.job = j
	cmd.queue = &j.queue.work[kind]
	cmd.freeing.Init(d.system, cmd.free)
	j.commands = append(j.commands, cmd)
	return cmd, nil
}

// commit fixes the order of everything in the job. It cannot fail.
func (j *job) commit(t *sim.Task) {
	d := j.queue.dev
	j.fence.arm(t, d, j.queue.timeline, len(j.commands))
	context := j.queue.vm.context()
	var vertex *command
	for _, c := range j.commands {
		c.fw.Context = context
		c.queue.commit(t, c)
		switch c.fw.Kind {
		case fw.Vertex:
			vertex = c
		case fw.Fragment:
			c.fw.After[0] = fw.Barrier{Slot: vertex.queue.event.Index(), Stamp: vertex.fw.Stamp}
		}
	}
}

// release has c freed where that may take its time.
func (c *command) release(t *sim.Task) { c.job.queue.dev.system.Queue(t, &c.freeing) }

func (c *command) free(t *sim.Task) { c.job.queue.dev.garbage.add(t, &c.memory) }

// drop lets go of what the job has. It runs on the system queue once the job is over,
// and on the way out of a submission that failed.
func (j *job) drop(t *sim.Task) {
	q := j.queue
	if !j.ran {
		for kind := range j.uses {
			for range j.uses[kind] {
				q.dev.events.put(t, &q.work[kind])
			}
		}
		for _, c := range j.commands {
			c.free(t)
		}
	}
	if j.scene {
		q.buffer.dropScene(t)
	}
	if j.bound {
		q.vm.unbind(t)
	}
}

// over counts a job that has finished, and signals the hardware fence of one that
// never got to the hardware.
func (j *job) over(t *sim.Task) {
	j.queue.inFlight.Add(-int32(len(j.commands)))
	if !j.ran {
		j.fence.end(t, fence.ErrCancelled)
	}
	if j.fence.Err() == nil {
		j.queue.dev.stats.Done++
	} else {
		j.queue.dev.stats.Failed++
	}
}

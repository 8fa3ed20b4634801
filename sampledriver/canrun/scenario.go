package canrun

import (
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/sched"
)

// Design is one of the answers that were proposed.
type Design struct {
	Name string
	Gate sched.Gate
	// Silent: the other queue frees its slot without waking the scheduler.
	Silent bool
}

// Designs returns the four answers, in the order of the discussion.
func Designs() []Design {
	return []Design{
		{Name: "posted patch: check outside of the wait condition", Gate: sched.GateOutside},
		{Name: "check inside the wait condition", Gate: sched.GateCondition},
		{Name: "check inside, one writer does not wake", Gate: sched.GateCondition, Silent: true},
		{Name: "fence: prepare returns what will make room", Gate: sched.GateFence},
	}
}

// hardware has one slot, which jobs of the scheduler and another queue share.
type hardware struct {
	design Design
	sched  *sched.Scheduler
	ctx    *fence.Context
	owner  *fence.Fence // of the slot, signals when it is free again; nil when it is free
}

// job is a job on the hardware.
type job struct{ fence.Fence }

// take gives the slot to whoever signals f.
func (h *hardware) take(f *fence.Fence) { h.owner = f }

// release frees the slot. Room comes before the signal, and the signal before
// whatever it wakes looks.
func (h *hardware) release(t *sim.Task, f *fence.Fence) {
	h.owner = nil
	t.Preempt()
	f.Signal(t)
}

// slot is what the other queue owes: the end of its use of the hardware.
type slot struct{ fence.Fence }

// endOther is the interrupt at the end of the other queue's job.
func (h *hardware) endOther(t *sim.Task, other *slot) {
	h.release(t, &other.Fence)
	h.sched.Wake(t)
}

// endOtherSilently is endOther by a writer that does not know who reads what it
// changes.
func (h *hardware) endOtherSilently(t *sim.Task, other *slot) {
	h.owner = nil //fencelint:ignore wake-missing -- the variant that loses the wake-up, to be told from the others
	other.Signal(t)
}

// Prepare returns the fence of whoever has the slot.
func (h *hardware) Prepare(_ *sim.Task, _ *sched.Job) *fence.Fence {
	if h.design.Gate == sched.GateFence && h.owner != nil && !h.owner.IsSignalled() {
		return h.owner
	}
	return nil
}

// CanRun reports whether the slot is free. Others run between the look and the
// answer: that is the race in question.
func (h *hardware) CanRun(t *sim.Task, _ *sched.Job) bool {
	free := h.owner == nil
	t.Preempt()
	return free
}

// Run occupies the slot until the job's time is over.
func (h *hardware) Run(t *sim.Task, j *sched.Job) (*fence.Fence, error) {
	w := j.Data.(*job)
	w.Init(t, h.ctx)
	h.take(&w.Fence)
	sim.NewTimer(t.Machine(), func(t *sim.Task) { h.release(t, &w.Fence) }).Start(jobTime)
	return &w.Fence, nil
}

// TimedOut ends a job that has not ended in its time.
func (h *hardware) TimedOut(t *sim.Task, j *sched.Job) sched.Status {
	h.release(t, &j.Data.(*job).Fence)
	return sched.Reset
}

// Cancel ends a job early.
func (h *hardware) Cancel(t *sim.Task, j *sched.Job) { h.release(t, &j.Data.(*job).Fence) }

// Free has nothing to free.
func (h *hardware) Free(*sim.Task, *sched.Job) {}

// jobTime is how long a job takes, and how long the other queue keeps the slot.
const jobTime = 10 * time.Microsecond

// scene is one run: another queue has the slot, a client submits jobs.
type scene struct {
	design   Design
	jobs     int
	finished int
	declined int
}

func (s *scene) main(t *sim.Task) {
	h := &hardware{design: s.design, ctx: fence.NewContext("hardware")}
	other := &slot{}
	other.Init(t, fence.NewContext("other queue"))
	h.take(&other.Fence)
	h.sched = sched.New(t, sched.Config{
		Name: "loop", Backend: h, Credits: 1, Timeout: time.Second, Gate: s.design.Gate,
	})
	end := h.endOther
	if s.design.Silent {
		end = h.endOtherSilently
	}
	sim.NewTimer(t.Machine(), func(t *sim.Task) { end(t, other) }).Start(jobTime)
	e := h.sched.NewEntity(t, "client", sched.Normal)
	var last *sched.Job
	for range s.jobs {
		j, err := e.NewJob(t, 1, &job{})
		if err != nil {
			panic(err) // memory is unlimited here
		}
		j.Arm(t)
		j.Push(t)
		last = j
	}
	last.Finished.Wait(t)
	s.finished = s.jobs
	e.Destroy(t)
	s.declined = h.sched.Declined()
	h.sched.Fini(t)
}

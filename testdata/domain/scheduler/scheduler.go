// Package scheduler is a scheduler in both designs, a thread that waits for work and
// two work items, over a backend with contracts. It is written as it should be, with
// the mistakes beside it.
package scheduler

import (
	"errors"

	"github.com/fencelint/fencelint/testdata/kern"
)

var errHang = errors.New("hang")

// Finished is signalled when a job is done.
type Finished struct{ kern.Fence }

// Hardware is signalled by the hardware.
type Hardware struct{ kern.Fence }

// Job is queued to the scheduler.
type Job struct {
	finished Finished
	parent   *Hardware
	deps     []*kern.Fence
	next     *Job
}

// Backend is the driver's half.
type Backend interface {
	// Prepare returns what must signal first.
	//
	//fencelint:runs signalling
	Prepare(j *Job) *Hardware
	// Run starts a job.
	//
	//fencelint:runs signalling
	Run(j *Job) (*Hardware, error)
	// TimedOut ends a job that hangs.
	//
	//fencelint:runs signalling
	TimedOut(j *Job)
	// Free frees a job.
	Free(j *Job)
}

// Scheduler runs jobs in order.
type Scheduler struct {
	backend Backend
	lock    kern.Spin
	queue   kern.WaitQueue
	head    *Job
	credits int
	stopped bool
	//fencelint:workqueue ordered rescuer
	work kern.WorkQueue
	// free runs what may sleep and allocate.
	free kern.WorkQueue
}

// Init makes a job: it may allocate, and fail.
func (s *Scheduler) Init() (*Job, error) {
	if kern.Alloc(64, kern.Kernel) == nil {
		return nil, errHang
	}
	return &Job{}, nil
}

// Depend adds a dependency, before the job is armed.
func (j *Job) Depend(f *kern.Fence) error {
	deps, ok := kern.Grow(j.deps, 1, kern.Kernel)
	if !ok {
		return errHang
	}
	j.deps = append(deps, f)
	return nil
}

// Arm is the point of no return.
//
//fencelint:publishes j.finished
func (j *Job) Arm() { kern.Publish(&j.finished.Fence) }

// Push hands an armed job over.
//
//fencelint:takes j.finished
//fencelint:wakes s.queue
func (s *Scheduler) Push(j *Job) {
	s.lock.Lock()
	j.next, s.head = s.head, j
	s.lock.Unlock()
	s.queue.Wake()
}

// Submit is what a driver does.
func (s *Scheduler) Submit(dep *kern.Fence) error {
	j, err := s.Init()
	if err != nil {
		return err
	}
	if err := j.Depend(dep); err != nil {
		return err
	}
	j.Arm()
	s.Push(j)
	return nil
}

// SubmitLate adds the dependency when it is too late.
func (s *Scheduler) SubmitLate(dep *kern.Fence) error {
	j, err := s.Init()
	if err != nil {
		return err
	}
	j.Arm()
	if err := j.depend(dep); err != nil {
		return err // want fail-after-publish[breach]
	}
	s.Push(j)
	return nil
}

func (j *Job) depend(f *kern.Fence) error {
	deps, ok := kern.Grow(j.deps, 1, kern.Kernel) // want alloc-in-signalling[contract]
	if !ok {
		return errHang
	}
	j.deps = append(deps, f)
	return nil
}

func (s *Scheduler) pop() *Job {
	s.lock.Lock()
	defer s.lock.Unlock()
	j := s.head
	if j != nil {
		s.head = j.next
	}
	return j
}

// main is the thread.
func (s *Scheduler) main() {
	for {
		s.queue.Wait(func() bool { return s.stopped || s.head != nil && s.credits > 0 })
		if s.stopped {
			return
		}
		if j := s.pop(); j != nil {
			s.run(j)
		}
	}
}

// Start starts the thread.
func (s *Scheduler) Start() { go s.main() }

func (s *Scheduler) run(j *Job) {
	s.credits--
	parent, err := s.backend.Run(j)
	if err != nil {
		j.finished.Signal(err)
		return
	}
	j.parent = parent
	parent.OnSignal(func() { s.done(j) })
}

// done is called by the hardware's fence, where nothing may sleep.
func (s *Scheduler) done(j *Job) {
	s.lock.Lock()
	s.credits++
	s.lock.Unlock()
	j.finished.Signal(nil)
	s.queue.Wake()
	s.free.Push(func() { s.backend.Free(j) })
}

// step is the work item of the other design.
func (s *Scheduler) step() {
	if j := s.pop(); j != nil {
		s.run(j)
		s.work.Push(s.step)
	}
}

// Kick queues it.
func (s *Scheduler) Kick() { s.work.Push(s.step) }

// Stop gives up what is queued.
func (s *Scheduler) Stop() {
	s.stopped = true
	s.queue.Wake()
	for j := s.pop(); j != nil; j = s.pop() {
		j.finished.Signal(errHang)
	}
}

// driver is a backend.
type driver struct {
	ring   []*Job
	oldest *Hardware
}

func (d *driver) Prepare(j *Job) *Hardware { return d.oldest }

func (d *driver) Run(j *Job) (*Hardware, error) {
	if len(d.ring) == cap(d.ring) {
		return nil, errHang
	}
	d.ring = append(d.ring, j)
	return j.parent, nil
}

func (d *driver) TimedOut(j *Job) { j.finished.Signal(errHang) }

func (d *driver) Free(j *Job) {
	kern.Sleep(1)
	kern.Alloc(1, kern.Kernel)
}

// waiting waits in Prepare instead of returning the fence, for a slot in Run, and for
// the hardware when it times out.
type waiting struct {
	driver
	slots kern.Slots
}

func (w *waiting) Prepare(j *Job) *Hardware {
	w.oldest.Wait() // want wait-in-signalling[contract]
	return nil
}

func (w *waiting) Run(j *Job) (*Hardware, error) {
	w.slots.Get() // want block-in-signalling[breach]
	return w.driver.Run(j)
}

func (w *waiting) TimedOut(j *Job) {
	kern.Sleep(100) // want sleep-in-signalling[breach]
	j.finished.Signal(errHang)
}

func (w *waiting) Free(j *Job) { w.slots.Put() }

// New makes a scheduler over either.
func New(wait bool) *Scheduler {
	if wait {
		return &Scheduler{backend: &waiting{}}
	}
	return &Scheduler{backend: &driver{}}
}

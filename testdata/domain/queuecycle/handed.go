package queuecycle

import "github.com/fencelint/fencelint/testdata/kern"

// backend is a driver, which is handed the queue that it is called on.
type backend interface {
	// Run gives the hardware something to do.
	//
	//fencelint:runs signalling
	Run()
	// Free lets go of what belongs to a job.
	Free(on *kern.WorkQueue)
}

// scheduler calls its backend from work on one queue, or from a thread.
type scheduler struct {
	//fencelint:workqueue ordered rescuer
	submit kern.WorkQueue
	//fencelint:workqueue rescuer
	system  kern.WorkQueue
	backend backend
}

func start(b backend) *scheduler {
	s := &scheduler{backend: b}
	s.submit.Push(s.runWork)
	s.submit.Push(s.freeWork)
	kern.Spawn(s.loop)
	return s
}

// StartHasty and StartPatient start one.
func StartHasty() { start(&hasty{}) }

// StartPatient has a patient one.
func StartPatient() { start(&patient{}) }

func (s *scheduler) runWork()  { s.backend.Run() }
func (s *scheduler) freeWork() { s.tidy() }

func (s *scheduler) loop() {
	s.backend.Run()
	s.tidy()
}

func (s *scheduler) tidy() { s.backend.Free(&s.submit) }

// hasty waits until all that is queued has run, itself included. That it also keeps
// signalling code from its turn is no second finding.
type hasty struct{ n int }

func (h *hasty) Run() { h.n++ }

func (h *hasty) Free(on *kern.WorkQueue) {
	on.Flush() // want queue-cycle[cycle/error]
}

// patient queues what is left to do.
type patient struct{ n int }

func (p *patient) Run() { p.n++ }

func (p *patient) Free(on *kern.WorkQueue) { on.Push(p.rest) }

func (p *patient) rest() { p.n-- }

type rings struct {
	//fencelint:workqueue ordered rescuer
	first kern.WorkQueue
	//fencelint:workqueue ordered rescuer
	second kern.WorkQueue
}

// Both drains one queue from work on it, and another one directly.
func (r *rings) Both() {
	r.first.Push(func() { drain(&r.first) })
	drain(&r.second)
}

// Other drains another from work on one.
func (r *rings) Other() {
	r.second.Push(func() { drainOther(&r.first) })
	drainOther(&r.second)
}

func drain(q *kern.WorkQueue) {
	q.Flush() // want queue-cycle[cycle/error]
}

func drainOther(q *kern.WorkQueue) { q.Flush() }

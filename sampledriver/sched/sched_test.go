package sched_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/sched"
)

var errBroken = errors.New("job is broken")

// task is a job for the fake hardware.
type task struct {
	fence.Fence
	took   time.Duration // 0: never done
	broken bool
	done   *sim.Timer
	freed  int
}

// hardware runs every job that it is given on its own, and ends it with a timer.
type hardware struct {
	ctx      *fence.Context
	inFlight int
	peak     int
	room     int // for so many jobs, 0 for any number
	order    []*sched.Job
	prepare  func(j *sched.Job) *fence.Fence
	sched    *sched.Scheduler
}

func (h *hardware) Prepare(_ *sim.Task, j *sched.Job) *fence.Fence {
	if h.prepare == nil {
		return nil
	}
	return h.prepare(j)
}

func (h *hardware) CanRun(*sim.Task, *sched.Job) bool { return h.room == 0 || h.inFlight < h.room }

func (h *hardware) Run(t *sim.Task, j *sched.Job) (*fence.Fence, error) {
	w := j.Data.(*task)
	h.order = append(h.order, j)
	if w.broken {
		return nil, errBroken
	}
	w.Init(t, h.ctx)
	h.inFlight++
	h.peak = max(h.peak, h.inFlight)
	w.done = sim.NewTimer(t.Machine(), func(t *sim.Task) { h.end(t, w, nil) })
	if w.took > 0 {
		w.done.Start(w.took)
	}
	return &w.Fence, nil
}

func (h *hardware) end(t *sim.Task, w *task, err error) {
	if w.IsSignalled() {
		return
	}
	w.done.Stop()
	h.inFlight--
	if err != nil {
		w.SetError(t, err)
	}
	w.Signal(t)
}

var errHung = errors.New("job hung")

func (h *hardware) TimedOut(t *sim.Task, j *sched.Job) sched.Status {
	h.sched.Stop(t)
	h.end(t, j.Data.(*task), errHung)
	h.sched.Start(t)
	return sched.Reset
}

func (h *hardware) Cancel(t *sim.Task, j *sched.Job) { h.end(t, j.Data.(*task), fence.ErrCancelled) }

func (h *hardware) Free(_ *sim.Task, j *sched.Job) { j.Data.(*task).freed++ }

func submit(t *sim.Task, e *sched.Entity, w *task, credits int, deps ...*fence.Fence) *sched.Job {
	j, err := e.NewJob(t, credits, w)
	if err != nil {
		panic(err)
	}
	for _, f := range deps {
		if err := j.AddDependency(t, f); err != nil {
			panic(err)
		}
	}
	j.Arm(t)
	j.Push(t)
	return j
}

// run runs body on a machine of its own, in each design and with many seeds.
func run(t *testing.T, credits int, body func(t *testing.T, k *sim.Task, h *hardware, s *sched.Scheduler)) {
	t.Helper()
	for _, design := range []sched.Design{sched.Thread, sched.WorkItems} {
		for seed := range uint64(50) {
			t.Run(fmt.Sprintf("%v/%d", design, seed), func(t *testing.T) {
				m := sim.New(sim.Config{Seed: seed, TimeLimit: time.Hour})
				m.Spawn("client", func(k *sim.Task) {
					h := &hardware{ctx: fence.NewContext("hw")}
					h.sched = sched.New(k, sched.Config{
						Name: "gpu", Backend: h, Credits: credits, Timeout: time.Second, Design: design,
					})
					body(t, k, h, h.sched)
				})
				res := m.Run()
				if res.Halt != nil {
					t.Fatal(res.Halt)
				}
				for _, trip := range res.Trips {
					t.Error(trip)
				}
				for _, leak := range res.Leaks {
					t.Error(leak)
				}
			})
		}
	}
}

func TestJobsFinishInOrder(t *testing.T) {
	run(t, 2, func(t *testing.T, k *sim.Task, h *hardware, s *sched.Scheduler) {
		e := s.NewEntity(k, "queue", sched.Normal)
		var work []*task
		var submitted []*sched.Job
		for i := range 10 {
			w := &task{took: time.Duration(1+i%3) * time.Millisecond}
			work = append(work, w)
			submitted = append(submitted, submit(k, e, w, 1))
		}
		for i, j := range submitted {
			if err := j.Finished.Wait(k); err != nil {
				t.Errorf("job %d: %v", i, err)
			}
		}
		e.Destroy(k)
		s.Fini(k)
		for i, j := range h.order {
			if j != submitted[i] {
				t.Errorf("job %d ran out of order", i)
			}
		}
		if h.peak > 2 {
			t.Errorf("%d jobs on the hardware, limit is 2", h.peak)
		}
		for i, w := range work {
			if w.freed != 1 {
				t.Errorf("job %d freed %d times", i, w.freed)
			}
		}
	})
}

func TestDependencyRunsFirst(t *testing.T) {
	run(t, 8, func(t *testing.T, k *sim.Task, _ *hardware, s *sched.Scheduler) {
		a, b := s.NewEntity(k, "a", sched.Normal), s.NewEntity(k, "b", sched.Normal)
		first := submit(k, a, &task{took: 5 * time.Millisecond}, 1)
		second := submit(k, b, &task{took: time.Millisecond}, 1, &first.Finished.Fence)
		second.Finished.Wait(k)
		if !first.Finished.IsSignalled() {
			t.Error("the dependent job finished first")
		}
		if second.Scheduled.SignalledAt() < first.Finished.SignalledAt() {
			t.Error("the dependent job ran before its dependency had finished")
		}
		a.Destroy(k)
		b.Destroy(k)
		s.Fini(k)
	})
}

func TestPrepareFenceDelaysRun(t *testing.T) {
	run(t, 8, func(t *testing.T, k *sim.Task, h *hardware, s *sched.Scheduler) {
		gate := &fence.Fence{}
		gate.Init(k, fence.NewContext("gate"))
		h.prepare = func(*sched.Job) *fence.Fence {
			if gate.IsSignalled() {
				return nil
			}
			return gate
		}
		e := s.NewEntity(k, "queue", sched.Normal)
		j := submit(k, e, &task{took: time.Millisecond}, 1)
		k.Sleep(10 * time.Millisecond)
		if j.Scheduled.IsSignalled() {
			t.Error("the job ran although Prepare wants it to wait")
		}
		gate.Signal(k)
		j.Finished.Wait(k)
		e.Destroy(k)
		s.Fini(k)
	})
}

func TestFailedRunSignalsTheError(t *testing.T) {
	run(t, 1, func(t *testing.T, k *sim.Task, _ *hardware, s *sched.Scheduler) {
		e := s.NewEntity(k, "queue", sched.Normal)
		bad := submit(k, e, &task{broken: true}, 1)
		good := submit(k, e, &task{took: time.Millisecond}, 1)
		if err := bad.Finished.Wait(k); !errors.Is(err, errBroken) {
			t.Errorf("error %v, want %v", err, errBroken)
		}
		if err := good.Finished.Wait(k); err != nil {
			t.Errorf("the next job: %v", err)
		}
		e.Destroy(k)
		s.Fini(k)
	})
}

func TestTimeoutSignalsTheError(t *testing.T) {
	run(t, 1, func(t *testing.T, k *sim.Task, _ *hardware, s *sched.Scheduler) {
		e := s.NewEntity(k, "queue", sched.Normal)
		hung := submit(k, e, &task{}, 1)
		next := submit(k, e, &task{took: time.Millisecond}, 1)
		if err := hung.Finished.Wait(k); !errors.Is(err, errHung) {
			t.Errorf("error %v, want %v", err, errHung)
		}
		if err := next.Finished.Wait(k); err != nil {
			t.Errorf("the next job: %v", err)
		}
		e.Destroy(k)
		s.Fini(k)
	})
}

func TestTeardownCancelsWhatIsLeft(t *testing.T) {
	run(t, 1, func(t *testing.T, k *sim.Task, h *hardware, s *sched.Scheduler) {
		e := s.NewEntity(k, "queue", sched.Normal)
		work := []*task{{}, {took: time.Millisecond}, {took: time.Millisecond}}
		var submitted []*sched.Job
		for _, w := range work {
			submitted = append(submitted, submit(k, e, w, 1))
		}
		k.Sleep(10 * time.Millisecond)
		e.Destroy(k)
		s.Fini(k)
		for i, j := range submitted {
			if !j.Finished.IsSignalled() || !errors.Is(j.Finished.Err(), fence.ErrCancelled) {
				t.Errorf("job %d: signalled %v, error %v", i, j.Finished.IsSignalled(), j.Finished.Err())
			}
			if work[i].freed != 1 {
				t.Errorf("job %d freed %d times", i, work[i].freed)
			}
		}
	})
}

func TestLargeJobIsNotStarved(t *testing.T) {
	run(t, 4, func(t *testing.T, k *sim.Task, h *hardware, s *sched.Scheduler) {
		small, large := s.NewEntity(k, "small", sched.Low), s.NewEntity(k, "large", sched.High)
		for range 8 {
			submit(k, small, &task{took: time.Millisecond}, 1)
		}
		k.Sleep(100 * time.Microsecond)
		big := submit(k, large, &task{took: time.Millisecond}, 100)
		big.Finished.Wait(k)
		if len(h.order) > 6 {
			t.Errorf("%d jobs ran before the large one had finished", len(h.order)-1)
		}
		small.Destroy(k)
		large.Destroy(k)
		s.Fini(k)
	})
}

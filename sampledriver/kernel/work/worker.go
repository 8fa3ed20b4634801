package work

import (
	"fmt"
	"slices"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// worker is a task that runs items. The task itself is there for good; what stands for
// creating and destroying it is the memory it needs: without a rescuer a worker that
// has been idle must allocate before it can run anything.
type worker struct {
	q     *Queue
	task  *sim.Task
	item  *Item // what it runs, nil when idle
	awake bool
}

// kick finds a worker for what is pending.
//
//fencelint:trusted -- the simulator's worker tasks
func (q *Queue) kick() {
	for _, wk := range q.workers {
		if !wk.awake {
			wk.awake = true
			wk.task.Unpark()
			return
		}
	}
	if len(q.workers) < q.cfg.MaxActive {
		wk := &worker{q: q, awake: true}
		q.workers = append(q.workers, wk)
		wk.task = q.m.SpawnDaemon(fmt.Sprintf("%s/%d", q.name, len(q.workers)-1), wk.run)
	}
}

//fencelint:trusted -- the simulator's worker tasks; queued functions speak for themselves
func (wk *worker) run(t *sim.Task) {
	q := wk.q
	for {
		for !wk.awake {
			t.Park(sim.Wait{Text: "waits for work", Idle: true})
		}
		if len(q.pending) > 0 {
			stack := wk.create(t)
			for w := q.next(); w != nil; w = q.next() {
				wk.runOne(t, w)
			}
			kmem.Free(t, stack)
		}
		wk.awake = false
	}
}

// create allocates what a new worker needs, for as long as it takes.
//
//fencelint:trusted -- the simulator's worker tasks
func (wk *worker) create(t *sim.Task) *kmem.Pages {
	if wk.q.cfg.Rescuer {
		return nil
	}
	for {
		stack, err := kmem.Alloc(t, gfp.Kernel, 1)
		if err == nil {
			return stack
		}
		t.Sleep(time.Millisecond)
	}
}

// next takes the first item off the queue that is not running: no item runs twice at
// one time. The worker that runs it will look here again.
func (q *Queue) next() *Item {
	i := slices.IndexFunc(q.pending, func(w *Item) bool { return w.running == nil })
	if i < 0 {
		return nil
	}
	w := q.pending[i]
	q.pending = slices.Delete(q.pending, i, i+1)
	return w
}

//fencelint:trusted -- the simulator's worker tasks; queued functions speak for themselves
func (wk *worker) runOne(t *sim.Task, w *Item) {
	w.queued = false
	w.running, wk.item = wk, w
	t.Begin(w.String())
	w.fn(t)
	t.End(w.String())
	w.running, wk.item = nil, nil
	w.done++
	wk.q.wake()
	t.Preempt()
}

// Package inorder does tasks on several processors of which each may need what comes of those
// before it. What comes of them is what would if they were done one after another.
package inorder

import (
	"container/heap"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/fencelint/fencelint/analyzer/fault"
)

// Run does the tasks 0..n-1, each after those before it that it is known to need. A task that
// turns out to need another one of those before it has to wait for that. A panic in a task is
// one of Run, after all others are done.
func Run(n int, needs func(task int) []int, do func(task int, wait func(other int))) {
	r := &run{
		do:    do,
		left:  n,
		done:  make([]atomic.Bool, n),
		needs: make([]int, n),
		after: make([][]int, n),
	}
	r.changed.L = &r.mu
	for task := range n {
		for _, other := range needs(task) {
			after := r.after[other]
			if other < task && (len(after) == 0 || after[len(after)-1] != task) {
				r.after[other] = append(after, task)
				r.needs[task]++
			}
		}
		if r.needs[task] == 0 {
			r.ready = append(r.ready, task)
		}
	}
	for range min(runtime.GOMAXPROCS(0), n) {
		r.workers.Go(r.work)
	}
	r.workers.Wait()
}

// run is the state of [Run].
type run struct {
	do      func(task int, wait func(other int))
	workers fault.Group

	mu      sync.Mutex
	changed sync.Cond
	left    int
	done    []atomic.Bool
	needs   []int   // how many tasks are still to be done before a task
	after   [][]int // the tasks that need a task
	ready   queue
	spare   int // workers that have come back from waiting, and took the place of others
}

// work does what is ready, the first of it first.
func (r *run) work() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for {
		for len(r.ready) == 0 && r.left > 0 {
			r.changed.Wait()
		}
		if r.left == 0 || r.spare > 0 {
			r.spare = max(r.spare-1, 0)
			return
		}
		task := heap.Pop(&r.ready).(int)
		r.mu.Unlock()
		r.workers.Do(func() { r.do(task, r.wait) })
		r.mu.Lock()
		r.done[task].Store(true)
		r.left--
		for _, next := range r.after[task] {
			if r.needs[next]--; r.needs[next] == 0 {
				heap.Push(&r.ready, next)
			}
		}
		r.changed.Broadcast()
	}
}

// wait returns when a task is done. Somebody else works as long as that takes: the first task
// that is not done waits for nobody.
func (r *run) wait(other int) {
	if r.done[other].Load() {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.done[other].Load() {
		return
	}
	r.workers.Go(r.work)
	for !r.done[other].Load() {
		r.changed.Wait()
	}
	r.spare++
}

// queue has the first task first.
type queue []int

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i] < q[j] }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(int)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

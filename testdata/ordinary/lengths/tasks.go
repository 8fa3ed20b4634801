package lengths

import "sync"

// tasks are done by workers, each after those that it needs.
type tasks struct {
	workers sync.WaitGroup

	mu      sync.Mutex
	changed sync.Cond
	left    int
	needs   []int   // how many are to be done before each
	after   [][]int // which need each
	ready   []int
}

// InOrder does tasks of which each may need some of those before it: the first of them needs
// none, for none is before it.
func InOrder(n int, needs func(task int) []int) {
	t := &tasks{left: n, needs: make([]int, n), after: make([][]int, n)}
	t.changed.L = &t.mu
	for task := range n {
		for _, other := range needs(task) {
			if other < task {
				t.after[other] = append(t.after[other], task)
				t.needs[task]++
			}
		}
		if t.needs[task] == 0 {
			t.ready = append(t.ready, task)
		}
	}
	for range min(2, n) {
		t.workers.Go(t.work)
	}
	t.workers.Wait()
}

// AnyOrder does tasks of which each may need any: those that need each other are never done.
func AnyOrder(n int, needs func(task int) []int) {
	t := &tasks{left: n, needs: make([]int, n), after: make([][]int, n)}
	t.changed.L = &t.mu
	for task := range n {
		for _, other := range needs(task) {
			if other <= task {
				t.after[other] = append(t.after[other], task)
				t.needs[task]++
			}
		}
		if t.needs[task] == 0 {
			t.ready = append(t.ready, task)
		}
	}
	for range min(2, n) {
		t.workers.Go(t.work)
	}
	t.workers.Wait() // want wait-cycle[cycle/warning]
}

func (t *tasks) work() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for {
		for len(t.ready) == 0 && t.left > 0 {
			t.changed.Wait()
		}
		if t.left == 0 {
			return
		}
		task := t.ready[0]
		t.ready = t.ready[1:]
		t.left--
		for _, next := range t.after[task] {
			if t.needs[next]--; t.needs[next] == 0 {
				t.ready = append(t.ready, next)
			}
		}
		t.changed.Broadcast()
	}
}

package stuckfence

import "sync"

// Raced has two goroutines queue work, of which the one waits for the other: it depends on
// who comes first.
func Raced() {
	w := &worker{}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		w.queue.Push(func() { wg.Done() })
	}()
	go func() {
		w.queue.Push(func() {
			wg.Wait() // want wait-cycle[cycle/error]
		})
	}()
	wg.Done()
}

// Ahead has the work that is waited for queued before who queues the other is started.
func Ahead() {
	w := &worker{}
	var wg sync.WaitGroup
	wg.Add(2)
	w.queue.Push(func() { wg.Done() })
	go func() {
		w.queue.Push(func() { wg.Wait() })
	}()
	wg.Done()
}

// Beside has the one that waits on another queue.
func Beside() {
	w, other := &worker{}, &worker{}
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		w.queue.Push(func() { wg.Done() })
	}()
	go func() {
		other.queue.Push(func() { wg.Wait() })
	}()
	wg.Done()
}

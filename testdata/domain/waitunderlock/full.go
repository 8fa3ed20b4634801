package waitunderlock

import (
	"context"
	"sync"
	"time"
)

// worker is served by one loop, which needs its lock now and then.
type worker struct {
	mu   sync.Mutex
	n    int
	jobs chan int
	slow chan int
	free chan int
	once chan int
	stop chan struct{}
	done chan struct{}
}

func newWorker(room int) *worker {
	w := &worker{
		jobs: make(chan int), slow: make(chan int, room), free: make(chan int, room), once: make(chan int, 1),
		stop: make(chan struct{}), done: make(chan struct{}),
	}
	go w.loop(time.NewTicker(time.Second))
	go w.drain()
	return w
}

func (w *worker) loop(tick *time.Ticker) {
	defer close(w.done)
	for {
		select {
		case <-w.stop:
			return
		case n := <-w.jobs:
			println(n)
		case n := <-w.slow:
			println(n)
		case n := <-w.once:
			println(n)
		case <-tick.C:
			w.mu.Lock()
			w.n = 0
			w.mu.Unlock()
		}
	}
}

func (w *worker) drain() {
	for n := range w.free {
		println(n)
	}
}

// Submit would give up once the loop has ended, which it cannot: it waits for the lock.
func (w *worker) Submit(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	select { // want wait-under-lock[cycle/error]
	case w.jobs <- n:
	case <-w.done:
	}
}

// SubmitStopped gives up once somebody else says so.
func (w *worker) SubmitStopped(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	select {
	case w.jobs <- n:
	case <-w.stop:
	}
}

// Stop is who says so.
func (w *worker) Stop() {
	close(w.stop)
	close(w.free)
}

// SubmitUntil gives up with its context.
func (w *worker) SubmitUntil(ctx context.Context, n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	select {
	case w.jobs <- n:
	case <-ctx.Done():
	}
}

// Fill puts into a buffer of whatever size, which is full sometime.
func (w *worker) Fill(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.slow <- n // want wait-under-lock[cycle/warning]
}

// FillOrNot goes on where there is no room.
func (w *worker) FillOrNot(n int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	select {
	case w.slow <- n:
		return true
	default:
		return false
	}
}

// FillFree puts into one that is emptied without the lock.
func (w *worker) FillFree(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.free <- n
}

// begin is all that is ever sent on once.
func (w *worker) begin() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.once <- 1
}

// Gather makes as much room as there is to be sent.
func (w *worker) Gather(list []int) int {
	results := make(chan int, len(list))
	for _, n := range list {
		go func() {
			w.mu.Lock()
			defer w.mu.Unlock()
			results <- n + w.n
		}()
	}
	sum := 0
	for range list {
		w.mu.Lock()
		w.n++
		w.mu.Unlock()
		sum += <-results
	}
	return sum
}

// Begin makes a worker, which others stop.
func Begin(room int) *worker {
	w := newWorker(room)
	w.begin()
	return w
}

// pair has a loop that waits for something else first, and for what it was not made with.
type pair struct {
	mu   sync.Mutex
	n    int
	jobs chan int
}

func newPair(quit chan struct{}) *pair {
	p := &pair{jobs: make(chan int)}
	go p.loop(quit, time.NewTicker(time.Second))
	return p
}

func (p *pair) loop(quit chan struct{}, tick *time.Ticker) {
	for {
		select {
		case <-quit:
			return
		case n := <-p.jobs:
			println(n)
		case <-tick.C:
			p.mu.Lock()
			p.n = 0
			p.mu.Unlock()
		}
	}
}

// Submit is received by the loop alone.
func (p *pair) Submit(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.jobs <- n // want wait-under-lock[cycle/error]
}

// Package kubernetes38669 is the repaired form: the initial events are sent in a select with the watcher's end.
package kubernetes38669

import "sync"

type cacheWatcher struct {
	mu      sync.Mutex
	input   chan int
	result  chan int
	done    chan struct{}
	stopped bool
	exited  sync.WaitGroup
}

func newCacheWatcher(size int, initial []int) *cacheWatcher {
	w := &cacheWatcher{
		input:  make(chan int, size),
		result: make(chan int, size),
		done:   make(chan struct{}),
	}
	w.exited.Add(1)
	go w.process(initial)
	return w
}

func (w *cacheWatcher) process(initial []int) {
	defer w.exited.Done()
	defer close(w.result)
	defer w.stop()
	for _, e := range initial {
		w.send(e)
	}
	for e := range w.input {
		w.send(e)
	}
}

func (w *cacheWatcher) send(e int) {
	select {
	case w.result <- e:
	case <-w.done:
	}
}

func (w *cacheWatcher) stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.stopped {
		w.stopped = true
		close(w.done)
		close(w.input)
	}
}

// Run stops a watcher that nobody reads.
func Run() {
	w := newCacheWatcher(0, []int{1, 2})
	w.stop()
	w.exited.Wait()
}

// Package moby27782 is the repaired form: the watcher is closed before its removal is waited for, and the goroutine that reads
// events tells the waiter under the Cond's lock when it leaves.
package moby27782

import "sync"

type watcher struct {
	events  chan string
	mu      sync.Mutex
	cond    *sync.Cond
	removed bool
	done    chan struct{}
	once    sync.Once
}

func newWatcher() *watcher {
	w := &watcher{events: make(chan string), done: make(chan struct{})}
	w.cond = sync.NewCond(&w.mu)
	go w.readEvents()
	return w
}

func (w *watcher) readEvents() {
	defer w.exited()
	for {
		select {
		case w.events <- "write":
		case <-w.done:
			return
		}
	}
}

func (w *watcher) exited() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.removed = true
	w.cond.Broadcast()
}

func (w *watcher) close() {
	w.once.Do(func() { close(w.done) })
}

func (w *watcher) remove() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for !w.removed {
		w.cond.Wait()
	}
}

type logger struct {
	mu      sync.Mutex
	readers map[chan struct{}]bool
}

func (l *logger) readLogs(closed chan struct{}) {
	l.mu.Lock()
	l.readers[closed] = true
	l.mu.Unlock()
	follow(closed)
}

func follow(closed <-chan struct{}) {
	w := newWatcher()
	select {
	case <-w.events:
	case <-closed:
	}
	w.close()
	w.remove()
}

func (l *logger) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for r := range l.readers {
		close(r)
		delete(l.readers, r)
	}
}

// Run closes a logger that is being read.
func Run() {
	l := &logger{readers: map[chan struct{}]bool{}}
	var wg sync.WaitGroup
	wg.Go(func() { l.readLogs(make(chan struct{})) })
	l.close()
	wg.Wait()
}

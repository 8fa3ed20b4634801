// Package kubernetes1321 is the repaired form: a watcher says that it is stopped on a channel of its own, which ends a send to
// it, before it takes the lock under which the sender works.
package kubernetes1321

import "sync"

type watcher struct {
	result  chan struct{}
	stopped chan struct{}
	once    sync.Once
	mux     *mux
	id      int
}

func (w *watcher) stop() {
	w.once.Do(func() {
		close(w.stopped)
		w.mux.stopWatching(w.id)
	})
}

type mux struct {
	mu       sync.Mutex
	watchers map[int]*watcher
}

func (m *mux) watch() *watcher {
	m.mu.Lock()
	defer m.mu.Unlock()
	w := &watcher{
		result:  make(chan struct{}),
		stopped: make(chan struct{}),
		mux:     m,
		id:      len(m.watchers),
	}
	m.watchers[w.id] = w
	return w
}

func (m *mux) distribute() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, w := range m.watchers {
		select {
		case w.result <- struct{}{}:
		case <-w.stopped:
		}
	}
}

func (m *mux) stopWatching(id int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	w, ok := m.watchers[id]
	if !ok {
		return
	}
	delete(m.watchers, id)
	close(w.result)
}

// Run stops a watcher while events are sent to it.
func Run() {
	m := &mux{watchers: map[int]*watcher{}}
	w := m.watch()
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 10 {
			m.distribute()
		}
	})
	w.stop()
	wg.Wait()
}

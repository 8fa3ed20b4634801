// Package moby21233 is the repaired form: the consumer of progress reads to the end even when something was wrong, and says that
// it is done on every path.
package moby21233

import "sync"

type output chan<- int

func (o output) writeProgress(p int) {
	o <- p
}

type watcher struct {
	release chan struct{}
	running chan struct{}
}

type transfer struct {
	mu       sync.Mutex
	progress int
}

func (t *transfer) watch(o output) *watcher {
	w := &watcher{release: make(chan struct{}), running: make(chan struct{})}
	go func() {
		defer close(w.running)
		for done := false; !done; {
			t.mu.Lock()
			t.progress++
			p := t.progress
			t.mu.Unlock()
			o.writeProgress(p)
			select {
			case <-w.release:
				done = true
			default:
			}
		}
	}()
	return w
}

func (w *watcher) stop() {
	close(w.release)
	<-w.running
}

func consume(progress <-chan int) (unexpected int) {
	for p := range progress {
		if p%2 == 0 {
			unexpected++
		}
	}
	return unexpected
}

// Run watches three transfers.
func Run() {
	progress := make(chan int)
	done := make(chan struct{})
	go func() {
		defer close(done)
		consume(progress)
	}()
	var watchers []*watcher
	for range 3 {
		watchers = append(watchers, (&transfer{}).watch(output(progress)))
	}
	for _, w := range watchers {
		w.stop()
	}
	close(progress)
	<-done
}

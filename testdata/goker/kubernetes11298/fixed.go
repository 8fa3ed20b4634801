// Package kubernetes11298 is the repaired form: the waiter checks a state under the Cond's lock, and whoever changes the state
// does so under that lock and wakes everybody.
package kubernetes11298

import "sync"

type notifier struct {
	mu      sync.Mutex
	cond    *sync.Cond
	changed bool
	stopped bool
}

func newNotifier() *notifier {
	n := &notifier{}
	n.cond = sync.NewCond(&n.mu)
	return n
}

// next waits for a change and reports false once the notifier is stopped.
func (n *notifier) next() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	for !n.changed && !n.stopped {
		n.cond.Wait()
	}
	n.changed = false
	return !n.stopped
}

func (n *notifier) serve() {
	for n.next() {
	}
}

func (n *notifier) notify() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.changed = true
	n.cond.Broadcast()
}

func (n *notifier) stop() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.stopped = true
	n.cond.Broadcast()
}

// Run stops a service loop that is being notified.
func Run() {
	n := newNotifier()
	abort := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(n.serve)
	wg.Go(func() {
		n.notify()
		<-abort
		n.stop()
	})
	close(abort)
	wg.Wait()
}

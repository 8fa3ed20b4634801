// Package kubernetes26980 is the repaired form: a notification is taken from the list under the lock and delivered without it,
// and stopping wakes who waits for one.
package kubernetes26980

import "sync"

type listener struct {
	mu      sync.Mutex
	cond    *sync.Cond
	pending []int
	stopped bool
}

func newListener() *listener {
	l := &listener{}
	l.cond = sync.NewCond(&l.mu)
	return l
}

func (l *listener) add(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pending = append(l.pending, n)
	l.cond.Broadcast()
}

func (l *listener) next() (int, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.pending) == 0 {
		if l.stopped {
			return 0, false
		}
		l.cond.Wait()
	}
	n := l.pending[0]
	l.pending = l.pending[1:]
	return n, true
}

func (l *listener) pop(out chan<- int, stop <-chan struct{}) {
	for {
		n, ok := l.next()
		if !ok {
			return
		}
		select {
		case out <- n:
		case <-stop:
			return
		}
	}
}

func (l *listener) stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stopped = true
	l.cond.Broadcast()
}

// Run stops a listener that has something to deliver to nobody.
func Run() {
	l := newListener()
	stop := make(chan struct{})
	l.add(1)
	var wg sync.WaitGroup
	wg.Go(func() { l.pop(make(chan int), stop) })
	l.add(2)
	close(stop)
	l.stop()
	wg.Wait()
}

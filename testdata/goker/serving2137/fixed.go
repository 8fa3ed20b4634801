// Package serving2137 is the repaired form: all requests are let go before any of them is waited for, in whatever order the
// breaker has admitted them.
package serving2137

import (
	"sync"
	"sync/atomic"
)

type request struct {
	lock     *sync.Mutex
	accepted chan bool
}

type breaker struct {
	pending chan struct{}
	active  chan struct{}
	served  atomic.Int32
}

func newBreaker(queueDepth, concurrency int) *breaker {
	return &breaker{
		pending: make(chan struct{}, queueDepth+concurrency),
		active:  make(chan struct{}, concurrency),
	}
}

func (b *breaker) maybe(thunk func()) bool {
	select {
	default:
		return false
	case b.pending <- struct{}{}:
		b.active <- struct{}{}
		defer func() {
			<-b.active
			<-b.pending
		}()
		thunk()
		return true
	}
}

func (b *breaker) request() request {
	r := request{lock: &sync.Mutex{}, accepted: make(chan bool, 1)}
	r.lock.Lock()
	go func() {
		r.accepted <- b.maybe(func() {
			r.lock.Lock()
			defer r.lock.Unlock()
			b.served.Add(1)
		})
	}()
	return r
}

func finish(requests []request) (accepted int) {
	for _, r := range requests {
		r.lock.Unlock()
	}
	for _, r := range requests {
		if <-r.accepted {
			accepted++
		}
	}
	return accepted
}

// Run makes two requests of a breaker that runs one at a time.
func Run() {
	b := newBreaker(1, 1)
	finish([]request{b.request(), b.request()})
}

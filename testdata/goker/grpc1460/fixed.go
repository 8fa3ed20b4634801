// Package grpc1460 is the repaired form: the keepalive goroutine is dormant without the mutex, and the first stream wakes it.
package grpc1460

import "sync"

type stream struct{}

type transport struct {
	mu      sync.Mutex
	streams []*stream
	awaken  chan struct{}
	done    chan struct{}
}

func (t *transport) keepalive() {
	for {
		t.mu.Lock()
		dormant := len(t.streams) == 0
		t.mu.Unlock()
		if !dormant {
			return
		}
		select {
		case <-t.awaken:
		case <-t.done:
			return
		}
	}
}

func (t *transport) newStream() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.streams = append(t.streams, &stream{})
	if len(t.streams) == 1 {
		select {
		case t.awaken <- struct{}{}:
		default:
		}
	}
}

func (t *transport) close() {
	close(t.done)
}

// Run opens the first stream of a transport that is kept alive.
func Run() {
	t := &transport{awaken: make(chan struct{}, 1), done: make(chan struct{})}
	var wg sync.WaitGroup
	wg.Go(t.keepalive)
	t.newStream()
	t.close()
	wg.Wait()
}

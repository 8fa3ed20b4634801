// Package etcd7902 is the repaired form: a follower waits for the leader's round without the mutex, and stops waiting when the
// leader has had its last one.
package etcd7902

import "sync"

type election struct {
	mu       sync.Mutex
	next     chan struct{}
	finished chan struct{}
}

func (e *election) round() chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.next
}

func (e *election) advance() {
	e.mu.Lock()
	defer e.mu.Unlock()
	close(e.next)
	e.next = make(chan struct{})
}

func (e *election) lead(rounds int) {
	defer close(e.finished)
	for range rounds {
		e.advance()
	}
}

func (e *election) follow(rounds int) {
	for range rounds {
		next := e.round()
		select {
		case <-next:
		case <-e.finished:
			return
		}
	}
}

// Run elects a leader over several rounds.
func Run() {
	const rounds = 100
	e := &election{next: make(chan struct{}), finished: make(chan struct{})}
	var wg sync.WaitGroup
	wg.Go(func() { e.lead(rounds) })
	for range 2 {
		wg.Go(func() { e.follow(rounds) })
	}
	wg.Wait()
}

package conds

import "sync"

// queue is emptied by a worker that goes round from two places.
type queue struct {
	mu      sync.Mutex
	changed *sync.Cond
	first   *job
	closed  bool
	taken   int
	rest    bool
}

type job struct {
	next *job
	void bool
}

// NewQueue makes one.
func NewQueue() *queue {
	q := &queue{}
	q.changed = sync.NewCond(&q.mu)
	return q
}

func (q *queue) Put(j *job) {
	q.mu.Lock()
	defer q.mu.Unlock()
	j.next, q.first = q.first, j
	q.changed.Broadcast()
}

// Take looks whether the queue is closed after a continue.
func (q *queue) Take() *job {
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		q.changed.Wait()
		if j := q.first; j != nil {
			if j.void {
				continue
			}
			return j
		}
		if q.closed {
			return nil
		}
	}
}

// Close wakes nobody.
func (q *queue) Close() {
	q.mu.Lock()
	q.closed = true // want(whole) wake-missing[breach/warning]
	q.mu.Unlock()
}

// Serve waits in a loop that is the first thing in another, which has a continue too: what
// that one looks at wakes nobody.
func (q *queue) Serve(serve func(*job)) {
	q.mu.Lock()
	for {
		for q.first == nil {
			q.changed.Wait()
		}
		if q.rest {
			continue
		}
		q.taken++
		if q.taken%2 == 0 {
			continue
		}
		serve(q.first)
	}
}

// Again waits by a goto in such a loop.
func (q *queue) Again(serve func(*job)) {
	q.mu.Lock()
	for {
	again:
		if q.first == nil {
			q.changed.Wait()
			goto again
		}
		if q.rest {
			continue
		}
		serve(q.first)
	}
}

// Rest makes nobody ready.
func (q *queue) Rest() {
	q.mu.Lock()
	q.rest = true
	q.mu.Unlock()
}

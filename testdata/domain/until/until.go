// Package until waits by a helper of its own, which is handed predicates that are not known where
// it is called.
package until

import "sync"

// queue is waited on by its method alone.
//
//fencelint:waitqueue
type queue struct {
	mu   *sync.Mutex
	cond *sync.Cond
}

// wait returns when holds does.
//
//fencelint:waits q until holds
func (q *queue) wait(holds func() bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for !holds() {
		q.cond.Wait()
	}
}

// wake has who waits look again.
//
//fencelint:wakes q
func (q *queue) wake() { q.cond.Broadcast() }

// thing keeps a predicate in a field, and chooses one of two.
type thing struct {
	mu           sync.Mutex
	queue        queue
	full         func() bool
	kept, chosen int
	checked      int
}

// NewThing makes one.
func NewThing() *thing {
	t := &thing{}
	t.queue = queue{&t.mu, sync.NewCond(&t.mu)}
	t.full = func() bool { return t.kept > 3 }
	return t
}

// WaitFull waits for what the field says.
func (t *thing) WaitFull() {
	t.queue.wait(t.full)
}

// WaitChosen waits for the one or the other.
func (t *thing) WaitChosen(many bool) {
	enough := func() bool { return t.chosen > 3 }
	if many {
		enough = func() bool { return t.chosen > 5 }
	}
	t.queue.wait(enough)
}

// Drain makes the predicate false before it comes back to the wait.
func (t *thing) Drain(n int) {
	for range n {
		t.queue.wait(t.full)
		t.kept = 0
	}
}

// Set wakes nobody.
func (t *thing) Set(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = n   // want wake-missing[breach/error]
	t.chosen = n // want wake-missing[breach/error]
	t.checked = n
}

// SetAndWake wakes who waits, if it changes anything.
func (t *thing) SetAndWake(n int, really bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !really {
		return
	}
	t.kept, t.chosen = n, n
	t.queue.wake()
}

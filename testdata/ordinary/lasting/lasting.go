// Package lasting asks channels more than once: one that nobody sends to is closed when it was
// received from, and stays that; of one that is sent to that is not so.
package lasting

import (
	"context"
	"errors"
	"sync"
)

var errClosed = errors.New("closed")

// Loop runs tasks one after another, until it is closed.
type Loop struct {
	tasks chan task
	done  chan struct{}
}

type task struct {
	fn   func()
	done chan struct{}
}

// NewLoop starts one.
func NewLoop() *Loop {
	l := &Loop{tasks: make(chan task), done: make(chan struct{})}
	go l.run()
	return l
}

func (l *Loop) run() {
	for {
		select {
		case <-l.done:
			return
		case t := <-l.tasks:
			t.fn()
			close(t.done)
		}
	}
}

// Close ends it.
func (l *Loop) Close() { close(l.done) }

// Done is closed when it ends.
func (l *Loop) Done() <-chan struct{} { return l.done }

// Err says that it has ended.
func (l *Loop) Err() error {
	select {
	case <-l.done:
		return errClosed
	default:
		return nil
	}
}

// Run has a task run, and says why it could not.
func (l *Loop) Run(fn func()) error {
	t := task{fn, make(chan struct{})}
	select {
	case <-l.Done():
		return l.Err()
	case l.tasks <- t:
		<-t.done
		return nil
	}
}

// Count waits for what the task tells it, if it was run.
func (l *Loop) Count() (n int) {
	set := make(chan struct{})
	if err := l.Run(func() { n++; close(set) }); err == nil {
		<-set
	}
	return n
}

// Line is told to stop by a value, which only one of all who ask finds.
type Line struct {
	tasks chan func()
	stop  chan struct{}
}

// NewLine starts one.
func NewLine() *Line {
	l := &Line{tasks: make(chan func()), stop: make(chan struct{}, 1)}
	go func() {
		for f := range l.tasks {
			f()
		}
	}()
	return l
}

// Stop stops one.
func (l *Line) Stop() { l.stop <- struct{}{} }

func (l *Line) err() error {
	select {
	case <-l.stop:
		return errClosed
	default:
		return nil
	}
}

// Count finds that it was stopped, and then that it was not.
func (l *Line) Count() (n int) {
	set := make(chan struct{})
	var err error
	select {
	case <-l.stop:
		err = l.err()
	case l.tasks <- func() { n++; close(set) }:
	}
	if err == nil {
		<-set // want no-partner[breach/error]
	}
	return n
}

// Ask waits for an answer unless the context has ended before.
func Ask(ctx context.Context, questions chan<- func()) (n int) {
	set := make(chan struct{})
	if err := ask(ctx, questions, func() { n++; close(set) }); err == nil {
		<-set
	}
	return n
}

func ask(ctx context.Context, questions chan<- func(), q func()) error {
	select {
	case questions <- q:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// AskNobody takes another context's word for it.
func AskNobody(ctx, other context.Context, questions chan<- func()) (n int) {
	set := make(chan struct{})
	var err error
	select {
	case questions <- func() { n++; close(set) }:
	case <-ctx.Done():
		err = other.Err()
	}
	if err == nil {
		<-set // want no-partner[breach/error]
	}
	return n
}

// Queue hands on what was put into it. Who closes it waits for the last to be gone.
type Queue struct {
	mu     sync.Mutex
	cond   *sync.Cond
	closed bool
	items  []any
	out    func(item)
}

type item interface{ write() }

// Flush hands on what there is and closes the queue.
func Flush(items []any, out func(item)) {
	q := &Queue{items: items, out: out}
	q.cond = sync.NewCond(&q.mu)
	go q.run()
	q.close()
}

func (q *Queue) run() {
	for {
		next := q.next()
		if next == nil {
			return
		}
		q.out(next)
	}
}

// next takes what is first, which is something or it panics.
func (q *Queue) next() item {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		if q.closed {
			q.cond.Broadcast()
			return nil
		}
		q.cond.Wait()
	}
	first := q.items[0].(item)
	q.items = q.items[1:]
	return first
}

func (q *Queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.cond.Signal()
	q.cond.Wait()
}

// listener is kept by value, and sent to where it is kept.
type listener struct{ said chan int }

type hub struct{ listeners map[string]listener }

func (h *hub) add(name string) *listener {
	l := &listener{said: make(chan int)}
	h.listeners[name] = *l
	return l
}

func (h *hub) tell(name string) { h.listeners[name].said <- 1 }

func (l *listener) listen() {
	never := make(chan int)
	if _, ok := <-l.said; ok {
		<-never // want no-partner[breach/error]
	}
}

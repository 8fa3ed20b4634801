// Package marks has waits that end unless somebody has closed something before: anybody may
// have, where a function can be called by anybody; where all callers are in sight, they may
// know that nobody has.
package marks

import "sync"

// queue runs what is put into it, until it is closed.
type queue struct {
	mu     sync.Mutex
	todo   chan func()
	closed bool
	drops  bool
}

func newQueue(drops bool) *queue {
	q := &queue{todo: make(chan func(), 8), drops: drops}
	go func() {
		for f := range q.todo {
			f()
		}
	}()
	return q
}

func (q *queue) put(f func()) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.todo <- f
	return true
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.closed {
		q.closed = true
		close(q.todo)
	}
}

// Server has a queue that it closes.
type Server struct {
	mu    sync.Mutex
	queue *queue
	count int
}

// New makes a server.
func New() *Server { return &Server{queue: newQueue(false)} }

// Start has something done with the lock held that Close takes first, if that has not been.
func (s *Server) Start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.queue != nil {
		s.begin()
	}
}

// Close closes the queue.
func (s *Server) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.queue != nil {
		s.queue.close()
		s.queue = nil
	}
}

// begin is called with a queue that nobody has closed yet.
func (s *Server) begin() {
	done := make(chan struct{})
	s.queue.put(func() {
		s.count = 1
		close(done)
	})
	<-done // want no-partner[breach/warning]
}

// Update can be called by anybody, after Close too.
func (s *Server) Update() {
	if s.queue == nil {
		return
	}
	done := make(chan struct{})
	s.queue.put(func() {
		s.count = 1
		close(done)
	})
	<-done // want no-partner[breach/error]
}

// Ask sees whether the queue took it.
func (s *Server) Ask() {
	done := make(chan struct{})
	if s.queue.put(func() { close(done) }) {
		<-done
	}
}

// Report has its line written.
func (s *Server) Report() { s.queue.report() }

// report waits for what is dropped where the queue was made so: that is how it is, whatever
// its callers know of what was done with it.
func (q *queue) report() {
	done := make(chan struct{})
	write := func() { close(done) }
	if !q.drops {
		write()
	}
	<-done // want no-partner[breach/error]
}

// Package joined has goroutines that are waited for before what they need is taken.
package joined

import "sync"

// session receives for its streams until it is closed.
type session struct {
	mu      sync.Mutex
	streams map[int]*stream
	stop    chan struct{}
	done    chan struct{}
}

type stream struct {
	mu      sync.Mutex
	session *session
	open    bool
}

func newSession() *session {
	s := &session{streams: map[int]*stream{}, stop: make(chan struct{}), done: make(chan struct{})}
	go s.run()
	return s
}

func (s *session) run() {
	defer close(s.done)
	for {
		select {
		case <-s.stop:
			return
		default:
			s.receive()
		}
	}
}

func (s *session) receive() {
	s.mu.Lock()
	st := s.streams[0]
	s.mu.Unlock()
	st.established()
}

func (st *stream) established() {
	st.mu.Lock()
	defer st.mu.Unlock()
	if !st.open {
		st.session.forget(0)
	}
}

func (s *session) forget(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.streams, id)
}

// Close closes the streams when nothing is received any more.
func (s *session) Close() {
	close(s.stop)
	<-s.done
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, st := range s.streams {
		st.mu.Lock()
		st.open = false
		st.mu.Unlock()
	}
}

// room does the same, and closes the seats before it waits.
type room struct {
	mu    sync.Mutex
	seats map[int]*seat
	stop  chan struct{}
	done  chan struct{}
}

type seat struct {
	mu   sync.Mutex
	room *room
	open bool
}

func newRoom() *room {
	r := &room{seats: map[int]*seat{}, stop: make(chan struct{}), done: make(chan struct{})}
	go r.run()
	return r
}

func (r *room) run() {
	defer close(r.done)
	for {
		select {
		case <-r.stop:
			return
		default:
			r.receive()
		}
	}
}

func (r *room) receive() {
	r.mu.Lock()
	st := r.seats[0]
	r.mu.Unlock()
	st.established()
}

func (st *seat) established() {
	st.mu.Lock()
	defer st.mu.Unlock()
	if !st.open {
		st.room.forget(0)
	}
}

func (r *room) forget(id int) {
	r.mu.Lock() // want lock-order[cycle/error]
	defer r.mu.Unlock()
	delete(r.seats, id)
}

// Close closes the seats while something may still be received.
func (r *room) Close() {
	close(r.stop)
	r.mu.Lock()
	for _, st := range r.seats {
		st.mu.Lock()
		st.open = false
		st.mu.Unlock()
	}
	r.mu.Unlock()
	<-r.done
}

// Init uses both.
func Init() (any, any) { return newSession(), newRoom() }

package handover

import "sync"

// Feed lists with its lock held until the list has come.
type Feed struct {
	mu    sync.Mutex
	ready chan struct{}
	once  sync.Once
	store *store
}

type store struct{ replaced func() }

func (s *store) onReplace(f func()) { s.replaced = f }

func (s *store) replace() {
	if s.replaced != nil {
		s.replaced()
	}
}

// list is called again and again; what the store calls back gives the lock back each time.
func (f *Feed) list() {
	f.mu.Lock()
	f.store.replace()
}

func again(f func()) {
	for {
		f()
	}
}

// NewFeed returns a feed that has listed once.
func NewFeed() *Feed {
	f := &Feed{ready: make(chan struct{}), store: &store{}}
	f.store.onReplace(func() {
		f.once.Do(func() { close(f.ready) })
		f.mu.Unlock()
	})
	go again(func() { f.list() })
	<-f.ready
	return f
}

// Sink is the same, and nobody gives its lock back.
type Sink struct {
	mu    sync.Mutex
	ready chan struct{}
	once  sync.Once
	store *store
}

func (s *Sink) list() {
	s.mu.Lock() // want double-lock[cycle/error]
	s.store.replace()
}

// NewSink returns a sink that has listed once.
func NewSink() *Sink {
	s := &Sink{ready: make(chan struct{}), store: &store{}}
	s.store.onReplace(func() {
		s.once.Do(func() { close(s.ready) })
	})
	go again(func() { s.list() })
	<-s.ready
	return s
}

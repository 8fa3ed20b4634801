// Package handover has functions that return with a lock held for others to give back.
package handover

import (
	"context"
	"sync"
)

// Session is stopped and started again by its consumer.
type Session struct {
	change sync.Mutex
	number int
}

func (s *Session) stop() { s.change.Lock() }

func (s *Session) start() {
	s.number++
	s.change.Unlock()
}

// Stopper stops a session when it has to, and remembers that it did.
type Stopper struct {
	session *Session
	stopped bool
}

// Stop returns with the session's lock held if it has not before; Restart gives it back.
func (s *Stopper) Stop() {
	if s.stopped {
		return
	}
	s.stopped = true
	s.session.stop()
}

// Restart gives back what Stop has taken.
func (s *Stopper) Restart() {
	if !s.stopped {
		return
	}
	s.stopped = false
	s.session.start()
}

// Latch is closed when it has to be, and nobody opens it again.
type Latch struct {
	mu     sync.Mutex
	closed bool
}

// Close returns with the lock held the first time.
func (l *Latch) Close() {
	if l.closed {
		return
	}
	l.mu.Lock()
	l.closed = true
} // want missing-unlock[breach/error]

// Commits are made one after another, each until its callback has run.
type Commits struct {
	order sync.Mutex
	queue chan func()
}

// Commit leaves it to a callback to give the order back.
func (c *Commits) Commit(ctx context.Context, done func()) {
	if ctx.Err() != nil {
		done()
		return
	}
	c.order.Lock()
	c.queue <- func() {
		defer c.order.Unlock()
		done()
	}
}

// Run runs what comes back.
func (c *Commits) Run() {
	for f := range c.queue {
		f()
	}
}

// Store is read in transactions.
type Store struct {
	mu   sync.RWMutex
	data map[string]string
}

// Txn is a transaction, which ends once.
type Txn interface {
	Get(key string) string
	End()
}

type readTxn struct{ store *Store }

func (t *readTxn) Get(key string) string { return t.store.data[key] }
func (t *readTxn) End()                  { t.store.mu.RUnlock() }

type countedTxn struct {
	Txn
	reads int
}

func (t *countedTxn) Get(key string) string {
	t.reads++
	return t.Txn.Get(key)
}

func (t *countedTxn) End() { t.Txn.End() }

// Read begins a transaction: the store is locked until it ends.
func (s *Store) Read() Txn {
	s.mu.RLock()
	return &countedTxn{Txn: &readTxn{s}}
}

// KV is what can be read in transactions.
type KV interface{ Read() Txn }

// Range reads two keys, in one transaction.
func Range(kv KV, from, to string) (string, string) {
	txn := kv.Read()
	defer txn.End()
	return txn.Get(from), txn.Get(to)
}

// Check ends the transaction early where a key is not there.
func Check(kv KV, key string) bool {
	txn := kv.Read()
	if txn.Get(key) == "" {
		txn.End()
		return false
	}
	ok := txn.Get(key+"/ok") != ""
	txn.End()
	return ok
}

// New is how the store is had.
func New() KV { return &Store{data: map[string]string{}} }

// Batch is written to with its lock held, of which there are two kinds.
type Batch interface {
	Lock()
	LockForApply()
	Unlock()
}

type batch struct {
	sync.Mutex
	pending int
}

func (b *batch) LockForApply() { b.Lock() }

func (b *batch) Unlock() {
	b.pending++
	b.Mutex.Unlock()
}

type buffered struct {
	batch
	buffer []string
}

func (b *buffered) LockForApply() {
	b.batch.LockForApply()
	b.buffer = b.buffer[:0]
}

// Auth is a batch that is taken from a backend.
type Auth struct{ tx Batch }

// Lock is what its batch does.
func (a *Auth) Lock() { a.tx.LockForApply() }

// Unlock is what its batch does.
func (a *Auth) Unlock() { a.tx.Unlock() }

// NewAuth has the batch of a kind.
func NewAuth(buffer bool) *Auth {
	if buffer {
		return &Auth{&buffered{}}
	}
	return &Auth{&batch{}}
}

// request is worked on while its lock is held by who has asked for it.
type request struct {
	lock *sync.Mutex
	done chan struct{}
}

// Ask returns a request with its lock held: who has it unlocks it with finish.
func Ask(work func()) request {
	r := request{lock: &sync.Mutex{}, done: make(chan struct{}, 1)}
	r.lock.Lock()
	go func() {
		r.lock.Lock()
		defer r.lock.Unlock()
		work()
		r.done <- struct{}{}
	}()
	return r
}

// finish lets a request go on, and waits for it.
func finish(r request) {
	r.lock.Unlock()
	<-r.done
}

// AskTwice finishes both of its requests.
func AskTwice(work func()) {
	for _, r := range []request{Ask(work), Ask(work)} {
		finish(r)
	}
}

// order has its lock held by who has placed it.
type order struct {
	lock *sync.Mutex
	done chan struct{}
}

// Place returns an order with its lock held, and nobody knows of it.
func Place(work func()) order {
	o := order{lock: &sync.Mutex{}, done: make(chan struct{}, 1)}
	o.lock.Lock()
	go func() {
		o.lock.Lock()
		defer o.lock.Unlock()
		work()
		o.done <- struct{}{}
	}()
	return o // want missing-unlock[breach/error]
}

// Server is started once.
type Server struct {
	lock    sync.RWMutex
	started bool
}

func (s *Server) isStarted() bool {
	s.lock.RLock()
	defer s.lock.RUnlock()
	return s.started
}

// unlockOnce returns what unlocks the first time.
func unlockOnce(l sync.Locker) func() {
	var once sync.Once
	return func() { once.Do(l.Unlock) }
}

// Serve has unlocked before it looks, and does not do so twice.
func (s *Server) Serve() bool {
	unlock := unlockOnce(&s.lock)
	s.lock.Lock()
	defer unlock()
	s.started = true
	unlock()
	return s.isStarted()
}

// ServeLocked has not.
func (s *Server) ServeLocked() bool {
	unlock := unlockOnce(&s.lock)
	s.lock.Lock()
	defer unlock()
	s.lock.RLock() // want double-lock[cycle/error]
	defer s.lock.RUnlock()
	return s.started
}

// Package mutexes has locks that are local to what runs, and goroutines that wait with
// one held.
package mutexes

import (
	"strings"
	"sync"
)

type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) get() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

// Sends with the lock held that the receiver takes first.
func Sends() {
	c := &counter{}
	ch := make(chan int)
	go func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		ch <- c.n // want wait-under-lock[cycle]
	}()
	n := c.get()
	n += <-ch
	_ = n
}

// Releases the lock before it sends.
func Releases() {
	c := &counter{}
	ch := make(chan int)
	go func() {
		c.mu.Lock()
		n := c.n
		c.mu.Unlock()
		ch <- n
	}()
	n := c.get()
	n += <-ch
	_ = n
}

// Left returns with the lock held on one path, and takes it again.
func Left(use func() error) error {
	var mu sync.Mutex
	step := func() error {
		mu.Lock()
		if err := use(); err != nil {
			return err // want missing-unlock[breach]
		}
		mu.Unlock()
		return nil
	}
	if err := step(); err == nil {
		return nil
	}
	return step()
}

// Tried goes on without the lock.
func Tried(use func()) {
	var mu sync.Mutex
	done := make(chan struct{})
	go func() {
		defer close(done)
		if mu.TryLock() {
			defer mu.Unlock()
			use()
		}
	}()
	mu.Lock()
	<-done
	mu.Unlock()
}

// Readers with a writer in between.
func Readers(use func()) {
	var mu sync.RWMutex
	done := make(chan struct{})
	go func() {
		mu.Lock()
		defer mu.Unlock()
		close(done)
	}()
	mu.RLock()
	read(&mu, use)
	mu.RUnlock()
	<-done
}

func read(mu *sync.RWMutex, use func()) {
	mu.RLock() // want read-lock-recursion[cycle]
	defer mu.RUnlock()
	use()
}

// Conditional locks and unlocks on one condition.
func Conditional(locked bool, use func()) {
	var mu sync.Mutex
	done := make(chan struct{})
	go func() {
		defer close(done)
		mu.Lock()
		defer mu.Unlock()
		use()
	}()
	if locked {
		mu.Lock()
	}
	use()
	if locked {
		mu.Unlock()
	}
	<-done
}

// Once runs what waits for the Once.
func Once() {
	var once sync.Once
	done := make(chan struct{})
	go func() {
		once.Do(func() {})
		close(done)
	}()
	once.Do(func() { <-done }) // want wait-under-lock[cycle]
}

// After runs it when that is over.
func After() {
	var once sync.Once
	done := make(chan struct{})
	go func() {
		once.Do(func() {})
		close(done)
	}()
	once.Do(func() {})
	<-done
}

type transport struct {
	mu     sync.Mutex
	closed bool
	server *server
}

type server struct {
	close sync.Once
	drop  sync.Once
	t     *transport
}

// Close enters the Once of the server with the lock held that is taken in it.
func (t *transport) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	t.server.close.Do(func() {}) // want lock-order[cycle/error]
}

// Close takes them the other way round.
func (s *server) Close() {
	s.close.Do(func() {
		s.t.mu.Lock()
		s.t.server = nil
		s.t.mu.Unlock()
	})
}

// Drop enters another one, in which nothing is taken.
func (t *transport) Drop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.server.drop.Do(func() { t.closed = true })
}

// Drop takes the lock before.
func (s *server) Drop() {
	s.t.mu.Lock()
	s.t.mu.Unlock()
	s.drop.Do(func() {})
}

type listener struct{ mu sync.Mutex }

func (l *listener) pop(stop <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	<-stop // want wait-under-lock[cycle/error]
}

// Passed stops the other only when it has come by the lock, which one goroutine takes for
// another.
func Passed() {
	l := &listener{}
	stop, locked := make(chan struct{}), make(chan struct{})
	defer close(stop)
	go l.pop(stop)
	go func() {
		l.mu.Lock()
		close(locked)
	}()
	<-locked
	l.mu.Unlock()
}

type drainer struct{ mu sync.Mutex }

func (d *drainer) pop(stop <-chan struct{}) {
	d.mu.Lock()
	defer d.mu.Unlock()
	<-stop
}

// PassedLater stops the other before.
func PassedLater() {
	d := &drainer{}
	stop, locked := make(chan struct{}), make(chan struct{})
	go d.pop(stop)
	go func() {
		d.mu.Lock()
		close(locked)
	}()
	close(stop)
	<-locked
	d.mu.Unlock()
}

type roots struct {
	mu   sync.Mutex
	once sync.Once
	all  []int
}

func (r *roots) load() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = []int{1}
}

// All loads first.
func (r *roots) All() []int {
	r.once.Do(r.load)
	return r.all
}

// Replace says that they are loaded.
func (r *roots) Replace(all []int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.all == nil {
		r.all = all
		return
	}
	r.once.Do(func() { panic("not loaded") })
	r.all = all
}

type leaves struct {
	mu   sync.Mutex
	once sync.Once
	all  []int
}

func (l *leaves) load() {
	l.mu.Lock() // want lock-order[cycle/error]
	defer l.mu.Unlock()
	l.all = []int{1}
}

// All loads first.
func (l *leaves) All() []int {
	l.once.Do(l.load)
	return l.all
}

// Replace loads nothing, and lets nobody else.
func (l *leaves) Replace(all []int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.once.Do(func() {
		if all == nil {
			panic("nothing to replace them with")
		}
	})
	l.all = all
}

// host makes connections, and knows them.
type host struct {
	mu    sync.Mutex
	conns map[int]*conn
}

type conn struct {
	mu    sync.Mutex
	ready *sync.Cond
	id    int
}

func (c *conn) prepare() { c.ready = sync.NewCond(&c.mu) }

// Connect asks the host with a lock held that nobody else knows of.
func (h *host) Connect() {
	c := &conn{}
	c.mu.Lock()
	c.prepare()
	h.mu.Lock()
	c.id = len(h.conns)
	h.mu.Unlock()
	c.mu.Unlock()
	h.mu.Lock()
	h.conns[c.id] = c
	h.mu.Unlock()
}

// Close closes all.
func (h *host) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.conns {
		c.mu.Lock()
		c.ready.Broadcast()
		c.mu.Unlock()
	}
}

type exchange struct {
	mu    sync.Mutex
	lines map[int]*line
	idle  chan *line
}

type line struct {
	mu    sync.Mutex
	ready *sync.Cond
	id    int
}

func (l *line) prepare(e *exchange) {
	l.ready = sync.NewCond(&l.mu)
	e.idle <- l
}

// Connect asks the exchange with a lock held that others know of already.
func (e *exchange) Connect() {
	l := &line{}
	l.mu.Lock()
	l.prepare(e)
	e.mu.Lock() // want lock-order[cycle/error]
	l.id = len(e.lines)
	e.mu.Unlock()
	l.mu.Unlock()
}

// Close closes all that have been idle.
func (e *exchange) Close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for l := range e.idle {
		l.mu.Lock()
		l.ready.Broadcast()
		l.mu.Unlock()
	}
}

type index struct {
	mu   sync.Mutex
	seen map[string]bool
}

// insert gives the lock back where it leaves the loop, and after it.
func (x *index) insert(path string) bool {
	x.mu.Lock()
	for part := range strings.SplitSeq(path, "/") {
		if part == "" {
			x.mu.Unlock()
			return false
		}
		x.seen[part] = true
	}
	x.mu.Unlock()
	return true
}

// Insert inserts what it is given into an index of its own.
func Insert(paths []string) int {
	x := &index{seen: map[string]bool{}}
	for _, path := range paths {
		x.insert(path)
	}
	return len(x.seen)
}

type register struct {
	mu   sync.Mutex
	seen map[string]bool
}

// insert gives the lock back after the loop alone.
func (r *register) insert(path string) bool {
	r.mu.Lock()
	for part := range strings.SplitSeq(path, "/") {
		if part == "" {
			return false // want missing-unlock[breach/error]
		}
		r.seen[part] = true
	}
	r.mu.Unlock()
	return true
}

// Register inserts what it is given into a register of its own.
func Register(paths []string) int {
	r := &register{seen: map[string]bool{}}
	for _, path := range paths {
		r.insert(path)
	}
	return len(r.seen)
}

package wakeup

import "sync"

// items is a queue as everybody writes it: who takes from it makes nobody ready.
type items struct {
	mu    sync.Mutex
	c     *sync.Cond
	items []int
	n     int
	stop  bool
}

// NewItems makes one.
func NewItems() *items {
	x := &items{}
	x.c = sync.NewCond(&x.mu)
	return x
}

func (q *items) Pop() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.c.Wait()
	}
	x := q.items[0]
	q.items = q.items[1:]
	return x
}

func (q *items) Pop2() (int, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 && !q.stop {
		q.c.Wait()
	}
	if q.stop {
		return 0, false
	}
	x := q.items[len(q.items)-1]
	q.items = q.items[:len(q.items)-1]
	return x, true
}

func (q *items) Push(n int) {
	q.mu.Lock()
	q.items = append(q.items, n)
	q.mu.Unlock()
	q.c.Signal()
}

func (q *items) Stop() {
	q.mu.Lock()
	q.stop = true
	q.c.Broadcast()
	q.mu.Unlock()
}

// sem counts what is left.
type sem struct {
	mu  sync.Mutex
	c   sync.Cond
	n   int
	use int
}

func (s *sem) Get() {
	s.mu.Lock()
	for s.n == 0 {
		s.c.Wait()
	}
	s.n--
	s.mu.Unlock()
}

func (s *sem) Put() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
	s.c.Signal()
}

// lim counts what is used.
type lim struct {
	mu       sync.Mutex
	c        *sync.Cond
	use, max int
	on       bool
}

func (s *lim) Get() {
	s.mu.Lock()
	for s.use >= s.max || s.on == false {
		s.c.Wait()
	}
	s.use++
	s.mu.Unlock()
}

func (s *lim) Off() {
	s.mu.Lock()
	s.on = false
	s.mu.Unlock()
}

func (s *lim) On() {
	s.mu.Lock()
	s.on = true // want(whole) wake-missing[breach]
	s.mu.Unlock()
}

func (s *lim) Put() {
	s.mu.Lock()
	s.use--
	s.c.Broadcast()
	s.mu.Unlock()
}

// drain waits for nobody to be busy.
type drain struct {
	mu   sync.Mutex
	c    *sync.Cond
	busy int
}

func (d *drain) Idle() {
	d.mu.Lock()
	for d.busy != 0 {
		d.c.Wait()
	}
	d.mu.Unlock()
}

func (d *drain) Begin() { d.mu.Lock(); d.busy++; d.mu.Unlock() }
func (d *drain) End()   { d.mu.Lock(); d.busy--; d.c.Broadcast(); d.mu.Unlock() }
func (d *drain) EndBad() {
	d.mu.Lock()
	d.busy-- // want(whole) wake-missing[breach]
	d.mu.Unlock()
}

// Remove takes one out of the middle.
func (q *items) Remove(i int) {
	q.mu.Lock()
	q.items = append(q.items[:i], q.items[i+1:]...)
	q.mu.Unlock()
}

// Forget adds one and tells nobody.
func (q *items) Forget(n int) {
	q.mu.Lock()
	q.items = append(q.items, n) // want(whole) wake-missing[breach]
	q.mu.Unlock()
}

// Regrow may make the list longer than it was.
func (q *items) Regrow(n int) {
	q.mu.Lock()
	q.items = q.items[:n] // want(whole) wake-missing[breach]
	q.mu.Unlock()
}

// turn is waited for in the body of the loop.
type turn struct {
	mu   sync.Mutex
	c    *sync.Cond
	open bool
	left int
}

// Wait leaves the loop in two ways.
func (t *turn) Wait() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for {
		if t.left == 0 {
			return false
		}
		if t.open {
			break
		}
		t.c.Wait()
	}
	t.open = false
	return true
}

// More makes it wait longer.
func (t *turn) More() {
	t.mu.Lock()
	t.left++
	t.mu.Unlock()
}

// Less may end the wait.
func (t *turn) Less() {
	t.mu.Lock()
	t.left-- // want(whole) wake-missing[breach]
	t.mu.Unlock()
}

// Open ends it.
func (t *turn) Open() {
	t.mu.Lock()
	t.open = true
	t.mu.Unlock()
	t.c.Signal()
}

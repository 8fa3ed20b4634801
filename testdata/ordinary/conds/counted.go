package conds

import "sync"

// tasks are counted, and somebody waits until there are none.
type tasks struct {
	mu   sync.Mutex
	none *sync.Cond
	live int
	left map[int]bool
}

// NewTasks makes one.
func NewTasks() *tasks {
	t := &tasks{left: map[int]bool{}}
	t.none = sync.NewCond(&t.mu)
	return t
}

// Wait waits until none is live.
func (t *tasks) Wait() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.live != 0 {
		t.none.Wait()
	}
}

// WaitLeft waits until none is left.
func (t *tasks) WaitLeft() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.left) > 0 {
		t.none.Wait()
	}
}

// Start makes one live.
func (t *tasks) Start() {
	t.mu.Lock()
	t.live++
	t.mu.Unlock()
}

// Done wakes who waits with the last one.
func (t *tasks) Done() {
	t.mu.Lock()
	t.live--
	if t.live == 0 {
		t.none.Broadcast()
	}
	t.mu.Unlock()
}

// DoneEarly returns where it was not the last.
func (t *tasks) DoneEarly() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.live--
	if t.live > 0 {
		return
	}
	t.none.Broadcast()
}

// Drop wakes where nothing is left.
func (t *tasks) Drop(n int) {
	t.mu.Lock()
	delete(t.left, n)
	if len(t.left) == 0 {
		t.none.Broadcast()
	}
	t.mu.Unlock()
}

// fall leaves it to its caller.
func (t *tasks) fall() bool {
	t.live--
	if t.live != 0 {
		return false
	}
	t.none.Broadcast()
	return true
}

// Fall calls it.
func (t *tasks) Fall() {
	t.mu.Lock()
	t.fall()
	t.mu.Unlock()
}

// DoneBut wakes where one is live still, and not where none is.
func (t *tasks) DoneBut() {
	t.mu.Lock()
	t.live-- // want wake-missing[breach/warning]
	if t.live == 1 {
		t.none.Broadcast()
	}
	t.mu.Unlock()
}

// DoneOther wakes where it was not the last.
func (t *tasks) DoneOther() {
	t.mu.Lock()
	t.live-- // want wake-missing[breach/warning]
	if t.live != 0 {
		t.none.Broadcast()
	}
	t.mu.Unlock()
}

// DoneBefore looks before it counts.
func (t *tasks) DoneBefore() {
	t.mu.Lock()
	live := t.live
	t.live-- // want wake-missing[breach/warning]
	if live == 0 {
		t.none.Broadcast()
	}
	t.mu.Unlock()
}

// seats are waited for until there are fewer than some number.
type seats struct {
	mu    sync.Mutex
	fewer *sync.Cond
	taken int
}

// NewSeats makes one.
func NewSeats() *seats {
	s := &seats{}
	s.fewer = sync.NewCond(&s.mu)
	return s
}

// Take waits for a seat.
func (s *seats) Take(all int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.taken >= all {
		s.fewer.Wait()
	}
	s.taken++
}

// Leave wakes with the last one alone, and others wait for any.
func (s *seats) Leave() {
	s.mu.Lock()
	s.taken-- // want wake-missing[breach/warning]
	if s.taken == 0 {
		s.fewer.Broadcast()
	}
	s.mu.Unlock()
}

// LeaveFor looks at another one.
func LeaveFor(t, other *tasks) {
	t.mu.Lock()
	t.live-- // want wake-missing[breach/warning]
	if other.live == 0 {
		t.none.Broadcast()
	}
	t.mu.Unlock()
}

// DoneOf is of one of many.
func DoneOf(all []*tasks, i, j int) {
	all[i].mu.Lock()
	all[i].live-- // want wake-missing[breach/warning]
	if all[j].live == 0 {
		all[i].none.Broadcast()
	}
	all[i].mu.Unlock()
}

// DoneLetGo gives the lock back and takes it again before it looks.
func (t *tasks) DoneLetGo(f func()) {
	t.mu.Lock()
	t.live-- // want wake-missing[breach/warning]
	t.mu.Unlock()
	f()
	t.mu.Lock()
	if t.live == 0 {
		t.none.Broadcast()
	}
	t.mu.Unlock()
}

// DoneForAll counts the one before, and looks at the next.
func DoneForAll(all []*tasks) {
	var last *tasks
	for _, t := range all {
		if last != nil {
			last.live-- // want wake-missing[breach/warning]
			if t.live == 0 {
				t.none.Broadcast()
			}
		}
		last = t
	}
}

// DoneBy takes off more than one, and may come out below 0.
func (t *tasks) DoneBy(n int) {
	t.mu.Lock()
	t.live -= n // want wake-missing[breach/warning]
	if t.live == 0 {
		t.none.Broadcast()
	}
	t.mu.Unlock()
}

// Forget leaves a map that is there, and empty.
func (t *tasks) Forget() {
	t.mu.Lock()
	clear(t.left) // want wake-missing[breach/warning]
	if t.left == nil {
		t.none.Broadcast()
	}
	t.mu.Unlock()
}

package conds

import "sync"

// crew is counted, and who waits asks more than whether that is 0.
type crew struct {
	mu   sync.Mutex
	idle *sync.Cond
	// Of each there is a wait that asks so.
	helped, closed, pointed, copied, plain int
	all                                    int
}

// NewCrew makes one.
func NewCrew() *crew {
	c := &crew{}
	c.idle = sync.NewCond(&c.mu)
	return c
}

// many reports whether there are many.
func (c *crew) many() bool { return c.helped > 5 }

// WaitHelped asks a method too, which may say that there are few.
func (c *crew) WaitHelped() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.helped != 0 && c.many() {
		c.idle.Wait()
	}
}

// WaitClosed asks a literal too.
func (c *crew) WaitClosed() {
	many := func() bool { return c.closed > 5 }
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.closed != 0 && many() {
		c.idle.Wait()
	}
}

// WaitPointed looks by way of a pointer too.
func (c *crew) WaitPointed() {
	n := &c.pointed
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.pointed != 0 && *n > 5 {
		c.idle.Wait()
	}
}

// WaitCopied asks twice of what it has read once.
func (c *crew) WaitCopied() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for {
		n := c.copied
		if n == 0 || n < 5 {
			return
		}
		c.idle.Wait()
	}
}

// WaitPlain asks nothing but that, and something else of somebody else.
func (c *crew) WaitPlain(quiet func(string)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.plain != 0 {
		quiet("waiting")
		c.idle.Wait()
	}
}

// LeaveHelped wakes with the last one.
func (c *crew) LeaveHelped() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.helped-- // want wake-missing[breach/warning]
	if c.helped == 0 {
		c.idle.Broadcast()
	}
}

// LeaveClosed does too.
func (c *crew) LeaveClosed() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed-- // want wake-missing[breach/warning]
	if c.closed == 0 {
		c.idle.Broadcast()
	}
}

// LeavePointed does too.
func (c *crew) LeavePointed() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pointed-- // want wake-missing[breach/warning]
	if c.pointed == 0 {
		c.idle.Broadcast()
	}
}

// LeaveCopied does too.
func (c *crew) LeaveCopied() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.copied-- // want wake-missing[breach/warning]
	if c.copied == 0 {
		c.idle.Broadcast()
	}
}

// LeavePlain does too.
func (c *crew) LeavePlain() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.plain--
	if c.plain == 0 {
		c.idle.Broadcast()
	}
}

// SetPlain takes one off something else, and may come out below 0.
func (c *crew) SetPlain() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.plain = c.all - 1 // want wake-missing[breach/warning]
	if c.plain == 0 {
		c.idle.Broadcast()
	}
}

// stack is counted in whatever type.
type stack[T ~int | ~float64] struct {
	mu    sync.Mutex
	empty *sync.Cond
	in    T
}

// NewStack makes one.
func NewStack() *stack[float64] {
	s := &stack[float64]{}
	s.empty = sync.NewCond(&s.mu)
	return s
}

// Wait waits until there is less than one, which is not until there is none.
func (s *stack[T]) Wait() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.in >= 1 {
		s.empty.Wait()
	}
}

// Pop wakes with the last one.
func (s *stack[T]) Pop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.in-- // want wake-missing[breach/warning]
	if s.in <= 0 {
		s.empty.Broadcast()
	}
}

// heap is counted in whole numbers.
type heap[T ~int | ~int32] struct {
	mu    sync.Mutex
	empty *sync.Cond
	in    T
}

// NewHeap makes one.
func NewHeap() *heap[int32] {
	h := &heap[int32]{}
	h.empty = sync.NewCond(&h.mu)
	return h
}

// Wait waits until there is none.
func (h *heap[T]) Wait() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.in >= 1 {
		h.empty.Wait()
	}
}

// Pop wakes with the last one.
func (h *heap[T]) Pop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.in--
	if h.in < 1 {
		h.empty.Broadcast()
	}
}

// PopTwo takes off two, and may come out below 0.
func (h *heap[T]) PopTwo() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.in -= 2 // want wake-missing[breach/warning]
	if h.in == 0 {
		h.empty.Broadcast()
	}
}

// Package wakeup waits for predicates whose inputs others change.
package wakeup

import (
	"sync"

	"github.com/fencelint/fencelint/testdata/kern"
)

type list struct{ first, last *node }

type node struct{ next *node }

func (l *list) push(n *node) {
	n.next = nil
	l.first, l.last = n, n
}

type server struct {
	event   kern.WaitQueue
	queue   list
	done    list
	free    int
	blocked bool
	stopped bool
}

func (s *server) ready() bool {
	if s.blocked || s.stopped {
		return false
	}
	return s.queue.first != nil && s.free > 0
}

// Loop waits for something to do.
func (s *server) Loop() {
	for {
		s.event.Wait(func() bool { return s.ready() || s.stopped })
		if s.stopped {
			return
		}
		s.queue.first = nil
		s.free--
	}
}

// Push wakes after the change, which a helper makes.
func (s *server) Push(n *node) {
	s.queue.push(n)
	s.event.Wake()
}

// PushSilently forgets to.
func (s *server) PushSilently(n *node) {
	n.next = nil
	s.queue.first = n // want(whole) wake-missing[breach]
}

// Done puts a node on a list that the predicate does not read.
func (s *server) Done(n *node) { s.done.push(n) }

// Release makes room and wakes in a helper.
func (s *server) Release() {
	s.free++
	s.notify()
}

func (s *server) notify() { s.event.Wake() }

// ReleaseEarly wakes before the change.
func (s *server) ReleaseEarly() {
	s.event.Wake()
	s.free++ // want(whole) wake-missing[breach]
}

// ReleaseSometimes wakes on one path.
func (s *server) ReleaseSometimes(quiet bool) {
	s.free++ // want(whole) wake-missing[breach]
	if quiet {
		return
	}
	s.event.Wake()
}

// Take can only make the predicate false.
func (s *server) Take() { s.free-- }

// Block can only make the predicate false too.
func (s *server) Block() { s.blocked = true }

// Unblock owes a wake, which its caller makes.
func (s *server) unblock() { s.blocked = false }

// Resume is the caller of unblock.
func (s *server) Resume() {
	s.unblock()
	s.event.Wake()
}

// ResumeSilently is a caller that does not.
func (s *server) ResumeSilently() {
	s.open()
}

func (s *server) open() {
	s.blocked = false // want(whole) wake-missing[breach]
}

// New changes what nobody waits for yet.
func New() *server {
	s := &server{}
	s.free = 4
	s.stopped = false
	return s
}

// Fence is signalled by hardware that makes room first.
type Fence struct{ kern.Fence }

type hardware struct {
	event kern.WaitQueue
	room  int
}

// Run waits for room and starts something.
func (h *hardware) Run(f *Fence) {
	h.event.Wait(func() bool { return h.room > 0 })
	f.OnSignal(h.finished)
}

func (h *hardware) finished() { h.event.Wake() }

// Complete makes room and signals: the callback on the fence wakes.
func (h *hardware) Complete(f *Fence) {
	h.room++
	f.Signal(nil)
}

// Other is a fence on which nobody has such a callback.
type Other struct{ kern.Fence }

// CompleteOther makes room and signals a fence that wakes nobody.
func (h *hardware) CompleteOther(f *Other) {
	h.room++ // want(whole) wake-missing[breach]
	f.Signal(nil)
}

type box struct {
	mu    sync.Mutex
	cond  *sync.Cond
	value *node
}

// Get waits on a Cond.
func (b *box) Get() *node {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.value == nil {
		b.cond.Wait()
	}
	return b.value
}

// Put wakes.
func (b *box) Put(n *node) {
	b.mu.Lock()
	b.value = n
	b.cond.Signal()
	b.mu.Unlock()
}

// PutSilently does not.
func (b *box) PutSilently(n *node) {
	b.mu.Lock()
	b.value = n // want(whole) wake-missing[breach]
	b.mu.Unlock()
}

// drained is emptied by loops that ask until there is nothing left.
type drained struct {
	queue kern.WaitQueue
	items []int
	first *drainedItem
	count int
}

type drainedItem struct{ next *drainedItem }

func (d *drained) pop() *drainedItem {
	i := d.first
	if i == nil {
		return nil
	}
	d.first = i.next
	d.count--
	return i
}

// leaky is the same for those who forget.
type leaky struct {
	queue kern.WaitQueue
	first *drainedItem
	count int
}

func (l *leaky) pop() *drainedItem {
	i := l.first
	if i == nil {
		return nil
	}
	l.first = i.next
	l.count-- // want wake-missing[breach]
	return i
}

// Drain wakes for each; the last one that it asks for is not there.
func (d *drained) Drain() {
	for i := d.pop(); i != nil; i = d.pop() {
		d.queue.Wake()
	}
}

// Drain does not.
func (l *leaky) Drain() {
	for i := l.pop(); i != nil; i = l.pop() {
		i.next = nil
	}
}

// Wait waits for room.
func (d *drained) Wait() { d.queue.Wait(func() bool { return d.count < 4 }) }

// Wait waits for room.
func (l *leaky) Wait() { l.queue.Wait(func() bool { return l.count < 4 }) }

// Setup changes what nobody waits for yet, through method values.
func Setup() *server {
	s := &server{}
	for _, step := range []func(){s.open, s.unblock} {
		step()
	}
	return s
}

// Package noheap has code that may not allocate on the Go heap: what the compiler says
// escapes, and what grows.
package noheap

import (
	"fmt"
	"sync/atomic"

	"github.com/fencelint/fencelint/testdata/kern"
)

type event struct{ stamp int }

// Queue keeps events.
type Queue struct {
	events  []event
	free    []event
	names   map[string]int
	last    any
	same    bool
	current *event
	count   atomic.Int64
}

// Escapes keeps what it makes.
//
//fencelint:runs noheap
func (q *Queue) Escapes(stamp int) {
	q.current = &event{stamp} // want(whole) heap-in-noheap[breach/warning]
	v := stamp                // want(whole) heap-in-noheap[breach/warning]
	keep(&v)
}

// Kept is kept.
var Kept *int

func keep(p *int) { Kept = p }

// Stays makes the same, and the compiler keeps it on the stack.
//
//fencelint:runs noheap
func (q *Queue) Stays(stamp int) int {
	e := &event{stamp}
	v := stamp
	return read(&v) + e.stamp
}

func read(p *int) int { return *p }

// Grows appends, inserts, concatenates and converts.
//
//fencelint:runs noheap
func (q *Queue) Grows(e event, name string, raw []byte) {
	q.events = append(q.events, e) // want(whole) heap-in-noheap[breach/warning]
	q.names[name] = e.stamp        // want(whole) heap-in-noheap[breach/warning]
	long := name + "!"             // want(whole) heap-in-noheap[breach/warning]
	text := string(raw)            // want(whole) heap-in-noheap[breach/warning]
	q.same = long == text
}

// InPlace uses what is there.
//
//fencelint:runs noheap
func (q *Queue) InPlace(e event, name string) {
	if n := len(q.events); n < cap(q.events) {
		q.events = q.events[:n+1]
		q.events[n] = e
	}
	delete(q.names, name)
	q.count.Add(1)
}

// Makes makes what has a size of its own.
//
//fencelint:runs noheap
func (q *Queue) Makes(n int) {
	scratch := make([]event, n) // want(whole) heap-in-noheap[breach/warning]
	done := make(chan bool)     // want(whole) heap-in-noheap[breach/warning]
	go func() { close(done) }() // want(whole) heap-in-noheap[breach/warning]
	q.count.Add(int64(len(scratch)))
}

// Fixed makes what fits on the stack.
//
//fencelint:runs noheap
func (q *Queue) Fixed() int {
	scratch := make([]event, 8)
	var words [4]int
	return len(scratch) + len(words)
}

// Boxes stores a value in an interface, which takes a place to point to.
//
//fencelint:runs noheap
func (q *Queue) Boxes(e event) {
	q.last = e // want(whole) heap-in-noheap[breach/warning]
}

// Points stores a pointer, which takes none.
//
//fencelint:runs noheap
func (q *Queue) Points(e *event) { q.last = e }

// Captures makes a function that outlives it.
//
//fencelint:runs noheap
func (q *Queue) Captures(n int) func() int {
	return func() int { return n } // want(whole) heap-in-noheap[breach/warning]
}

// Calls makes one that does not.
//
//fencelint:runs noheap
func (q *Queue) Calls(n int) int {
	twice := func() int { return 2 * n }
	return twice()
}

// Below has it done by others.
//
//fencelint:runs noheap
func (q *Queue) Below(stamp int) { q.push(stamp) }

func (q *Queue) push(stamp int) {
	q.grow()
	q.events[0].stamp = stamp
}

//go:noinline
func (q *Queue) grow() {
	q.events = append(q.events, event{}) // want(whole) heap-in-noheap[breach/warning]
}

// Prints calls into the standard library, which nobody looks into.
//
//fencelint:runs noheap
func (q *Queue) Prints() {
	fmt.Print() // want(whole) heap-in-noheap[breach/warning]
}

func newEvent(stamp int) *event { return &event{stamp} }

// Inlined calls a function that allocates where it stands by itself, and not here.
//
//fencelint:runs noheap
func (q *Queue) Inlined(stamp int) int { return newEvent(stamp).stamp }

// InlinedAndKept calls it too, and keeps what it returns.
//
//fencelint:runs noheap
func (q *Queue) InlinedAndKept(stamp int) {
	q.current = newEvent(stamp) // want(whole) heap-in-noheap[breach/warning]
}

//go:noinline
func newSlowly(stamp int) *event {
	return &event{stamp} // want(whole) heap-in-noheap[breach/warning]
}

// NotInlined calls one that is not inlined.
//
//fencelint:runs noheap
func (q *Queue) NotInlined(stamp int) int { return newSlowly(stamp).stamp }

// stop opens a stretch without heap, start closes it.
//
//fencelint:enters noheap
func stop() {}

//fencelint:leaves noheap
func start() {}

// Region allocates before, in and after such a stretch.
func (q *Queue) Region(e event) {
	q.free = append(q.free, e)
	stop()
	q.events = append(q.events, e) // want(whole) heap-in-noheap[breach/warning]
	start()
	q.current = &event{1}
}

// Free may do all of it.
func (q *Queue) Free(e event) {
	q.events = append(q.events, e)
	q.current = &e
	fmt.Print(q.last)
}

type sink interface{ put(e event) }

type ring struct {
	events [16]event
	next   int
}

func (r *ring) put(e event) {
	r.events[r.next%len(r.events)] = e
	r.next++
}

type list struct{ events []event }

func (l *list) put(e event) {
	l.events = append(l.events, e) // want(whole) heap-in-noheap[breach/warning]
}

// Dynamic has either store it.
//
//fencelint:runs noheap
func (q *Queue) Dynamic(s sink, e event) { s.put(e) }

// Both calls it with each.
func Both(q *Queue) {
	q.Dynamic(&ring{}, event{1})
	q.Dynamic(&list{}, event{2})
}

// Later has it done by others, later: they owe nobody anything.
//
//fencelint:runs noheap
func (q *Queue) Later() { kern.Spawn(background) }

func background() { keep(new(int)) }

// Cleanup defers a function that the compiler keeps on the stack, and one in a loop,
// which it cannot.
//
//fencelint:runs noheap
func (q *Queue) Cleanup(n int) {
	defer func() { q.count.Add(1) }()
	for range n {
		defer func() { q.count.Add(int64(n)) }() // want(whole) heap-in-noheap[breach/warning]
	}
}

func first[T any](of []T) T { return of[0] }

func boxed[T any](v T) *T { return &v }

// Generic uses functions of any type.
//
//fencelint:runs noheap
func (q *Queue) Generic() { q.current = boxed(first(q.events)) } // want(whole) heap-in-noheap[breach/warning]

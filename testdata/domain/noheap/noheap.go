// Package noheap has code that may not allocate on the Go heap: what the compiler says
// escapes, and what grows.
package noheap

import (
	"fmt"
	"sync/atomic"
)

type event struct{ stamp int }

type queue struct {
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
func (q *queue) Escapes(stamp int) {
	q.current = &event{stamp} // want(whole) heap-in-noheap[breach/warning]
	v := stamp                // want(whole) heap-in-noheap[breach/warning]
	keep(&v)
}

var kept *int

func keep(p *int) { kept = p }

// Stays makes the same, and the compiler keeps it on the stack.
//
//fencelint:runs noheap
func (q *queue) Stays(stamp int) int {
	e := &event{stamp}
	v := stamp
	return read(&v) + e.stamp
}

func read(p *int) int { return *p }

// Grows appends, inserts, concatenates and converts.
//
//fencelint:runs noheap
func (q *queue) Grows(e event, name string, raw []byte) {
	q.events = append(q.events, e) // want(whole) heap-in-noheap[breach/warning]
	q.names[name] = e.stamp        // want(whole) heap-in-noheap[breach/warning]
	long := name + "!"             // want(whole) heap-in-noheap[breach/warning]
	text := string(raw)            // want(whole) heap-in-noheap[breach/warning]
	q.same = long == text
}

// InPlace uses what is there.
//
//fencelint:runs noheap
func (q *queue) InPlace(e event, name string) {
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
func (q *queue) Makes(n int) {
	scratch := make([]event, n) // want(whole) heap-in-noheap[breach/warning]
	done := make(chan bool)     // want(whole) heap-in-noheap[breach/warning]
	go func() { close(done) }() // want(whole) heap-in-noheap[breach/warning]
	q.count.Add(int64(len(scratch)))
}

// Fixed makes what fits on the stack.
//
//fencelint:runs noheap
func (q *queue) Fixed() int {
	scratch := make([]event, 8)
	var words [4]int
	return len(scratch) + len(words)
}

// Boxes stores a value in an interface, which takes a place to point to.
//
//fencelint:runs noheap
func (q *queue) Boxes(e event) {
	q.last = e // want(whole) heap-in-noheap[breach/warning]
}

// Points stores a pointer, which takes none.
//
//fencelint:runs noheap
func (q *queue) Points(e *event) { q.last = e }

// Captures makes a function that outlives it.
//
//fencelint:runs noheap
func (q *queue) Captures(n int) func() int {
	return func() int { return n } // want(whole) heap-in-noheap[breach/warning]
}

// Calls makes one that does not.
//
//fencelint:runs noheap
func (q *queue) Calls(n int) int {
	twice := func() int { return 2 * n }
	return twice()
}

// Below has it done by others.
//
//fencelint:runs noheap
func (q *queue) Below(stamp int) { q.push(stamp) }

func (q *queue) push(stamp int) {
	q.grow()
	q.events[0].stamp = stamp
}

//go:noinline
func (q *queue) grow() {
	q.events = append(q.events, event{}) // want(whole) heap-in-noheap[breach/warning]
}

// Prints calls into the standard library, which nobody looks into.
//
//fencelint:runs noheap
func (q *queue) Prints() {
	fmt.Print() // want(whole) heap-in-noheap[breach/warning]
}

func newEvent(stamp int) *event { return &event{stamp} }

// Inlined calls a function that allocates where it stands by itself, and not here.
//
//fencelint:runs noheap
func (q *queue) Inlined(stamp int) int { return newEvent(stamp).stamp }

// InlinedAndKept calls it too, and keeps what it returns.
//
//fencelint:runs noheap
func (q *queue) InlinedAndKept(stamp int) {
	q.current = newEvent(stamp) // want(whole) heap-in-noheap[breach/warning]
}

//go:noinline
func newSlowly(stamp int) *event {
	return &event{stamp} // want(whole) heap-in-noheap[breach/warning]
}

// NotInlined calls one that is not inlined.
//
//fencelint:runs noheap
func (q *queue) NotInlined(stamp int) int { return newSlowly(stamp).stamp }

// stop opens a stretch without heap, start closes it.
//
//fencelint:enters noheap
func stop() {}

//fencelint:leaves noheap
func start() {}

// Region allocates before, in and after such a stretch.
func (q *queue) Region(e event) {
	q.free = append(q.free, e)
	stop()
	q.events = append(q.events, e) // want(whole) heap-in-noheap[breach/warning]
	start()
	q.current = &event{1}
}

// Free may do all of it.
func (q *queue) Free(e event) {
	q.events = append(q.events, e)
	q.current = &e
	fmt.Print(q.last)
}

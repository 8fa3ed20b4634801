// Package funcfield stores functions in struct fields and calls them elsewhere.
package funcfield

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is what completion signals.
type Fence struct{ kern.Fence }

type completion struct {
	fence *Fence
	done  func()
}

// Add stores a callback that allocates.
func Add(c *completion) {
	c.done = func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	}
}

// Complete runs the callback, in the section.
func Complete(c *completion) {
	kern.BeginSignalling()
	c.done()
	kern.EndSignalling()
}

type cleanup struct{ fn func() }

// AddCleanup stores one that runs outside.
func AddCleanup(c *cleanup) {
	c.fn = func() { kern.Alloc(1, kern.Kernel) }
}

// Run runs it outside.
func (c *cleanup) Run() { c.fn() }

// ops is a table of callbacks with contracts.
type ops struct {
	// run starts a job.
	//
	//fencelint:runs signalling
	run func(n int)
	// prepare comes before anything is published.
	prepare func(n int)
	//fencelint:runs atomic
	irq func()
}

// Driver fills the table: what is stored in run is a root.
func Driver() *ops {
	return &ops{
		run: func(n int) {
			kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
		},
		prepare: func(n int) { kern.Alloc(n, kern.Kernel) },
		irq:     irq,
	}
}

func irq() {
	kern.Sleep(1) // want sleep-in-atomic[breach]
}

// GoodDriver fills it with functions that do no such thing.
func GoodDriver() *ops {
	o := &ops{}
	o.run = goodRun
	o.prepare = goodPrepare
	o.irq = func() {}
	return o
}

func goodRun(n int) { kern.Free(nil) }

func goodPrepare(n int) { kern.Alloc(n, kern.Kernel) }

// Use calls them.
func Use(o *ops) {
	o.prepare(1)
	o.run(1)
	o.irq()
}

// handler is a func type whose values run in a section.
//
//fencelint:runs signalling
type handler func(n int)

var handlers []handler

// Handle adds a handler that allocates.
func Handle() {
	handlers = append(handlers, func(n int) {
		kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
	})
}

// HandleGood adds one that does not.
func HandleGood() {
	handlers = append(handlers, func(n int) {})
}

// allocator has a field that allocates with the flags it is given.
type allocator struct {
	//fencelint:allocates flags
	alloc func(n int, flags kern.Flags) *kern.Page
	//fencelint:waits f
	wait func(f *kern.Fence)
}

// Field calls through it.
//
//fencelint:runs signalling
func Field(a *allocator, f *kern.Fence) {
	a.alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	a.alloc(1, kern.NoWait)
	a.wait(f) // want wait-in-signalling[contract]
}

// FieldOutside calls through it outside.
func FieldOutside(a *allocator, f *kern.Fence) {
	a.alloc(1, kern.Kernel)
	a.wait(f)
}

// table keeps functions in a map.
var table = map[string]func(){
	"grow": func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	},
	"free": func() { kern.Free(nil) },
}

// Lookup calls one of them in a section.
func Lookup(name string) {
	fn := table[name]
	kern.BeginSignalling()
	fn()
	kern.EndSignalling()
}

// Package methodvalue calls methods through values and expressions.
package methodvalue

import "github.com/fencelint/fencelint/testdata/kern"

type heap struct{ pages []*kern.Page }

func (h *heap) grow() {
	h.pages = append(h.pages, kern.Alloc(1, kern.Kernel)) // want alloc-in-signalling[contract]
}

func (h *heap) shrink() { h.pages = nil }

func (h *heap) refill() {
	h.pages = append(h.pages, kern.Alloc(1, kern.Kernel))
}

func (h *heap) expand() {
	h.pages = append(h.pages, kern.Alloc(1, kern.Kernel)) // want alloc-in-signalling[contract]
}

// Value calls a method value.
func Value(h *heap) {
	fn := h.grow
	kern.BeginSignalling()
	fn()
	kern.EndSignalling()
}

// Good calls one that frees, and one that allocates only afterwards.
func Good(h *heap) {
	fn, later := h.shrink, h.refill
	kern.BeginSignalling()
	fn()
	kern.EndSignalling()
	later()
}

// Expression calls a method expression.
func Expression(h *heap) {
	kern.BeginSignalling()
	(*heap).expand(h)
	kern.EndSignalling()
}

// Allocator passes a bound allocation on; the flags are its caller's.
func Allocator() {
	alloc := kern.Alloc
	kern.BeginSignalling()
	alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	kern.EndSignalling()
	alloc(1, kern.Kernel)
}

type gate struct{ spin kern.Spin }

// Unlocker takes the unlock along as a method value.
func (g *gate) Unlocker() {
	g.spin.Lock()
	unlock := g.spin.Unlock
	kern.Sleep(1) // want sleep-in-atomic[breach]
	unlock()
	kern.Sleep(1)
}

// lock returns the function that unlocks, as many lock helpers do.
func (g *gate) lock() func() {
	g.spin.Lock()
	return g.spin.Unlock
}

// Scoped holds the lock from the first line to the deferred second call.
func (g *gate) Scoped() {
	defer g.lock()()
	kern.Sleep(1) // want sleep-in-atomic[breach]
}

type job struct{ fence kern.Fence }

func (j *job) run() {
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	j.fence.Signal(nil)
}

func (j *job) runReserved(p *kern.Page) {
	kern.Free(p)
	j.fence.Signal(nil)
}

// Start runs a method value on a goroutine: the receiver brings the fence.
func Start(j *job) {
	go j.run()
}

// StartWork queues one.
func StartWork(w *queue, j *job, p *kern.Page) {
	w.work.Push(func() { j.runReserved(p) })
}

type queue struct {
	//fencelint:workqueue ordered rescuer
	work kern.WorkQueue
}

// hooked is never made an interface, so that its methods are known to nobody but those
// who name them.
type hooked struct {
	fence  *kern.Fence
	before func()
	after  func()
}

func (h *hooked) prepare() { kern.Alloc(1, kern.Kernel) } // want alloc-in-signalling[contract]

func (h *hooked) tidy() { kern.Alloc(1, kern.Kernel) }

// Start keeps method values in fields, for another goroutine to call.
func (h *hooked) Start() {
	prepare := h.prepare
	h.before, h.after = prepare, h.tidy
	go h.run()
}

func (h *hooked) run() {
	h.before()
	h.fence.Signal(nil)
	h.after()
}

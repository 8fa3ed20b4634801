// Package tables fills func-typed fields and interfaces with contracts in all the ways
// there are.
package tables

import "github.com/fencelint/fencelint/testdata/kern"

type ops struct {
	//fencelint:runs signalling
	run func(n int)
	// other has no contract.
	other func(n int)
}

// static is initialised with the package.
var static = ops{
	run: func(n int) {
		kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
	},
	other: func(n int) { kern.Alloc(n, kern.Kernel) },
}

// all is a table of tables.
var all = []ops{{run: first}, {other: second}}

func first(n int) {
	kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
}

func second(n int) { kern.Alloc(n, kern.Kernel) }

// New stores its parameter: the caller's function is the root.
func New(run func(n int)) *ops { return &ops{run: run} }

// UseNew passes one that allocates, and one that does not.
func UseNew() []*ops {
	return []*ops{
		New(func(n int) {
			kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
		}),
		New(func(n int) {}),
	}
}

type driver struct{ pages []*kern.Page }

func (d *driver) run(n int) {
	d.pages = append(d.pages, kern.Alloc(n, kern.Kernel)) // want alloc-in-signalling[contract]
}

func (d *driver) prepare(n int) {
	d.pages = append(d.pages, kern.Alloc(n, kern.Kernel))
}

// Methods stores method values.
func Methods(d *driver) *ops {
	o := &ops{}
	o.run = d.run
	o.other = d.prepare
	return o
}

// Copied is copied as a whole.
func Copied() ops {
	o := ops{run: func(n int) {
		kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
	}}
	p := o
	return p
}

// Chosen is one of two.
func Chosen(big bool) *ops {
	run := func(n int) {}
	if big {
		run = func(n int) {
			kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
		}
	}
	return &ops{run: run}
}

// callback is a type with a contract.
//
//fencelint:runs atomic
type callback func()

func register(cb callback) { registered = append(registered, cb) }

var registered []callback

// Register converts in passing.
func Register() {
	register(func() {
		kern.Sleep(1) // want sleep-in-atomic[breach]
	})
	register(sleeper)
	register(func() {})
}

func sleeper() {
	kern.Sleep(1) // want sleep-in-atomic[breach]
}

// parameter has a contract for its parameter: it runs it now, in atomic.
//
//fencelint:calls fn in atomic
//fencelint:trusted -- an interrupt controller
func parameter(fn func()) { fn() }

// Parameter passes both kinds.
func Parameter() {
	parameter(func() {
		kern.Sleep(1) // want sleep-in-atomic[breach]
	})
	parameter(func() {})
	kern.Sleep(1)
}

// Backend has contracts; Full embeds it.
type Backend interface {
	//fencelint:runs signalling
	Run(n int)
}

// Full is a Backend and more.
type Full interface {
	Backend
	Close()
}

type full struct{}

func (full) Run(n int) {
	kern.Alloc(n, kern.Kernel) // want alloc-in-signalling[contract]
}

func (full) Close() { kern.Alloc(1, kern.Kernel) }

// Open returns one.
func Open() Full { return full{} }

// Generic is a contract with a type parameter.
type Generic[J any] interface {
	//fencelint:runs signalling
	Run(j J)
	Prepare(j J)
}

type ints struct{}

func (ints) Run(j int) {
	kern.Alloc(j, kern.Kernel) // want alloc-in-signalling[contract]
}

func (ints) Prepare(j int) { kern.Alloc(j, kern.Kernel) }

type scheduler[J any] struct{ backend Generic[J] }

func (s *scheduler[J]) push(j J) {
	s.backend.Prepare(j)
	s.backend.Run(j)
}

// Schedule instantiates it.
func Schedule() {
	s := &scheduler[int]{backend: ints{}}
	s.push(1)
}

// Calls calls through the tables.
func Calls(o ops) {
	o.run(1)
	o.other(1)
	static.run(1)
	for _, o := range all {
		o.other(1)
	}
	for _, cb := range registered {
		cb()
	}
}

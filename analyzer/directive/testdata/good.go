// Package good has every directive, well written.
//
// Prose may say that fencelint: the tool reads them, and show one:
//
//	//fencelint:waits f
package good

//fencelint:fence
type Fence struct{ done bool }

//fencelint:lock over=fence,reclaim
type ResvLock struct{}

//fencelint:lock spin
type SpinLock struct{}

type (
	//fencelint:pool
	Pool struct{}

	// Queue is a wait queue.
	//fencelint:waitqueue
	Queue struct{}

	WorkQueue struct{} //fencelint:workqueue ordered
)

// Flags are allocation flags.
//
//fencelint:gfp reclaim=Direct io=IO fs=FS
type Flags uint32

const (
	Direct Flags = 1 << 10
	IO     Flags = 1 << 6
	FS     Flags = 1 << 7
	Kernel       = Direct | IO | FS
)

//fencelint:workqueue rescuer // for the driver
var system WorkQueue

// Func is a named func type.
//
//fencelint:runs atomic
type Func func(f *Fence)

type inner struct {
	Fence *Fence
}

// Device has fields of all sorts.
type Device struct {
	inner
	//fencelint:fence
	ready chan struct{}
	a, b  WorkQueue //fencelint:workqueue rescuer ordered

	// shrink is called by reclaim.
	//fencelint:runs reclaim
	shrink, other func(n int) int
	queue         Queue
}

// Backend is an interface with contracts.
type Backend interface {
	//fencelint:runs signalling
	RunJob(*Fence) *Fence
	//fencelint:waits arg0
	//fencelint:signals ret0
	Exchange(*Fence) *Fence

	Free() //fencelint:runs reclaim,notifier
}

// Wait waits.
//
//fencelint:waits f -- that is what it is for
func (f *Fence) Wait() {}

//fencelint:waits f bounded
func WaitFor(f *Fence, ticks int) {}

//fencelint:waits q until pred
func WaitEvent(q *Queue, pred func() bool) {}

//fencelint:wakes d.queue
func (d *Device) Kick() {}

//fencelint:signals recv
func (*Fence) Signal() {}

//fencelint:publishes d.Fence
//fencelint:takes arg1
func Push(d *Device, _ *Fence) {}

//fencelint:acquires recv shared try
func (*ResvLock) TryRead() bool { return true }

//fencelint:releases l
func (l *ResvLock) Unlock() {}

//fencelint:acquires ret0
func (p *Pool) Get() (slot int) { return 0 }

//fencelint:allocates flags
func Alloc(flags Flags) {}

//go:noinline
//fencelint:allocates
//fencelint:sleeps bounded
func New() *Fence { return nil }

//fencelint:sleeps
//fencelint:blocks
func Sleep() {}

//fencelint:enters signalling
func Begin() {}

//fencelint:leaves signalling
func End() {}

//fencelint:calls fn in nofs,noio
//fencelint:calls done async
func Scoped(fn func(), done func()) {}

//fencelint:queues w.run on q
func (q *WorkQueue) Queue(w *Work) {}

// Work is queued.
type Work struct{ run func() }

//fencelint:flushes q
func (q *WorkQueue) Flush() {}

//fencelint:trusted -- written in assembly // by hand
func Trusted() {}

// Box is generic.
type Box[K comparable, V any] struct {
	//fencelint:calls arg0
	each func(func(K, V))
}

//fencelint:calls fn
func (b *Box[X, _]) Each(fn func(X)) {}

//fencelint:ignore alloc-in-signalling,sleep-in-atomic until=2031-02-03 -- see https://example.org/7
func Old() {
	Alloc(Kernel)
}

//fencelint:ignore gfp-dropped -- made once
var first = New()

func statements(d *Device, c chan int) {
	Alloc(Kernel) //fencelint:ignore alloc-in-signalling -- same line
	//fencelint:ignore wait-cycle -- of two lines
	WaitFor(nil,
		1)
	//fencelint:ignore lock-order -- header only
	for range c {
		Sleep()
	}
	//fencelint:ignore no-partner -- outer
	//fencelint:ignore pool-cycle -- and this
	go func() {
		Sleep()
	}()
	select {
	//fencelint:ignore wait-spins -- a clause
	case <-c:
		Sleep()
	}
	if d == nil {
		//fencelint:ignore queue-cycle -- else
	} else if d.a == d.b {
		Sleep()
	}
	Scoped(
		//fencelint:ignore double-lock -- an argument
		func() {},
		nil,
	)
}

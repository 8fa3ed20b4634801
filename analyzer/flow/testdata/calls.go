package calls

import (
	"iter"
	"sync"
	"time"
)

type backend interface {
	// Run starts a job.
	//
	//fencelint:runs signalling
	Run(n int)

	// Prepare allocates.
	//
	//fencelint:sleeps
	Prepare()
}

type hardware struct{ mu sync.Mutex }

func (h *hardware) Run(n int) { h.mu.Lock(); defer h.mu.Unlock() }
func (h *hardware) Prepare()  {}

type dummy struct{}

func (dummy) Run(n int) {}
func (dummy) Prepare()  {}

func invoke(b backend) {
	b.Prepare()
	b.Run(1)
}

func invokes(h *hardware) { invoke(h); invoke(dummy{}) }

type ops struct {
	// begin is called first.
	//
	//fencelint:sleeps bounded
	begin func()
	end   func()
}

func fields(o *ops) {
	o.begin()
	o.end()
}

func newOps(h *hardware) *ops {
	return &ops{begin: h.Prepare, end: func() { h.Run(2) }}
}

func parameter(f func(int), n int) { f(n) }

func pass(h *hardware, g func(int)) {
	parameter(h.Run, 1)
	parameter(func(n int) { h.mu.Lock(); h.mu.Unlock() }, 2)
	parameter(g, 3)
	var chosen func(int)
	if h != nil {
		chosen = h.Run
	} else {
		chosen = g
	}
	chosen(4)
	(*hardware).Run(h, 5)
}

//fencelint:calls f in atomic
func atomically(f func()) { f() }

//fencelint:calls f async
func later(f func()) { go f() }

func hands(h *hardware, f func()) {
	atomically(h.Prepare)
	atomically(f)
	later(func() { h.Run(1) })
	later(f)
}

type box[T any] struct {
	mu    sync.Mutex
	value T
	hook  func(T)
}

func (b *box[T]) get() T {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hook(b.value)
	return b.value
}

func generic(b *box[int], c *box[string]) {
	_ = b.get()
	_ = c.get()
}

func each(t *box[int]) iter.Seq[int] {
	return func(yield func(int) bool) {
		t.mu.Lock()
		defer t.mu.Unlock()
		yield(t.value)
	}
}

func ranges(t *box[int], h *hardware) int {
	for n := range each(t) {
		h.mu.Lock()
		defer h.mu.Unlock()
		if n > 3 {
			return n
		}
		time.Sleep(1)
	}
	return 0
}

func spawns(h *hardware, f func()) {
	h.mu.Lock()
	go h.Run(1)
	go func() { h.Run(2) }()
	go f()
	h.mu.Unlock()
}

func odd(n int, mu *sync.Mutex) {
	mu.Lock()
	mu.Unlock()
	if n > 0 {
		even(n-1, mu)
	}
}

func even(n int, mu *sync.Mutex) {
	if n > 0 {
		odd(n-1, mu)
	}
}

var never = func() { panic("never") }

func stops() { panic("stops") }

func after(h *hardware) {
	if h == nil {
		h.mu.Lock()
		stops()
	}
	time.Sleep(1)
}

type locker interface {
	Lock()
	Unlock()
}

func under(l locker, f func()) {
	l.Lock()
	f()
	l.Unlock()
}

func handsLock(h *hardware) {
	under(&h.mu, func() { time.Sleep(1) })
	var f func(time.Duration)
	if h == nil {
		f = time.Sleep
	} else {
		f = func(time.Duration) {}
	}
	f(1)
}

var pool = sync.Pool{New: func() any { time.Sleep(1); return nil }}

func pools() { pool.Get() }

// Package trylock takes locks that may refuse: held on the branch where they did not.
package trylock

import "github.com/fencelint/fencelint/testdata/kern"

type device struct {
	lru  kern.Mutex
	resv kern.Resv
	jobs []int
}

// fill holds the lock over an allocation.
func (d *device) fill() {
	d.lru.Lock()
	kern.Alloc(1, kern.Kernel)
	d.lru.Unlock()
}

// Scan only tries: contended means skip.
func (d *device) Scan(n int) int {
	if !d.lru.TryLock() {
		return 0
	}
	defer d.lru.Unlock()
	if !d.resv.TryLock() {
		return 0
	}
	d.resv.Unlock()
	return n
}

type blocking struct {
	lru  kern.Mutex
	resv kern.Resv
}

func (b *blocking) fill() {
	b.lru.Lock()
	kern.Alloc(1, kern.Kernel)
	b.lru.Unlock()
}

// Scan blocks on both.
func (b *blocking) Scan(n int) int {
	b.lru.Lock() // want lock-in-reclaim[cycle]
	b.lru.Unlock()
	b.resv.Lock() // want lock-in-reclaim[contract]
	b.resv.Unlock()
	return n
}

// Init registers both.
func Init() {
	d, b := &device{}, &blocking{}
	kern.Register(d)
	kern.Register(b)
	d.fill()
	b.fill()
}

type tried struct{ lru kern.Mutex }

// fill holds the lock over an allocation where the try succeeded.
func (t *tried) fill() {
	if t.lru.TryLock() {
		kern.Alloc(1, kern.Kernel)
		t.lru.Unlock()
	}
}

// Scan blocks on a lock that somebody tried and got.
func (t *tried) Scan(n int) int {
	t.lru.Lock() // want lock-in-reclaim[cycle]
	t.lru.Unlock()
	return n
}

type refused struct{ lru kern.Mutex }

// fill allocates only where the try failed: nothing is held there.
func (r *refused) fill() {
	if !r.lru.TryLock() {
		kern.Alloc(1, kern.Kernel)
		return
	}
	r.lru.Unlock()
	kern.Alloc(1, kern.Kernel)
}

// Scan may block on it.
func (r *refused) Scan(n int) int {
	r.lru.Lock()
	r.lru.Unlock()
	return n
}

type slow struct{ lru kern.Mutex }

// tryLock is called a try and blocks: helpers are judged by their body.
func (s *slow) tryLock() bool {
	s.lru.Lock() // want lock-in-reclaim[cycle]
	return true
}

func (s *slow) fill() {
	s.lru.Lock()
	kern.Alloc(1, kern.Kernel)
	s.lru.Unlock()
}

// Scan uses the helper.
func (s *slow) Scan(n int) int {
	if s.tryLock() {
		s.lru.Unlock()
	}
	return n
}

// InitMore registers the rest.
func InitMore() {
	t, r, s := &tried{}, &refused{}, &slow{}
	kern.Register(t)
	kern.Register(r)
	kern.Register(s)
	t.fill()
	r.fill()
	s.fill()
}

type interruptible struct{ resv kern.Resv }

// Submit holds the reservation where there was no error, and not where there was.
func (i *interruptible) Submit() error {
	if err := i.resv.LockInterruptible(); err != nil {
		return err
	}
	kern.Alloc(1, kern.Kernel)
	i.resv.Unlock()
	return nil
}

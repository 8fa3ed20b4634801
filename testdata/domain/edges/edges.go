// Package edges has what is no edge, and what is one only by a detour.
package edges

import "github.com/fencelint/fencelint/testdata/kern"

// Bounded is waited for by a shrinker that gives up; Polled by one that looks.
type (
	// Bounded is one class.
	Bounded struct{ kern.Fence }
	// Polled is another.
	Polled struct{ kern.Fence }
	// Locked is waited for under a lock that the shrinker takes.
	Locked struct{ kern.Fence }
	// Worked is waited for by work that the shrinker flushes.
	Worked struct{ kern.Fence }
	// Deep is waited for three calls down, through an interface.
	Deep struct{ kern.Fence }
)

type shrinker struct {
	bounded *Bounded
	polled  *Polled
	locked  *Locked
	lru     kern.Mutex
	deep    waiter
	//fencelint:workqueue rescuer
	work   kern.WorkQueue
	worked *Worked
}

type waiter interface{ wait() }

type deep struct{ fence *Deep }

func (d *deep) wait()   { d.really() }
func (d *deep) really() { d.fence.Wait() }

// Scan waits in all those ways.
func (s *shrinker) Scan(n int) int {
	if s.bounded.WaitFor(10) && s.polled.Done() {
		return 0
	}
	s.lru.Lock()
	s.lru.Unlock()
	s.deep.wait()
	s.work.Flush()
	return n
}

// evict holds the lock that Scan takes over a wait.
func (s *shrinker) evict() {
	s.lru.Lock()
	s.locked.Wait()
	s.lru.Unlock()
}

// retire queues the work that Scan flushes.
func (s *shrinker) retire() {
	s.work.Push(func() { s.worked.Wait() })
}

// Init registers it.
func Init() {
	s := &shrinker{deep: &deep{}}
	kern.Register(s)
	s.evict()
	s.retire()
}

// CompleteBounded allocates: reclaim gives up, but another driver's may not.
func CompleteBounded(f *Bounded) {
	go func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		f.Signal(nil)
	}()
}

// CompletePolled does.
func CompletePolled(f *Polled) {
	go func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		f.Signal(nil)
	}()
}

// CompleteLocked does: reclaim waits for the lock, its holder for the fence.
func CompleteLocked(f *Locked) {
	go func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[cycle]
		f.Signal(nil)
	}()
}

// CompleteWorked does: reclaim flushes, the work waits.
func CompleteWorked(f *Worked) {
	go func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[cycle]
		f.Signal(nil)
	}()
}

// CompleteDeep does.
func CompleteDeep(f *Deep) {
	go func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[cycle]
		f.Signal(nil)
	}()
}

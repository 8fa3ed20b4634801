// Package notifier has what an MMU notifier may do and may not. Notifiers run in
// reclaim whatever the flags say: NOFS and NOIO do not keep them out.
package notifier

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is waited for by a notifier.
type Fence struct{ kern.Fence }

type mirror struct {
	fence *Fence
	lock  kern.Mutex
	tlb   kern.Mutex
	irq   chan int
	work  kern.WorkQueue
	//fencelint:workqueue rescuer
	rescued kern.WorkQueue
}

// map_ holds a notifier's lock over an allocation; NOIO is no help.
func (m *mirror) map_() {
	m.lock.Lock()
	kern.Alloc(1, kern.NoIO)
	m.lock.Unlock()
	m.irq <- 1
}

// flush holds the other one over nothing.
func (m *mirror) flush() {
	m.tlb.Lock()
	m.tlb.Unlock()
}

// Invalidate waits for the device, as it may, and does what it may not.
func (m *mirror) Invalidate(start, end uint64) {
	m.fence.Wait()
	m.tlb.Lock()
	m.tlb.Unlock()
	m.rescued.Flush()
	m.lock.Lock() // want lock-in-reclaim[cycle]
	m.lock.Unlock()
	kern.Alloc(1, kern.NoIO) // want alloc-in-reclaim[cycle]
	m.work.Flush()           // want block-in-reclaim[breach]
	<-m.irq                  // want block-in-reclaim[cycle]
}

// Init watches.
func Init() {
	m := &mirror{}
	kern.Watch(m)
	m.map_()
	m.flush()
	m.work.Push(m.flush)
}

// Start allocates without IO while a notifier waits for its fence.
func Start(f *Fence) {
	go func() {
		kern.Alloc(1, kern.NoIO) // want alloc-in-signalling[cycle]
		f.Signal(nil)
	}()
}

// StartGood does not reclaim at all.
func StartGood(f *Fence) {
	go func() {
		kern.Free(kern.Alloc(1, kern.NoWait))
		f.Signal(nil)
	}()
}

type scoped struct{ lock kern.Mutex }

// fill keeps reclaim out while it holds the lock.
func (s *scoped) fill() {
	kern.NoReclaimSave()
	s.lock.Lock()
	kern.Alloc(1, kern.Kernel)
	s.lock.Unlock()
	kern.NoReclaimRestore()
}

// Invalidate may take it.
func (s *scoped) Invalidate(start, end uint64) {
	s.lock.Lock()
	s.lock.Unlock()
}

type unlocked struct{ lock kern.Mutex }

// fill drops the lock for the allocation and takes it again.
func (u *unlocked) fill() {
	u.lock.Lock()
	u.lock.Unlock()
	kern.Alloc(1, kern.Kernel)
	u.lock.Lock()
	u.lock.Unlock()
}

// Invalidate may take it.
func (u *unlocked) Invalidate(start, end uint64) {
	u.lock.Lock()
	u.lock.Unlock()
}

// InitMore watches the rest.
func InitMore() {
	s, u := &scoped{}, &unlocked{}
	kern.Watch(s)
	kern.Watch(u)
	s.fill()
	u.fill()
}

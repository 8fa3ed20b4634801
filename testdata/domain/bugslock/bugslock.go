// Package bugslock is the second part of the catalogue of real bugs: locks that carry
// an allocation or a wait into the way to a signal. A shrinker waits for Fence.
package bugslock

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is a hardware fence that reclaim waits for.
type Fence struct{ kern.Fence }

type shrinker struct{ busy []*Fence }

// Scan waits for what is busy.
func (s *shrinker) Scan(n int) int {
	for _, f := range s.busy {
		f.Wait()
	}
	return n
}

// Init registers it.
func Init() { kern.Register(&shrinker{}) }

// pm is power management, another subsystem: its lock is held over an allocation in a
// helper three calls down.
type pm struct {
	lock  kern.Mutex
	users []*kern.Page
}

func (p *pm) get() {
	p.lock.Lock() // want lock-in-signalling[cycle]
	defer p.lock.Unlock()
	p.users = p.users[:0]
}

// AddUser is called at probe.
func (p *pm) AddUser() {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.link()
}

func (p *pm) link()   { p.notify() }
func (p *pm) notify() { p.users = append(p.users, kern.Alloc(8, kern.Kernel)) }

type msm struct{ pm *pm }

//fencelint:runs signalling
func (m *msm) run(f *Fence) {
	m.devfreq()
	f.Signal(nil)
}

func (m *msm) devfreq() { m.pm.get() }

// narrow has a lock of its own for what run needs.
type narrow struct {
	lock, bandwidth kern.Mutex
	users           []*kern.Page
	rate            int
}

// AddUser allocates before it locks.
func (n *narrow) AddUser() {
	p := kern.Alloc(8, kern.Kernel)
	n.lock.Lock()
	n.users = append(n.users, p)
	n.lock.Unlock()
}

//fencelint:runs signalling
func (n *narrow) run(f *Fence) {
	n.bandwidth.Lock()
	n.rate++
	n.bandwidth.Unlock()
	f.Signal(nil)
}

// display takes reservations on the way to its flip fence.
type display struct {
	resv  kern.Resv
	modes kern.Mutex
	flags int
	flip  *Fence
}

func (d *display) commit() {
	d.resv.Lock() // want lock-in-signalling[contract]
	d.flags++
	d.resv.Unlock()
	d.flip.Signal(nil)
}

// Commit starts the tail of a commit.
func (d *display) Commit() { go d.commit() }

// validated has read the flags before the tail began.
type validated struct {
	resv  kern.Resv
	flags int
	flip  *Fence
}

// Commit reads them.
func (v *validated) Commit() {
	v.resv.Lock()
	flags := v.flags
	v.resv.Unlock()
	go func() {
		v.flags = flags
		v.flip.Signal(nil)
	}()
}

// reset suspends the display, which waits for a flip under the modes' lock.
type reset struct {
	display *display
	ring    *Fence
}

// Flip holds the modes' lock until the ring is done.
func (r *reset) Flip() {
	r.display.modes.Lock()
	r.ring.Wait()
	r.display.modes.Unlock()
}

//fencelint:runs signalling
func (r *reset) timedOut() {
	r.display.modes.Lock() // want lock-in-signalling[cycle]
	r.display.modes.Unlock()
	r.ring.Signal(nil)
}

// runtime resumes under a reservation, and resuming takes one.
type runtime struct {
	resv, inner kern.Resv
	fence       *Fence
}

func (r *runtime) resume() {
	r.inner.Lock() // want lock-in-signalling[contract]
	r.inner.Unlock()
}

//fencelint:runs signalling
func (r *runtime) run() {
	r.resume()
	r.fence.Signal(nil)
}

// kfd is the series of four: a lock that a notifier takes, held over an allocation.
// First it was moved out, then NOIO, then NOFS, then a scope, then dropped.
type kfd struct{ plain, noio, nofs, noreclaim, dropped, outside kern.Mutex }

// Invalidate evicts.
func (k *kfd) Invalidate(start, end uint64) {
	k.plain.Lock() // want lock-in-reclaim[cycle]
	k.plain.Unlock()
	k.noio.Lock() // want lock-in-reclaim[cycle]
	k.noio.Unlock()
	k.nofs.Lock() // want lock-in-reclaim[cycle]
	k.nofs.Unlock()
	k.noreclaim.Lock()
	k.noreclaim.Unlock()
	k.dropped.Lock()
	k.dropped.Unlock()
	k.outside.Lock()
	k.outside.Unlock()
}

func (k *kfd) fill() *kern.Page {
	k.plain.Lock()
	kern.Alloc(1, kern.Kernel)
	k.plain.Unlock()

	k.noio.Lock()
	kern.Alloc(1, kern.NoIO)
	k.noio.Unlock()

	kern.NoFSSave()
	k.nofs.Lock()
	kern.Alloc(1, kern.Kernel)
	k.nofs.Unlock()
	kern.NoFSRestore()

	kern.NoReclaimSave()
	k.noreclaim.Lock()
	kern.Alloc(1, kern.Kernel)
	k.noreclaim.Unlock()
	kern.NoReclaimRestore()

	k.dropped.Lock()
	k.dropped.Unlock()
	kern.Alloc(1, kern.Kernel)
	k.dropped.Lock()
	k.dropped.Unlock()

	p := kern.Alloc(1, kern.Kernel)
	k.outside.Lock()
	defer k.outside.Unlock()
	return p
}

// InitKFD watches.
func InitKFD() {
	k := &kfd{}
	kern.Watch(k)
	k.fill()
}

// hotplug is the cycle of three: the shrinker takes vm, somebody holds vm and takes
// hotplug, somebody holds hotplug and allocates.
type hotplug struct{ vm, cpus kern.Mutex }

func (h *hotplug) stopMachine() {
	h.vm.Lock()
	h.cpus.Lock()
	h.cpus.Unlock()
	h.vm.Unlock()
}

func (h *hotplug) online() {
	h.cpus.Lock()
	kern.Alloc(1, kern.Kernel)
	h.cpus.Unlock()
}

// Scan unbinds.
func (h *hotplug) Scan(n int) int {
	h.vm.Lock() // want lock-in-reclaim[cycle]
	h.vm.Unlock()
	return n
}

// InitHotplug registers it.
func InitHotplug() {
	h := &hotplug{}
	kern.Register(h)
	h.stopMachine()
	h.online()
}

// hotplugTry only tries.
type hotplugTry struct{ vm, cpus kern.Mutex }

func (h *hotplugTry) stopMachine() {
	h.vm.Lock()
	h.cpus.Lock()
	h.cpus.Unlock()
	h.vm.Unlock()
}

func (h *hotplugTry) online() {
	h.cpus.Lock()
	kern.Alloc(1, kern.Kernel)
	h.cpus.Unlock()
}

// Scan unbinds if it can.
func (h *hotplugTry) Scan(n int) int {
	if !h.vm.TryLock() {
		return 0
	}
	h.vm.Unlock()
	return n
}

// InitHotplugTry registers it.
func InitHotplugTry() {
	h := &hotplugTry{}
	kern.Register(h)
	h.stopMachine()
	h.online()
}

// retire waits in the scan for the timeline, which others hold over an allocation.
type retire struct {
	timeline kern.Mutex
	idle     chan int
	//fencelint:workqueue ordered
	plain kern.WorkQueue
}

func (r *retire) request() {
	r.timeline.Lock()
	r.emit()
	r.timeline.Unlock()
	r.idle <- 1
	r.plain.Push(r.emit)
}

func (r *retire) emit() { kern.Alloc(1, kern.Kernel) }

// Scan waits, retires and flushes.
func (r *retire) Scan(n int) int {
	<-r.idle          // want block-in-reclaim[cycle]
	r.timeline.Lock() // want lock-in-reclaim[cycle]
	r.timeline.Unlock()
	r.plain.Flush() // want block-in-reclaim[cycle]
	return n
}

// InitRetire registers it.
func InitRetire() {
	r := &retire{}
	kern.Register(r)
	r.request()
}

// debug allocates in a helper that only debugging needs, under the reset lock.
type debug struct {
	lock  kern.Mutex
	fence *Fence
	trace bool
}

func (d *debug) track() {
	if d.trace {
		kern.Alloc(1, kern.NoFS)
	}
}

func (d *debug) get() {
	d.lock.Lock()
	d.track()
	d.lock.Unlock()
}

//fencelint:runs signalling
func (d *debug) timedOut() {
	d.lock.Lock() // want lock-in-signalling[cycle]
	d.lock.Unlock()
	d.fence.Signal(nil)
}

// Use keeps the rest in use.
func Use(m *msm, n *narrow, r *reset, rt *runtime, d *debug, f *Fence) {
	m.run(f)
	n.run(f)
	r.timedOut()
	rt.run()
	d.get()
	d.timedOut()
}

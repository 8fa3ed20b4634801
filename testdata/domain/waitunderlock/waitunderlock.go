// Package waitunderlock waits with a lock held, for what does or does not need it.
package waitunderlock

import (
	"sync"

	"github.com/fencelint/fencelint/testdata/kern"
)

type device struct {
	mu    kern.Mutex
	std   sync.Mutex
	rw    sync.RWMutex
	ro    sync.RWMutex
	other sync.Mutex
	group sync.WaitGroup
	ready *sync.Cond
	idle  kern.WaitQueue
	busy  kern.WaitQueue
	reply chan int
	mixed chan int
	plain chan int
	done  chan struct{}
	n     int
	set   bool // for the Cond
	quiet bool // for idle
	found bool // for busy
}

// Group waits for goroutines that need the lock it holds.
func (d *device) Group() {
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		d.count()
	}()
	d.std.Lock()
	defer d.std.Unlock()
	group.Wait() // want wait-under-lock[cycle/error]
}

func (d *device) count() {
	d.std.Lock()
	d.n++
	d.std.Unlock()
}

// GroupGood waits for them first.
func (d *device) GroupGood() {
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		d.count()
	}()
	group.Wait()
	d.std.Lock()
	defer d.std.Unlock()
}

// GroupGo has the group start them.
func (d *device) GroupGo() {
	var group sync.WaitGroup
	group.Go(d.count)
	d.std.Lock()
	group.Wait() // want wait-under-lock[cycle]
	d.std.Unlock()
}

// GroupFree has them need nothing.
func (d *device) GroupFree() {
	var group sync.WaitGroup
	group.Go(func() { d.n++ })
	d.std.Lock()
	group.Wait()
	d.std.Unlock()
}

// Done receives what is sent with the lock taken before.
func (d *device) Done() {
	done := make(chan struct{})
	go func() {
		defer close(done)
		d.count()
	}()
	d.std.Lock()
	<-done // want wait-under-lock[cycle/error]
	d.std.Unlock()
}

// DoneGood lets go of the lock.
func (d *device) DoneGood() {
	done := make(chan struct{})
	go func() {
		defer close(done)
		d.count()
	}()
	d.std.Lock()
	d.n++
	d.std.Unlock()
	<-done
}

// DoneFirst closes before it takes the lock.
func (d *device) DoneFirst() {
	done := make(chan struct{})
	go func() {
		close(done)
		d.count()
	}()
	d.std.Lock()
	<-done
	d.std.Unlock()
}

// Field waits for a channel that lives beside the lock.
func (d *device) Field() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return <-d.reply // want wait-under-lock[cycle]
}

// Answer needs the lock.
func (d *device) Answer() {
	d.mu.Lock()
	n := d.n
	d.mu.Unlock()
	d.reply <- n
}

// Mixed has one sender that needs the lock and one that does not.
func (d *device) Mixed() {
	d.mu.Lock()
	<-d.mixed
	d.mu.Unlock()
}

func (d *device) MixedLocked() {
	d.mu.Lock()
	d.mixed <- 1
	d.mu.Unlock()
}

func (d *device) MixedFree() { d.mixed <- 1 }

// Early has a sender that takes the lock where it fails, and sends nothing then.
func (d *device) Early() {
	d.mu.Lock()
	<-d.plain
	d.mu.Unlock()
}

func (d *device) EarlySend(fail bool) {
	if fail {
		d.mu.Lock()
		d.n++
		d.mu.Unlock()
		return
	}
	d.plain <- 1
}

// Worker serves one request after another: the lock is taken before it asks for the
// next, not before it answers.
type request struct{ done chan int }

func (d *device) Worker(in chan *request) {
	for {
		d.mu.Lock()
		d.n++
		d.mu.Unlock()
		r := <-in
		r.done <- 1
	}
}

func (d *device) Ask(r *request) {
	d.mu.Lock()
	<-r.done
	d.mu.Unlock()
}

// Read holds a share while it waits for who wants one as well, and stands behind who
// waits to write.
func (d *device) Read() {
	done := make(chan struct{})
	go func() {
		d.rw.RLock()
		d.rw.RUnlock()
		close(done)
	}()
	d.rw.RLock()
	<-done // want wait-under-lock[cycle]
	d.rw.RUnlock()
}

// ReadOnly is Read of a lock that nobody takes to write.
func (d *device) ReadOnly() {
	done := make(chan struct{})
	go func() {
		d.ro.RLock()
		d.ro.RUnlock()
		close(done)
	}()
	d.ro.RLock()
	<-done
	d.ro.RUnlock()
}

// ReadWrite waits for who wants to write.
func (d *device) ReadWrite() {
	done := make(chan struct{})
	go func() {
		d.rw.Lock()
		d.rw.Unlock()
		close(done)
	}()
	d.rw.RLock()
	<-done // want wait-under-lock[cycle]
	d.rw.RUnlock()
}

// Cond gives its own lock up while it waits; the other one it keeps.
func (d *device) Cond() {
	d.std.Lock()
	for !d.set {
		d.ready.Wait()
	}
	d.std.Unlock()
}

func (d *device) CondOuter() {
	d.other.Lock()
	d.std.Lock()
	for !d.set {
		d.ready.Wait() // want wait-under-lock[cycle]
	}
	d.std.Unlock()
	d.other.Unlock()
}

func (d *device) CondSignal() {
	d.other.Lock()
	d.set = true
	d.other.Unlock()
	d.ready.Signal()
}

// CondInner waits three calls down.
func (d *device) CondInner() {
	d.std.Lock()
	defer d.std.Unlock()
	d.waitReady()
}

func (d *device) waitReady() {
	for !d.set {
		d.ready.Wait()
	}
}

// NewDevice makes the Cond.
func NewDevice() *device {
	d := &device{}
	d.ready = sync.NewCond(&d.std)
	return d
}

// Idle waits for a wake with the lock held that comes before the wake.
func (d *device) Idle() {
	d.mu.Lock()
	d.idle.Wait(func() bool { return d.quiet }) // want wait-under-lock[cycle]
	d.mu.Unlock()
}

func (d *device) IdleWake() {
	d.mu.Lock()
	d.quiet = true
	d.mu.Unlock()
	d.idle.Wake()
}

// Busy is woken without it.
func (d *device) Busy() {
	d.mu.Lock()
	d.mu.Unlock()
	d.busy.Wait(func() bool { return d.found })
}

func (d *device) BusyWake() {
	d.mu.Lock()
	d.found = true
	d.mu.Unlock()
	d.busy.Wake()
}

// StopFence is signalled by whoever asks for it, on nobody's behalf.
type StopFence struct{ kern.Fence }

// Stop waits for it under the lock.
func (d *device) Stop(f *StopFence) {
	d.mu.Lock()
	f.Wait()
	d.mu.Unlock()
}

// tree has a lock in each node.
type tree struct {
	mu       sync.Mutex
	children []*tree
}

// Visit waits for its children with its own lock held: they take theirs.
func (t *tree) Visit() {
	var group sync.WaitGroup
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, c := range t.children {
		group.Go(c.Visit)
	}
	group.Wait()
}

// relay has three that wait for one another: who waits for an answer holds in, who
// answers needs out, and who has out needs in.
type relay struct {
	in, out sync.Mutex
	answer  chan int
}

func (r *relay) ask() {
	r.in.Lock()
	<-r.answer // want wait-under-lock[cycle]
	r.in.Unlock()
}

func (r *relay) reply() {
	r.out.Lock()
	r.out.Unlock()
	r.answer <- 1
}

func (r *relay) pass() {
	r.out.Lock()
	r.in.Lock()
	r.in.Unlock()
	r.out.Unlock()
}

// patient is relay, where who has out does not need in.
type patient struct {
	in, out sync.Mutex
	answer  chan int
}

func (p *patient) ask() {
	p.in.Lock()
	<-p.answer
	p.in.Unlock()
}

func (p *patient) reply() {
	p.out.Lock()
	p.out.Unlock()
	p.answer <- 1
}

func (p *patient) pass() {
	p.in.Lock()
	p.out.Lock()
	p.out.Unlock()
	p.in.Unlock()
}

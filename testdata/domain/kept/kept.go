// Package kept implements contracts that promise a signal, or to take the duty to.
package kept

import (
	"fmt"

	"github.com/fencelint/fencelint/testdata/kern"
)

// Job is what a backend is given.
type Job struct {
	fence *kern.Fence // of the hardware, whatever it is part of
	name  string
	next  *Job
}

// Backend is what the scheduler counts on.
type Backend interface {
	// Cancel ends a job.
	//
	//fencelint:runs signalling
	//fencelint:signals j.fence
	Cancel(j *Job)
	// TimedOut sees to a job from now on.
	//
	//fencelint:runs signalling
	//fencelint:takes j.fence
	TimedOut(j *Job) bool
}

// Hardware is the fence of a job.
type Hardware struct{ kern.Fence }

// Prints tells of what it does not do.
type Prints struct{ hung int }

// Cancel says so.
func (p *Prints) Cancel(j *Job) {
	fmt.Println("cancelled", j.name, j)
} // want never-signalled[breach/error]

// TimedOut counts.
func (p *Prints) TimedOut(j *Job) bool {
	p.hung++
	if p.hung > 3 {
		return true // want never-signalled[breach/error]
	}
	fmt.Println("timed out", j)
	return false
}

// Driver ends all that is in flight: the fence is one of them.
type Driver struct {
	inFlight []*Hardware
	dead     bool
}

// Cancel fails everything.
func (d *Driver) Cancel(*Job) { d.failAll() }

// TimedOut fails everything unless the job is only slow.
func (d *Driver) TimedOut(*Job) bool {
	if !d.dead {
		return false
	}
	d.failAll()
	return true
}

func (d *Driver) failAll() {
	for _, f := range d.inFlight {
		f.Signal(nil)
	}
}

// Hasty leaves on one way without a signal; to take the duty says less.
type Hasty struct{ Driver }

// Cancel has no answer where the device is dead.
func (h *Hasty) Cancel(*Job) {
	if h.dead {
		return // want never-signalled[breach]
	}
	h.failAll()
}

// TimedOut has none either, and may know that others have.
func (h *Hasty) TimedOut(*Job) bool {
	if h.dead {
		return false
	}
	h.failAll()
	return true
}

// Asking looks whether there is anything to do.
type Asking struct{ Driver }

// Cancel has nothing to do for a job that is over.
func (a *Asking) Cancel(j *Job) {
	if j.fence.Done() {
		return
	}
	a.failAll()
}

// Direct signals the fence itself, with an error or without.
type Direct struct{ err error }

// Cancel signals on every way.
func (d *Direct) Cancel(j *Job) {
	if d.err != nil {
		j.fence.Signal(d.err)
		return
	}
	j.fence.Signal(nil)
}

// TimedOut hands the job on.
func (d *Direct) TimedOut(j *Job) bool {
	kern.Take(j.fence)
	return true
}

// Forgetful signals it itself, but on one way.
type Forgetful struct {
	Direct
	busy bool
}

// Cancel has something else to do.
func (f *Forgetful) Cancel(j *Job) {
	if f.busy {
		return // want never-signalled[breach]
	}
	j.fence.Signal(nil)
}

// Later has it done elsewhere.
type Later struct {
	Driver
	//fencelint:workqueue ordered rescuer
	recovery kern.WorkQueue
	first    *Job
}

// Cancel leaves it to work on a queue.
func (l *Later) Cancel(*Job) { l.recovery.Push(l.failAll) }

// TimedOut keeps the job for whoever looks through the list.
func (l *Later) TimedOut(j *Job) bool {
	j.next, l.first = l.first, j
	return true
}

// Item is something that is queued again and again.
type Item struct{ run func() }

// Init says what it is.
//
//fencelint:queues fn on q
//fencelint:trusted -- keeps fn
func (i *Item) Init(q *kern.WorkQueue, fn func()) { i.run = fn }

// Queue has it run.
//
//fencelint:trusted -- Init says what runs where
func (i *Item) Queue() {}

// Queued has an item that does it.
type Queued struct {
	Driver
	//fencelint:workqueue ordered rescuer
	recovery kern.WorkQueue
	reset    Item
	idle     Item
}

// NewQueued says what the item does.
func NewQueued() *Queued {
	q := &Queued{}
	q.reset.Init(&q.recovery, q.failAll)
	return q
}

// Cancel has the item run.
func (q *Queued) Cancel(*Job) { q.reset.Queue() }

// TimedOut queues an item that nobody has said to do anything.
func (q *Queued) TimedOut(*Job) bool {
	q.idle.Queue()
	return true // want never-signalled[breach]
}

// Unseen asks somebody of whom nothing is known.
type Unseen struct {
	Driver
	ask func(*Job)
}

// SetAsk says whom.
func (u *Unseen) SetAsk(ask func(*Job)) { u.ask = ask }

// Cancel asks.
func (u *Unseen) Cancel(j *Job) { u.ask(j) }

// Trusted is taken at its word.
type Trusted struct{ Driver }

// Cancel is the firmware's business.
//
//fencelint:signals j.fence
//fencelint:trusted -- the firmware signals it
func (t *Trusted) Cancel(j *Job) {}

// Waits waits for another fence first: that it does more than is said of it is no second
// finding.
type Waits struct {
	Driver
	other *kern.Fence
}

// Cancel waits.
func (w *Waits) Cancel(*Job) {
	_ = w.other.Wait() // want wait-in-signalling[contract]
	w.failAll()
}

// Finish says of itself that it signals.
//
//fencelint:signals f
func Finish(f *kern.Fence, err error) {
	if err != nil {
		return // want never-signalled[breach]
	}
	f.Signal(nil)
}

// Other signals another fence of the class than it says.
//
//fencelint:signals j.fence
func Other(j *Job, other *Job) { other.fence.Signal(nil) }

// Primitive is a fence made of something else, here.
//
//fencelint:fence
type Primitive struct {
	done chan struct{}
	over bool
}

// Signal is how it signals.
//
//fencelint:signals p
func (p *Primitive) Signal() { close(p.done) }

// Quiet is how it signals too: nobody waits on the channel.
//
//fencelint:signals p
func (p *Primitive) Quiet() { p.over = true }

// Held has one.
type Held struct{ done *Primitive }

// End signals it by hand.
//
//fencelint:signals h.done
func (h *Held) End() {
	h.done.over = true
	close(h.done.done)
}

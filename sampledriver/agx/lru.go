package agx

import (
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/reclaim"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// lru is the objects that have pages, the one used longest ago first. It is the
// device's shrinker.
type lru struct {
	lock        lock.Spin
	first, last *object
	objects     int
	pages       int
}

func (l *lru) add(t *sim.Task, o *object) {
	l.lock.Lock(t)
	l.link(o)
	l.pages += o.pages
	l.lock.Unlock(t)
}

func (l *lru) remove(t *sim.Task, o *object) {
	l.lock.Lock(t)
	l.unlink(o)
	l.pages -= o.pages
	l.lock.Unlock(t)
}

// touch makes o the one used last.
func (l *lru) touch(t *sim.Task, o *object) {
	l.lock.Lock(t)
	l.unlink(o)
	l.link(o)
	l.lock.Unlock(t)
}

// next returns the object used longest ago and makes it the one used last, so that the
// next call returns another.
func (l *lru) next(t *sim.Task) *object {
	l.lock.Lock(t)
	defer l.lock.Unlock(t)
	o := l.first
	if o != nil {
		l.unlink(o)
		l.link(o)
	}
	return o
}

func (l *lru) link(o *object) {
	o.prev, o.next = l.last, nil
	if l.last == nil {
		l.first = o
	} else {
		l.last.next = o
	}
	l.last = o
	l.objects++
}

func (l *lru) unlink(o *object) {
	if o.prev == nil {
		l.first = o.next
	} else {
		o.prev.next = o.next
	}
	if o.next == nil {
		l.last = o.prev
	} else {
		o.next.prev = o.prev
	}
	l.objects--
}

// Count is the number of pages that objects have.
func (l *lru) Count(t *sim.Task, c reclaim.Control) int { return l.pages }

// Scan evicts objects that the GPU is done with. When there is none it waits for one:
// a fence may be waited for while memory is reclaimed. Reservations it only tries, as
// their holders may be allocating.
func (l *lru) Scan(t *sim.Task, c reclaim.Control) int {
	freed := 0
	for range l.objects {
		if freed >= c.Want {
			break
		}
		freed += l.scan(t, false)
	}
	for tries := l.objects; freed == 0 && tries > 0; tries-- {
		freed += l.scan(t, true)
	}
	return freed
}

// scan evicts the next object if nobody has its reservation and the GPU is done with
// it, or, with wait, once it is.
func (l *lru) scan(t *sim.Task, wait bool) int {
	o := l.next(t)
	if o == nil {
		return 0
	}
	r := &o.vm.resv
	if !r.TryLock(t) {
		return 0
	}
	defer r.Unlock(t)
	d := o.vm.dev
	if !r.Idle() {
		if !wait {
			return 0
		}
		d.stats.EvictWaits++
		// How the jobs ended is not of interest, only that they have.
		_ = r.Wait(t)
	}
	n := o.evict(t)
	if n > 0 {
		d.stats.Evicted++
	}
	return n
}

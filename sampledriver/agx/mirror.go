package agx

import (
	"errors"

	"github.com/fencelint/fencelint/sampledriver/agx/uat"
	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/mm"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// errStale says that user memory went away while a submission was being built.
var errStale = errors.New("user memory has changed")

// mirror is user memory that the GPU sees too, for as long as it is there.
type mirror struct {
	user  mm.Range
	nodes []*uat.Node // for the first mapping
	seq   uint64      // counts how often the memory went away
	valid bool        // mapped in the GPU's page tables
	next  *object     // of the client's mirrors
}

// mirrors is the mirrors of a client. It is the notifier of its address space.
type mirrors struct {
	// lock is taken in reclaim: nobody allocates under it. A submission holds it from the
	// moment at which it has seen that its mirrors are valid until its fence is on the
	// reservation, so that the notifier finds that fence.
	lock  lock.Mutex
	first *object
}

// add makes o one of the mirrors.
func (m *mirrors) add(t *sim.Task, o *object) {
	m.lock.Lock(t)
	o.mirror.next, m.first = m.first, o
	m.lock.Unlock(t)
}

// remove ends o as a mirror. The GPU is done with it.
func (m *mirrors) remove(t *sim.Task, o *object) {
	m.lock.Lock(t)
	for at := &m.first; *at != nil; at = &(*at).mirror.next {
		if *at == o {
			*at = o.mirror.next
			break
		}
	}
	if o.mirror.valid {
		o.mirror.valid = false
		o.vm.leave(t, o.at, o.pages)
	}
	m.lock.Unlock(t)
}

// Invalidate takes user memory off the GPU. It waits for the jobs that may use it,
// which drivers of GPUs may do here, and takes no reservation: the task that unmaps may
// hold one.
func (m *mirrors) Invalidate(t *sim.Task, r mm.Range) {
	m.lock.Lock(t)
	for o := m.first; o != nil; o = o.mirror.next {
		if !o.mirror.user.Overlaps(r) {
			continue
		}
		o.mirror.seq++
		if !o.mirror.valid {
			continue
		}
		o.vm.dev.stats.Invalidated++
		// How the jobs ended is not of interest, only that they have.
		_ = o.vm.resv.Wait(t)
		o.mirror.valid = false
		o.vm.leave(t, o.at, o.pages)
	}
	m.lock.Unlock(t)
}

// fault makes the user memory of the request's mirrors present, and notes when it saw
// it. No lock of the driver's is held that a page fault could want.
func (f *File) fault(t *sim.Task, r *request) error {
	for i, o := range r.objects {
		if o.mirror == nil {
			continue
		}
		r.seen[i] = o.mirror.seq
		if err := f.user.CopyFromUser(t, o.mirror.user); err != nil {
			return err
		}
	}
	return nil
}

// prepare allocates what mapping o will need. The caller holds the reservation.
func (o *object) prepare(t *sim.Task) error {
	if o.mirror.nodes != nil {
		return nil
	}
	var err error
	o.mirror.nodes, err = o.vm.nodes(t, o.at, o.pages)
	return err
}

// settle maps the request's mirrors, if none of them has changed since it was seen.
// The caller holds the reservation and the mirrors' lock.
func (r *request) settle(t *sim.Task) error {
	for i, o := range r.objects {
		m := o.mirror
		if m == nil {
			continue
		}
		if m.seq != r.seen[i] {
			return errStale
		}
		if !m.valid {
			m.valid = true
			o.vm.enter(t, o.at, o.pages, o.first, m.nodes)
		}
	}
	return nil
}

// CreateUserObject makes an object of user memory.
func (f *File) CreateUserObject(t *sim.Task, in ID, user mm.Range) (ID, error) {
	if user.Len() <= 0 || user.First < 0 {
		return 0, ErrInvalid
	}
	m, err := kmem.New[mirror](t, gfp.Kernel)
	if err != nil {
		return 0, err
	}
	m.user = user
	o, err := f.newObject(t, in, user.Len())
	if err != nil {
		return 0, err
	}
	o.mirror = m
	f.mirrors.add(t, o)
	return enter(t, f, f.objects, o), nil
}

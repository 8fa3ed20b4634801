package agx

import (
	"fmt"
	"maps"
	"slices"

	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/agx/uat"
	"github.com/fencelint/fencelint/sampledriver/kernel/fence"
	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/mm"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/syncobj"
)

// ID names a VM, object, queue or sync object of a client. 0 is none.
type ID uint32

// File is a client of the device. Its methods are the ioctls.
type File struct {
	dev  *Device
	user *mm.AddressSpace

	// lock protects the tables.
	lock    lock.Mutex
	last    ID
	vms     map[ID]*vm
	objects map[ID]*object
	queues  map[ID]*queue
	syncs   map[ID]*syncobj.Object
	mirrors mirrors
}

func newFile(t *sim.Task, d *Device, user *mm.AddressSpace) *File {
	f := &File{
		dev:     d,
		user:    user,
		vms:     make(map[ID]*vm),
		objects: make(map[ID]*object),
		queues:  make(map[ID]*queue),
		syncs:   make(map[ID]*syncobj.Object),
	}
	f.lock.SetName(fmt.Sprintf("of file %d", d.openings))
	f.mirrors.lock.SetName(fmt.Sprintf("of mirrors of file %d", d.openings))
	user.Register(t, &f.mirrors)
	return f
}

// enter gives v a name in one of f's tables.
func enter[T any](t *sim.Task, f *File, table map[ID]T, v T) ID {
	f.lock.Lock(t)
	defer f.lock.Unlock(t)
	f.last++
	table[f.last] = v
	return f.last
}

// find returns what id names.
func find[T any](t *sim.Task, f *File, table map[ID]T, id ID) (T, error) {
	f.lock.Lock(t)
	defer f.lock.Unlock(t)
	v, ok := table[id]
	if !ok {
		return v, fmt.Errorf("%T %d: %w", v, id, ErrInvalid)
	}
	return v, nil
}

// remove takes what id names out of the table.
func remove[T any](t *sim.Task, f *File, table map[ID]T, id ID) (T, error) {
	v, err := find(t, f, table, id)
	if err == nil {
		f.lock.Lock(t)
		delete(table, id)
		f.lock.Unlock(t)
	}
	return v, err
}

// CreateVM makes an address space.
func (f *File) CreateVM(t *sim.Task) (ID, error) {
	v, err := kmem.New[vm](t, gfp.Kernel)
	if err != nil {
		return 0, err
	}
	v.init(f.dev, fmt.Sprintf("VM %d of file %d", f.last+1, f.dev.openings))
	return enter(t, f, f.vms, v), nil
}

// CreateObject makes an object of so many pages that is private to a VM.
func (f *File) CreateObject(t *sim.Task, in ID, pages int) (ID, error) {
	o, err := f.newObject(t, in, pages)
	if err != nil {
		return 0, err
	}
	return enter(t, f, f.objects, o), nil
}

// newObject makes an object without a name.
func (f *File) newObject(t *sim.Task, in ID, pages int) (*object, error) {
	v, err := find(t, f, f.vms, in)
	if err != nil {
		return nil, err
	}
	if pages <= 0 {
		return nil, ErrInvalid
	}
	o, err := kmem.New[object](t, gfp.Kernel)
	if err != nil {
		return nil, err
	}
	v.resv.Lock(t)
	at, err := v.reserve(pages)
	v.resv.Unlock(t)
	if err != nil {
		return nil, err
	}
	o.vm, o.at, o.pages = v, at, pages
	o.first = uat.Page(at>>uat.PageBits) + 1
	return o, nil
}

// DestroyObject frees an object once the GPU is done with it.
func (f *File) DestroyObject(t *sim.Task, id ID) error {
	o, err := remove(t, f, f.objects, id)
	if err != nil {
		return err
	}
	return o.destroy(t, f)
}

// CreateQueue makes a queue on which jobs use a VM.
func (f *File) CreateQueue(t *sim.Task, in ID, priority int) (ID, error) {
	v, err := find(t, f, f.vms, in)
	if err != nil {
		return 0, err
	}
	if priority < 0 || priority >= fw.Priorities {
		return 0, ErrInvalid
	}
	q := newQueue(t, f.dev, v, fmt.Sprintf("queue %d/%d", f.dev.openings, f.last+1), priority)
	return enter(t, f, f.queues, q), nil
}

// DestroyQueue ends a queue after its jobs.
func (f *File) DestroyQueue(t *sim.Task, id ID) error {
	q, err := remove(t, f, f.queues, id)
	if err != nil {
		return err
	}
	q.destroy(t, false)
	return nil
}

// CreateSync makes a sync object.
func (f *File) CreateSync(t *sim.Task) (ID, error) {
	s, err := kmem.New[syncobj.Object](t, gfp.Kernel)
	if err != nil {
		return 0, err
	}
	return enter(t, f, f.syncs, s), nil
}

// Wait waits for what is in a sync object and returns how it ended.
func (f *File) Wait(t *sim.Task, id ID) error {
	s, err := find(t, f, f.syncs, id)
	if err != nil {
		return err
	}
	return s.Wait(t)
}

// Fence returns the fence in a sync object, to share it with another client.
func (f *File) Fence(t *sim.Task, id ID) (*fence.Fence, error) {
	s, err := find(t, f, f.syncs, id)
	if err != nil {
		return nil, err
	}
	return s.Fence(), nil
}

// Import puts another client's fence into a sync object.
func (f *File) Import(t *sim.Task, id ID, shared *fence.Fence) error {
	s, err := find(t, f, f.syncs, id)
	if err != nil {
		return err
	}
	s.Replace(t, shared)
	return nil
}

// Close ends the client. A client that was killed does not wait for its jobs: they
// are cancelled.
func (f *File) Close(t *sim.Task, killed bool) {
	for _, id := range slices.Sorted(maps.Keys(f.queues)) {
		f.queues[id].destroy(t, killed)
	}
	for _, id := range slices.Sorted(maps.Keys(f.objects)) {
		// How the last jobs ended was the business of whoever waited for them.
		_ = f.objects[id].destroy(t, f)
	}
	for _, id := range slices.Sorted(maps.Keys(f.vms)) {
		f.vms[id].fini(t)
	}
	f.user.Unregister(t, &f.mirrors)
}

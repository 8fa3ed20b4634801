package agx

import (
	"github.com/fencelint/fencelint/sampledriver/agx/uat"
	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// object is memory of a client that its VM maps. The reservation of the VM protects
// it. It has pages only from the first submission that names it on, and loses them
// again when memory is short and the GPU is done with them.
type object struct {
	vm    *vm
	at    uat.Address
	pages int
	first uat.Page
	mem   *kmem.Pages // nil while it has no pages
	had   bool        // has had pages before
	// destroyed says that no further submission may name it.
	destroyed bool
	mirror    *mirror // nil for memory of the driver's own

	prev, next *object // on the device's list of objects with pages
}

// populate gives o its pages if it has none, and maps them; for user memory it only
// makes sure that mapping cannot fail. The caller holds the reservation.
func (o *object) populate(t *sim.Task) error {
	if o.mirror != nil {
		return o.prepare(t)
	}
	d := o.vm.dev
	if o.mem != nil {
		d.objects.touch(t, o)
		return nil
	}
	mem, err := kmem.Alloc(t, gfp.Kernel, o.pages)
	if err != nil {
		return err
	}
	nodes, err := o.vm.nodes(t, o.at, o.pages)
	if err != nil {
		kmem.Free(t, mem)
		return err
	}
	if o.had {
		d.stats.Restored++
	}
	o.mem, o.had = mem, true
	o.vm.enter(t, o.at, o.pages, o.first, nodes)
	d.objects.add(t, o)
	return nil
}

// evict takes o's pages away and returns how many there were. The caller holds the
// reservation, and all its fences have signalled.
func (o *object) evict(t *sim.Task) int {
	if o.mem == nil {
		return 0
	}
	o.vm.leave(t, o.at, o.pages)
	kmem.Free(t, o.mem)
	o.mem = nil
	o.vm.dev.objects.remove(t, o)
	return o.pages
}

// destroy waits until the GPU is done with o and frees it.
func (o *object) destroy(t *sim.Task, f *File) error {
	r := &o.vm.resv
	r.Lock(t)
	defer r.Unlock(t)
	err := r.Wait(t)
	if o.mirror != nil {
		f.mirrors.remove(t, o)
	}
	o.evict(t)
	o.destroyed = true
	return err
}

package agx

import (
	"slices"

	"github.com/fencelint/fencelint/sampledriver/agx/slot"
	"github.com/fencelint/fencelint/sampledriver/agx/uat"
	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/resv"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// vm is an address space of the GPU.
type vm struct {
	dev  *Device
	name string
	// resv is the reservation of the VM and of everything that is private to it. Page
	// tables get new nodes only under its lock.
	resv resv.Object
	next uat.Address // where the next object goes

	// tables protects the entries of the page tables.
	tables lock.Spin
	table  uat.Table

	// binding is held while one job waits for a context on behalf of all.
	binding lock.Mutex
	slot    slot.Owner // of the context, for each job that needs it
	lock    lock.Spin
	users   []*queue
}

func (v *vm) init(d *Device, name string) {
	v.dev, v.name = d, name
	v.slot.Init(v)
	v.next = uat.PageSize // address 0 stays unmapped
	v.resv.SetName("of " + name)
	v.binding.SetName("of binding " + name)
	v.tables.SetName("of page tables of " + name)
	v.lock.SetName("of " + name)
}

// bind has the VM stay in a context until unbind. It may wait for one.
func (v *vm) bind(t *sim.Task, priority int) error {
	v.binding.Lock(t)
	defer v.binding.Unlock(t)
	c := slot.Claim{Owner: &v.slot, Users: 1}
	if err := v.dev.vms.Get(t, priority, &c); err != nil {
		return err
	}
	if c.State == slot.Fresh {
		v.dev.shared.Contexts[v.context()] = &v.table
	}
	return nil
}

// unbind ends what bind began. The context stays the VM's until another needs it.
func (v *vm) unbind(t *sim.Task) { v.dev.vms.Put(t, &v.slot) }

// use notes that the jobs of q bind the VM.
func (v *vm) use(t *sim.Task, q *queue) {
	v.lock.Lock(t)
	v.users = append(v.users, q)
	v.lock.Unlock(t)
}

// unuse undoes use.
func (v *vm) unuse(t *sim.Task, q *queue) {
	v.lock.Lock(t)
	v.users = slices.DeleteFunc(v.users, func(o *queue) bool { return o == q })
	v.lock.Unlock(t)
}

// context is the number of the context that the VM is bound to.
func (v *vm) context() int { return v.slot.Index() }

// reserve returns an address for n pages.
func (v *vm) reserve(n int) (uat.Address, error) {
	at := v.next
	if end := at + uat.Address(n)<<uat.PageBits; end < uat.Limit {
		v.next = end
		return at, nil
	}
	return 0, ErrInvalid
}

// nodes allocates what mapping n pages at at needs. The caller holds the reservation.
func (v *vm) nodes(t *sim.Task, at uat.Address, n int) ([]*uat.Node, error) {
	nodes, err := kmem.Make[*uat.Node](t, gfp.Kernel, v.table.Missing(at, n))
	if err != nil {
		return nil, err
	}
	for i := range nodes {
		if nodes[i], err = kmem.New[uat.Node](t, gfp.Kernel); err != nil {
			return nil, err
		}
	}
	return nodes, nil
}

// enter maps n pages at at, with nodes from [vm.nodes]. The caller holds the
// reservation.
func (v *vm) enter(t *sim.Task, at uat.Address, n int, first uat.Page, nodes []*uat.Node) {
	v.tables.Lock(t)
	v.table.Map(at, n, first, nodes)
	v.tables.Unlock(t)
}

// leave unmaps n pages at at. The GPU does not use them any more.
func (v *vm) leave(t *sim.Task, at uat.Address, n int) {
	v.tables.Lock(t)
	v.table.Unmap(at, n)
	v.tables.Unlock(t)
}

// fini takes the VM's tables off the hardware. No job needs them any more.
func (v *vm) fini(t *sim.Task) {
	for i, table := range v.dev.shared.Contexts {
		if table == &v.table {
			v.dev.shared.Contexts[i] = nil
		}
	}
}

// Package mm is address spaces: user memory that may be unmapped at any time, the
// notifiers that are told before (include/linux/mmu_notifier.h), and copies from and
// to it, which may fault.
package mm

import (
	"slices"

	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/srcu"
)

// Range is pages of an address space, First to below End.
type Range struct{ First, End int }

// Len is the number of pages.
func (r Range) Len() int { return r.End - r.First }

// Overlaps reports whether r and s have a page in common.
func (r Range) Overlaps(s Range) bool { return r.First < s.End && s.First < r.End }

// Notifier mirrors an address space, in the page tables of a GPU for instance.
type Notifier interface {
	// Invalidate is called before the pages of r go away. When it returns they are not
	// used any more.
	//
	//fencelint:runs notifier
	Invalidate(t *sim.Task, r Range)
}

// AddressSpace is the memory of one user process. Its pages are anonymous: reclaim
// may take them and the next access faults them in again.
type AddressSpace struct {
	MmapLock  MmapLock
	name      string
	pages     []*kmem.Pages // nil where not present
	notifiers []Notifier
	notifying srcu.Domain[Notifier]
	hand      int // where reclaim looks next
}

// NewAddressSpace returns an address space of size pages, none of them present.
//
//fencelint:trusted -- tells the simulator's reclaim of the address space
func NewAddressSpace(t *sim.Task, name string, size int) *AddressSpace {
	as := &AddressSpace{name: name, pages: make([]*kmem.Pages, size)}
	as.MmapLock.rw.SetName("mmap of " + name)
	mapped(t.Machine()).add(as)
	return as
}

// Register has n called before pages of as go away.
func (as *AddressSpace) Register(t *sim.Task, n Notifier) {
	as.notifiers = append(as.notifiers, n)
}

// Unregister ends what Register began. On return n does not run any more and will not.
//
//fencelint:blocks
//fencelint:trusted -- waits, as the kernel's does, for an invalidation that is under way
func (as *AddressSpace) Unregister(t *sim.Task, n Notifier) {
	as.notifiers = slices.DeleteFunc(slices.Clone(as.notifiers), func(o Notifier) bool { return o == n })
	as.notifying.Synchronize(t, n)
}

// CopyFromUser reads the pages of r. It faults in those that are not present.
func (as *AddressSpace) CopyFromUser(t *sim.Task, r Range) error { return as.access(t, r) }

// CopyToUser writes the pages of r. It faults in those that are not present.
func (as *AddressSpace) CopyToUser(t *sim.Task, r Range) error { return as.access(t, r) }

func (as *AddressSpace) access(t *sim.Task, r Range) error {
	as.MmapLock.RLock(t)
	defer as.MmapLock.RUnlock(t)
	return as.Fault(t, r)
}

// Fault makes the pages of r present. The caller holds the mmap lock, as a page fault
// handler does.
func (as *AddressSpace) Fault(t *sim.Task, r Range) error {
	for i := max(r.First, 0); i < min(r.End, len(as.pages)); i++ {
		if as.pages[i] != nil {
			continue
		}
		p, err := kmem.Alloc(t, gfp.Kernel, 1)
		if err != nil {
			return err
		}
		if as.pages[i] != nil { // another fault was faster
			kmem.Free(t, p)
			continue
		}
		as.pages[i] = p
	}
	return nil
}

// Unmap takes the pages of r away, as munmap does.
func (as *AddressSpace) Unmap(t *sim.Task, r Range) {
	as.MmapLock.Lock(t)
	defer as.MmapLock.Unlock(t)
	as.zap(t, r)
}

// Present is the number of pages that are there.
func (as *AddressSpace) Present() int {
	n := 0
	for _, p := range as.pages {
		if p != nil {
			n++
		}
	}
	return n
}

// Close takes all pages away and ends the address space.
func (as *AddressSpace) Close(t *sim.Task) {
	as.Unmap(t, Range{0, len(as.pages)})
	mapped(t.Machine()).remove(as)
}

// zap takes the pages of r away, tells the notifiers and frees the pages; it returns
// how many. They are gone before the notifiers hear of it, so that whoever faults
// afterwards gets other ones.
func (as *AddressSpace) zap(t *sim.Task, r Range) int {
	var gone []*kmem.Pages
	for i := max(r.First, 0); i < min(r.End, len(as.pages)); i++ {
		if as.pages[i] != nil {
			gone = append(gone, as.pages[i])
			as.pages[i] = nil
		}
	}
	for _, n := range as.notifiers {
		if slices.Contains(as.notifiers, n) {
			as.notifying.Enter(t, n)
			n.Invalidate(t, r)
			as.notifying.Leave(t, n)
		}
	}
	for _, p := range gone {
		kmem.Free(t, p)
	}
	return len(gone)
}

// Package falsereports collects what a lesser tool would report: none of it is wrong.
package falsereports

import "github.com/fencelint/fencelint/testdata/kern"

// Fence is owed here and there.
type Fence struct{ kern.Fence }

type slots struct {
	free kern.Slots
	mu   kern.Mutex
}

// newJob holds a queue's lock while it waits for a slot, before anything is published.
func (s *slots) newJob() {
	s.mu.Lock()
	s.free.Get()
	s.mu.Unlock()
}

// retire gives a slot back and takes no lock.
func (s *slots) retire(f *Fence) {
	go func() {
		s.free.Put()
		f.Signal(nil)
	}()
}

// Run uses both.
func Run(f *Fence) {
	s := &slots{}
	s.newJob()
	s.retire(f)
}

type cache struct {
	mu    kern.Mutex
	pages []*kern.Page
}

// setup allocates under the lock at init, under a scope that keeps reclaim out.
func (c *cache) setup() {
	kern.NoReclaimSave()
	defer kern.NoReclaimRestore()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages = append(c.pages, kern.Alloc(1, kern.Kernel))
}

// complete takes it in a section.
func (c *cache) complete(f *Fence) {
	go func() {
		c.mu.Lock()
		c.pages = nil
		c.mu.Unlock()
		f.Signal(nil)
	}()
}

// Setup uses both.
func Setup(f *Fence) {
	c := &cache{}
	c.setup()
	c.complete(f)
}

type pool struct{ pages []*kern.Page }

// reserve allocates before the fence is out, take uses it after.
func (p *pool) reserve() { p.pages = append(p.pages, kern.Alloc(1, kern.Kernel)) }

func (p *pool) take() *kern.Page {
	page := p.pages[len(p.pages)-1]
	p.pages = p.pages[:len(p.pages)-1]
	return page
}

// Submit reserves, publishes, uses.
func Submit(p *pool, f *Fence) {
	p.reserve()
	kern.Publish(&f.Fence)
	kern.Free(p.take())
	f.Signal(nil)
}

// Sections nest, and end where the outer one ends.
func Sections() {
	kern.BeginSignalling()
	nested()
	kern.EndSignalling()
	kern.Alloc(1, kern.Kernel)
}

func nested() {
	kern.BeginSignalling()
	kern.EndSignalling()
}

type device struct {
	a, b kern.Spin
	list kern.Mutex
}

// pair takes two spin locks and allocates after both.
func (d *device) pair() {
	d.a.Lock()
	d.b.Lock()
	d.b.Unlock()
	d.a.Unlock()
	kern.Alloc(1, kern.Kernel)
}

// alternate holds a lock only where it does not allocate.
func (d *device) alternate(grow bool) {
	if grow {
		kern.Alloc(1, kern.Kernel)
	} else {
		d.list.Lock()
		d.list.Unlock()
	}
}

// Complete takes that lock in a section.
func (d *device) Complete(f *Fence) {
	d.pair()
	d.alternate(true)
	go func() {
		d.list.Lock()
		d.list.Unlock()
		f.Signal(nil)
	}()
}

// Log builds strings and slices in a section: the Go heap is not kernel memory.
func Log(f *Fence, names []string) {
	go func() {
		line := ""
		for _, n := range names {
			line += n
		}
		names = append(names, line)
		f.Signal(nil)
	}()
}

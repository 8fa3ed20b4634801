package agx

import (
	"github.com/fencelint/fencelint/sampledriver/agx/fw"
	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/kmem"
	"github.com/fencelint/fencelint/sampledriver/kernel/lock"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// corpse is memory that is not used any more but that the firmware may still know of.
// It is part of what it belonged to, so that dying needs no memory.
type corpse struct {
	pages *kmem.Pages // nil when there is no memory to it
	next  *corpse
}

// garbage is the corpses that the firmware has not been told to forget.
type garbage struct {
	lock    lock.Spin
	first   *corpse
	objects int
	pages   int
}

// add puts c among the garbage. It may be called in any context.
func (g *garbage) add(t *sim.Task, c *corpse) {
	if c.pages == nil {
		return
	}
	g.lock.Lock(t)
	c.next, g.first = g.first, c
	g.objects++
	g.pages += c.pages.Len()
	g.lock.Unlock(t)
}

// take returns all the garbage there is, as a list.
func (g *garbage) take(t *sim.Task) *corpse {
	g.lock.Lock(t)
	defer g.lock.Unlock(t)
	first := g.first
	g.first, g.objects, g.pages = nil, 0, 0
	return first
}

// allocate gets pages for the firmware. Before that it collects garbage, if there is
// much of it or memory is short.
func (d *Device) allocate(t *sim.Task, n int) (*kmem.Pages, error) {
	d.alloc.Lock(t)
	defer d.alloc.Unlock(t)
	if d.garbage.pages >= d.cfg.GarbagePages || d.garbage.objects >= d.cfg.GarbageObjects {
		d.collect(t)
	}
	p, err := kmem.Alloc(t, gfp.Kernel, n)
	if err != nil && d.garbage.objects > 0 {
		d.collect(t)
		p, err = kmem.Alloc(t, gfp.Kernel, n)
	}
	return p, err
}

// collect has the firmware forget the garbage, and frees it. A firmware that does not
// answer is down, or will be reset. The caller holds the alloc lock.
func (d *Device) collect(t *sim.Task) {
	d.stats.Collections++
	first := d.garbage.take(t)
	if first != nil && d.booted && !d.dead {
		// An answer that was lost is as good as one: what is left is a stale cache of pages
		// that the page tables no longer lead to.
		_ = d.control.roundTrip(t, fw.Control{Kind: fw.FlushCaches})
	}
	for c := first; c != nil; c = c.next {
		kmem.Free(t, c.pages)
	}
}

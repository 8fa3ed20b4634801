// Package kmem allocates memory. An allocation that finds little left may reclaim
// first, in the task that asked, if its flags allow it.
package kmem

import (
	"errors"
	"fmt"
	"time"

	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/reclaim"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// ErrNoMemory is the error of an allocation that failed.
var ErrNoMemory = errors.New("no memory")

// Config is the size of a machine's memory and when it counts as low, in pages.
type Config struct {
	// Total is the number of pages; 0 means so many that nothing ever reclaims.
	Total int
	// Min is what only allocations with [gfp.Reserves] may use. Below Low the reclaim
	// task wakes, and it works until High is reached.
	Min, Low, High int
	// FailPercent is the chance in a hundred that an allocation fails for no reason.
	FailPercent int
	// ReclaimPercent is the chance in a hundred that an allocation which may reclaim
	// does although there is enough memory. It makes runs short that look for deadlocks.
	ReclaimPercent int
}

// Zone is the memory of one machine.
type Zone struct {
	cfg    Config
	used   int
	peak   int
	kswapd *kswapd
	stats  Stats
}

// Stats counts what allocations have done.
type Stats struct {
	Allocs, Failed int
	Injected       int // of Failed
	Used, Peak     int // pages
}

// Setup gives machine m its memory and starts its reclaim task. Without it m has more
// memory than anybody can use.
//
//fencelint:trusted -- part of the simulator, runs before the machine does
func Setup(m *sim.Machine, cfg Config) *Zone {
	z := Of(m)
	z.cfg = cfg
	if z.kswapd == nil && cfg.Total > 0 {
		z.startKswapd(m)
	}
	return z
}

// Of returns the memory of machine m.
//
//fencelint:trusted -- finds the machine's memory
func Of(m *sim.Machine) *Zone {
	return sim.Part(m, func(m *sim.Machine) *Zone {
		z := &Zone{}
		m.AtEnd(z.leaks)
		return z
	})
}

// Free pages.
func (z *Zone) Free() int { return z.cfg.Total - z.used }

// Stats returns what allocations have done so far.
func (z *Zone) Stats() Stats {
	s := z.stats
	s.Used, s.Peak = z.used, z.peak
	return s
}

func (z *Zone) leaks() []string {
	if z.used == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%d pages were never freed", z.used)}
}

// Pages is memory that somebody has.
type Pages struct{ n int }

// Len is the number of pages.
func (p *Pages) Len() int { return p.n }

// Alloc takes n pages.
//
//fencelint:allocates flags
//fencelint:trusted -- the simulator's allocator; reclaim speaks for itself
func Alloc(t *sim.Task, flags gfp.Flags, n int) (*Pages, error) {
	z := Of(t.Machine())
	if err := z.get(t, flags, n); err != nil {
		return nil, fmt.Errorf("alloc of %d pages with %v: %w", n, flags, err)
	}
	z.used += n
	z.peak = max(z.peak, z.used)
	return &Pages{n: n}, nil
}

// Free gives pages back; nil and pages that were freed before are ignored.
//
//fencelint:trusted -- the simulator's allocator; freeing waits for nobody
func Free(t *sim.Task, p *Pages) {
	if p == nil || p.n == 0 {
		return
	}
	Of(t.Machine()).used -= p.n
	p.n = 0
}

// New allocates an object. Small objects come from pages that are never given back:
// an allocation goes through what an allocation does, but nothing is to be freed.
//
//fencelint:allocates flags
//fencelint:trusted -- the simulator's allocator; reclaim speaks for itself
func New[T any](t *sim.Task, flags gfp.Flags) (*T, error) {
	if err := Of(t.Machine()).get(t, flags, 1); err != nil {
		return nil, fmt.Errorf("alloc of %T with %v: %w", *new(T), flags, err)
	}
	return new(T), nil
}

// Make allocates a slice of n zero elements with room for no more.
//
//fencelint:allocates flags
//fencelint:trusted -- the simulator's allocator; reclaim speaks for itself
func Make[T any](t *sim.Task, flags gfp.Flags, n int) ([]T, error) {
	if err := Of(t.Machine()).get(t, flags, 1); err != nil {
		return nil, fmt.Errorf("alloc of %d %T with %v: %w", n, *new(T), flags, err)
	}
	return make([]T, n), nil
}

// Grow returns s with room for n more elements, so that appending them allocates
// nothing. It allocates only if there is not enough room yet.
//
//fencelint:allocates flags
//fencelint:trusted -- the simulator's allocator; reclaim speaks for itself
func Grow[T any](t *sim.Task, flags gfp.Flags, s []T, n int) ([]T, error) {
	if cap(s)-len(s) >= n {
		mayAlloc(t, flags)
		return s, nil
	}
	if err := Of(t.Machine()).get(t, flags, 1); err != nil {
		return s, fmt.Errorf("growth by %d %T with %v: %w", n, *new(T), flags, err)
	}
	grown := make([]T, len(s), max(2*cap(s), len(s)+n))
	copy(grown, s)
	return grown, nil
}

// mayAlloc is might_alloc: it complains even when there was no need to allocate.
//
//fencelint:trusted -- the simulator's allocator
func mayAlloc(t *sim.Task, flags gfp.Flags) {
	if gfp.Current(t, flags).Has(gfp.DirectReclaim) {
		t.MightSleep(fmt.Sprintf("allocation with %v", flags))
	}
}

const (
	// retries is how often an allocation reclaims before it gives up.
	retries = 8
	// backOff is how long it then waits each time for others to free memory.
	backOff = 100 * time.Microsecond
)

// get makes sure that n pages are free for t, by reclaiming if it must and may.
//
//fencelint:trusted -- the simulator's allocator; reclaim speaks for itself
func (z *Zone) get(t *sim.Task, flags gfp.Flags, n int) error {
	mayAlloc(t, flags)
	t.Preempt()
	z.stats.Allocs++
	flags = gfp.Current(t, flags)
	direct := flags.Has(gfp.DirectReclaim)
	if z.chance(t, z.cfg.FailPercent) {
		z.stats.Failed++
		z.stats.Injected++
		return ErrNoMemory
	}
	if direct && z.chance(t, z.cfg.ReclaimPercent) {
		reclaim.Direct(t, flags, n)
	}
	for try := 0; !z.enough(flags, n); try++ {
		if flags.Has(gfp.KswapdReclaim) {
			z.kswapd.wake()
		}
		if !direct || try == retries {
			z.stats.Failed++
			return ErrNoMemory
		}
		if reclaim.Direct(t, flags, n+z.cfg.Min-z.Free()) == 0 {
			t.Sleep(backOff)
		}
	}
	if z.cfg.Total > 0 && z.Free()-n < z.cfg.Low && flags.Has(gfp.KswapdReclaim) {
		z.kswapd.wake()
	}
	return nil
}

func (z *Zone) enough(flags gfp.Flags, n int) bool {
	if z.cfg.Total == 0 {
		return true
	}
	keep := z.cfg.Min
	if flags.Has(gfp.Reserves) {
		keep = 0
	}
	return z.Free()-n >= keep
}

func (z *Zone) chance(t *sim.Task, percent int) bool {
	return percent > 0 && t.Rand().IntN(100) < percent
}

// Package reclaim gets memory back: from shrinkers, which give up what they cache,
// and from address spaces, whose pages are unmapped behind their users' backs.
package reclaim

import (
	"slices"

	"github.com/fencelint/fencelint/sampledriver/kernel/gfp"
	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/srcu"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// Control tells a shrinker what is wanted.
type Control struct {
	// Flags are those of the allocation that reclaims. A shrinker that needs file system
	// locks declines without [gfp.FS].
	Flags gfp.Flags
	// Want is the number of pages still wanted.
	Want int
}

// Shrinker is a cache that can give memory back (include/linux/shrinker.h).
type Shrinker interface {
	// Count says how many pages Scan might free.
	//
	//fencelint:runs reclaim
	Count(t *sim.Task, c Control) int
	// Scan frees pages and says how many.
	//
	//fencelint:runs reclaim
	Scan(t *sim.Task, c Control) int
}

// Unmapper takes mapped pages from their users, which are told before.
type Unmapper interface {
	// Unmap frees up to want pages and says how many.
	//
	//fencelint:runs reclaim
	Unmap(t *sim.Task, want int) int
}

// Reclaimer is the reclaim of one machine.
type Reclaimer struct {
	shrinkers []Shrinker
	unmappers []Unmapper
	throttle  throttle
	scanning  srcu.Domain[Shrinker]
	stats     Stats
}

// Stats counts what reclaim has done.
type Stats struct {
	Direct, Background int // runs
	Throttled          int // direct runs that had to wait for another
	Shrunk, Unmapped   int // pages
}

// Of returns the reclaim of machine m.
//
//fencelint:trusted -- finds the machine's reclaim
func Of(m *sim.Machine) *Reclaimer {
	return sim.Part(m, func(*sim.Machine) *Reclaimer { return &Reclaimer{throttle: throttle{limit: 2}} })
}

// Register adds a shrinker.
func Register(t *sim.Task, s Shrinker) {
	r := Of(t.Machine())
	r.shrinkers = append(r.shrinkers, s)
}

// Unregister removes a shrinker. On return it does not run any more and will not.
//
//fencelint:blocks
//fencelint:trusted -- waits, as the kernel's does, for a scan that is under way
func Unregister(t *sim.Task, s Shrinker) {
	r := Of(t.Machine())
	r.shrinkers = slices.DeleteFunc(slices.Clone(r.shrinkers), func(o Shrinker) bool { return o == s })
	r.scanning.Synchronize(t, s)
}

// AddUnmapper adds a source of mapped pages.
func (r *Reclaimer) AddUnmapper(u Unmapper) { r.unmappers = append(r.unmappers, u) }

// SetLimit sets how many tasks may reclaim directly at one time; the next ones wait.
func (r *Reclaimer) SetLimit(n int) { r.throttle.limit = n }

// Stats returns what reclaim has done so far.
func (r *Reclaimer) Stats() Stats { return r.stats }

// Direct reclaims want pages for an allocation of t with flags, and returns how many it
// got. If too many others reclaim already it waits for one of them.
//
//fencelint:allocates flags
//fencelint:trusted -- the simulator's reclaim; shrinkers and notifiers speak for themselves
func Direct(t *sim.Task, flags gfp.Flags, want int) int {
	t.MightSleep("direct reclaim")
	r := Of(t.Machine())
	if r.throttle.enter(t) {
		r.stats.Throttled++
	}
	r.stats.Direct++
	t.Begin("direct reclaim")
	saved := gfp.SaveNoReclaim(t)
	freed := r.shrink(t, Control{Flags: flags, Want: want})
	gfp.RestoreNoReclaim(t, saved)
	t.End("direct reclaim")
	r.throttle.leave(t)
	return freed
}

// Background reclaims want pages on behalf of nobody, as kswapd does.
//
//fencelint:trusted -- the simulator's reclaim; shrinkers and notifiers speak for themselves
func Background(t *sim.Task, want int) int {
	r := Of(t.Machine())
	r.stats.Background++
	t.Begin("background reclaim")
	saved := gfp.SaveNoReclaim(t)
	freed := r.shrink(t, Control{Flags: gfp.Kernel, Want: want})
	gfp.RestoreNoReclaim(t, saved)
	t.End("background reclaim")
	return freed
}

//fencelint:trusted -- the simulator's reclaim; shrinkers and notifiers speak for themselves
func (r *Reclaimer) shrink(t *sim.Task, c Control) int {
	freed := 0
	for _, s := range r.shrinkers {
		if freed >= c.Want {
			return freed
		}
		if !slices.Contains(r.shrinkers, s) { // gone while another one ran
			continue
		}
		left := Control{Flags: c.Flags, Want: c.Want - freed}
		r.scanning.Enter(t, s)
		if s.Count(t, left) > 0 {
			n := s.Scan(t, left)
			freed += n
			r.stats.Shrunk += n
		}
		r.scanning.Leave(t, s)
	}
	for _, u := range r.unmappers {
		if freed >= c.Want {
			return freed
		}
		n := u.Unmap(t, c.Want-freed)
		freed += n
		r.stats.Unmapped += n
	}
	return freed
}

// throttle lets few tasks reclaim at one time.
type throttle struct {
	limit   int
	inside  []waitfor.Node // the tasks that reclaim directly
	waiters []*sim.Task
}

//fencelint:trusted -- the inside of reclaim
func (th *throttle) enter(t *sim.Task) (waited bool) {
	for len(th.inside) >= th.limit {
		waited = true
		th.waiters = append(th.waiters, t)
		t.Park(sim.Wait{On: th, Text: "throttled direct reclaim"})
	}
	th.inside = append(th.inside, t)
	return waited
}

func (th *throttle) leave(t *sim.Task) {
	th.inside = slices.DeleteFunc(th.inside, func(n waitfor.Node) bool { return n == waitfor.Node(t) })
	for _, w := range th.waiters {
		w.Unpark()
	}
	th.waiters = nil
}

func (th *throttle) String() string { return "memory reclaim" }

// Needs makes reclaim a node of the wait-for graph: it goes on when one of those who
// reclaim does.
func (th *throttle) Needs() waitfor.Needs { return waitfor.Any(th.inside...) }

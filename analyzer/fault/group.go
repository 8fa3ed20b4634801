package fault

import (
	"slices"
	"sync"
)

// Group does things on several goroutines. A panic in one of them would end the process,
// whoever waits for them; in those of a group it is one in [Group.Wait].
type Group struct {
	all  sync.WaitGroup
	mu   sync.Mutex
	whys []string // what went wrong
}

// raised is what went wrong on a goroutine, with where that was.
type raised string

// Go does something on a goroutine of its own.
func (g *Group) Go(do func()) {
	g.all.Go(func() { g.Do(do) })
}

// Do does something here and now. It returns where that panics too.
func (g *Group) Do(do func()) {
	if why := Guard(do); why != "" {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.whys = append(g.whys, why)
	}
}

// Wait waits until all is done, and panics if something of it has. Of several faults it is the
// same one however the goroutines ran.
func (g *Group) Wait() {
	g.all.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.whys) > 0 {
		panic(raised(slices.Min(g.whys)))
	}
}

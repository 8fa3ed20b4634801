// Package scope narrows allocations by scope: no file system, no IO, no reclaim.
package scope

import "github.com/fencelint/fencelint/testdata/kern"

// NoFS is not enough in a section: notifiers run all the same.
func NoFS() {
	kern.NoFSSave()
	kern.BeginSignalling()
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	kern.EndSignalling()
	kern.NoFSRestore()
}

// NoIO is not either.
func NoIO() {
	kern.NoIOSave()
	kern.BeginSignalling()
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	kern.EndSignalling()
	kern.NoIORestore()
}

// NoReclaim is.
func NoReclaim() {
	kern.NoReclaimSave()
	kern.BeginSignalling()
	kern.Alloc(1, kern.Kernel)
	kern.EndSignalling()
	kern.NoReclaimRestore()
}

// Restored allocates after the scope has ended.
func Restored() {
	kern.BeginSignalling()
	kern.NoReclaimSave()
	kern.Alloc(1, kern.Kernel)
	kern.NoReclaimRestore()
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	kern.EndSignalling()
}

// Nested ends an inner scope: the outer one still holds.
func Nested() {
	kern.BeginSignalling()
	kern.NoReclaimSave()
	kern.NoReclaimSave()
	kern.Alloc(1, kern.Kernel)
	kern.NoReclaimRestore()
	kern.Alloc(1, kern.Kernel)
	kern.NoReclaimRestore()
	kern.EndSignalling()
}

// Mixed ends an inner scope of another kind.
func Mixed() {
	kern.BeginSignalling()
	kern.NoReclaimSave()
	kern.NoFSSave()
	kern.NoFSRestore()
	kern.Alloc(1, kern.Kernel)
	kern.NoReclaimRestore()
	kern.EndSignalling()
}

// Callee allocates in a function that the scope reaches.
func Callee() {
	kern.BeginSignalling()
	kern.NoReclaimSave()
	grow()
	kern.NoReclaimRestore()
	kern.EndSignalling()
}

func grow() { kern.Alloc(1, kern.Kernel) }

// Spawned shows that a scope does not follow a goroutine.
func Spawned(f *kern.Fence) {
	kern.NoReclaimSave()
	go func() {
		kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
		f.Signal(nil)
	}()
	kern.NoReclaimRestore()
}

// OneArm has the scope on one path only: a scope must hold on every path to help.
func OneArm(cond bool) {
	kern.BeginSignalling()
	if cond {
		kern.NoReclaimSave()
	}
	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
	if cond {
		kern.NoReclaimRestore()
	}
	kern.EndSignalling()
}

type device struct {
	spin kern.Spin
	lru  kern.Mutex
}

// Atomic keeps the scope from mattering: it may still sleep.
func (d *device) Atomic() {
	d.spin.Lock()
	kern.NoFSSave()
	kern.Alloc(1, kern.Kernel) // want alloc-in-atomic[breach]
	kern.NoFSRestore()
	d.spin.Unlock()
}

// fill holds the lock over an allocation, but under a scope that never reclaims.
func (d *device) fill() {
	d.lru.Lock()
	kern.NoReclaimSave()
	kern.Alloc(1, kern.Kernel)
	kern.NoReclaimRestore()
	d.lru.Unlock()
}

// Scan may take that lock.
func (d *device) Scan(n int) int {
	d.lru.Lock()
	d.lru.Unlock()
	return n
}

// Init registers the shrinker.
func Init() {
	d := &device{}
	kern.Register(d)
	d.fill()
	d.Atomic()
}

type cache struct{ lru kern.Mutex }

// fill holds the lock over an allocation in a scope that still reclaims.
func (c *cache) fill() {
	c.lru.Lock()
	kern.NoFSSave()
	kern.Alloc(1, kern.Kernel)
	kern.NoFSRestore()
	c.lru.Unlock()
}

// Scan blocks on it.
func (c *cache) Scan(n int) int {
	c.lru.Lock() // want lock-in-reclaim[cycle]
	c.lru.Unlock()
	return n
}

// InitCache registers the shrinker.
func InitCache() {
	c := &cache{}
	kern.Register(c)
	c.fill()
}

// InReclaim allocates in reclaim under the scope that keeps it out.
type reentrant struct{}

func (reentrant) Scan(n int) int {
	kern.NoReclaimSave()
	kern.Alloc(n, kern.Kernel)
	kern.NoReclaimRestore()
	kern.Alloc(n, kern.Kernel) // want alloc-in-reclaim[cycle]
	return n
}

var _ kern.Shrinker = reentrant{}

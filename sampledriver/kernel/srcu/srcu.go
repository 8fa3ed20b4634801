// Package srcu lets whoever takes something out of use wait for those who still use it
// (include/linux/srcu.h), one object at a time.
package srcu

import (
	"fmt"
	"slices"

	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// Domain knows which tasks are using which objects. The zero value is ready.
type Domain[T comparable] struct {
	uses    []use[T]
	waiters []*sim.Task
}

// use is one task that uses one object.
type use[T comparable] struct {
	task   *sim.Task
	object T
}

// Enter notes that t uses object.
func (d *Domain[T]) Enter(t *sim.Task, object T) { d.uses = append(d.uses, use[T]{t, object}) }

// Leave notes that t does not use object any more.
//
//fencelint:trusted -- the inside of the simulated srcu
func (d *Domain[T]) Leave(t *sim.Task, object T) {
	if i := slices.Index(d.uses, use[T]{t, object}); i >= 0 {
		d.uses = slices.Delete(d.uses, i, i+1)
	}
	for _, w := range d.waiters {
		w.Unpark()
	}
	d.waiters = nil
}

// Synchronize waits until no other task uses object.
//
//fencelint:blocks
//fencelint:trusted -- the inside of the simulated srcu
func (d *Domain[T]) Synchronize(t *sim.Task, object T) {
	t.MightSleep("srcu.Synchronize")
	for users := d.users(t, object); len(users) > 0; users = d.users(t, object) {
		d.waiters = append(d.waiters, t)
		t.Park(sim.Wait{On: &grace{object, users}, Text: "Synchronize"})
	}
}

func (d *Domain[T]) users(t *sim.Task, object T) []waitfor.Node {
	var users []waitfor.Node
	for _, u := range d.uses {
		if u.object == object && u.task != t {
			users = append(users, u.task)
		}
	}
	return users
}

// grace is the end of all uses of an object, as something to wait for.
type grace struct {
	object any
	users  []waitfor.Node
}

func (g *grace) String() string { return fmt.Sprintf("the last use of %T", g.object) }

func (g *grace) Needs() waitfor.Needs { return waitfor.All(g.users...) }

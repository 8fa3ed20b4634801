package oracle

import "slices"

// Assumption is why fencelint may miss a deadlock: something that docs/limits.md says, and
// that can be checked of a program.
type Assumption struct {
	Name string
	// Says is how the paragraph of docs/limits.md begins.
	Says  string
	holds func(o *Outcome, d Deadlock) bool
}

// Assumptions returns those that a missed deadlock can fall under, in the order in which
// they are tried.
func Assumptions() []Assumption {
	return []Assumption{
		{"a variable changes between operations", "Goroutines change places only at operations", only(compileOptions{atomic: true})},
		{"a group is told at once of a function, and that it has ended", "`WaitGroup.Go` counts one more together with what comes before", only(compileOptions{atomic: true, joined: true})},
		{"a fence that was taken over", "Of a function that directives speak for, waits for a fence and signals are run", (*Outcome).taken},
		{"reclaim waits for a fence that nobody is left to signal", "That a fence which only reclaim waits for is signalled at all", (*Outcome).forgotten},
		{"a fence that was made, and not published", "Who has made a fence owes it from `publishes` on", (*Outcome).unpublished},
		{"who has made a fence waits for memory, and has not published it", "Who has made a fence owes it from `publishes` on", (*Outcome).captured},
		{"a slot that is never given back", "Pools are not run all ways round", (*Outcome).leaked},
		{"slots held across other waits than for locks, slots and fences", "Pools are not run all ways round", (*Outcome).heldOver},
		{"two slots of one pool with something between", "Two slots of one pool, where between the two", (*Outcome).between},
		{"a slot is taken on one way and not on another", "A slot counts as taken where every way", (*Outcome).sometimes},
		{"reclaim keeps up who would end a wait for a channel, a group or a Cond", "Who ends a wait for a channel, a group or a Cond", (*Outcome).reclaimed},
		{"a pool is no larger than it is", "**How many slots a pool has is not known.**", (*Outcome).narrow},
		{"a lock that is no mutex is not given back", "Locks of annotated types are not run", (*Outcome).kept},
		{"reclaim waits for a lock that nobody is left to give back", "That a fence which only reclaim waits for is signalled at all", (*Outcome).keptFrom},
		{"one of several locks that a return leaves held", "A return that leaves several locks held is one finding", (*Outcome).oneOfSeveral},
		{"a lock is given back by who has not taken it", "Who gives back a lock for another", (*Outcome).foreign},
		{"it takes what reclaim does meanwhile", "Reclaim is not run all ways round", (*Outcome).meanwhile},
		{"a variable changes before somebody is let go on", "Goroutines change places only at operations", only(compileOptions{atomic: true, eager: true})},
		{"something changes while a slot or an annotated lock is taken", "Goroutines change places only at operations", (*Outcome).roomy},
		{"a slot is waited for with the lock of another object held", "Who waits for a slot with a lock held", (*Outcome).apart},
		{"more states than are looked at", "What is run all ways round", func(o *Outcome, _ Deadlock) bool { return o.Partly }},
	}
}

// classify returns the first assumption that a deadlock falls under, "" if there is none.
func (o *Outcome) classify(d Deadlock) string {
	for _, a := range Assumptions() {
		if a.holds(o, d) {
			return a.Name
		}
	}
	return ""
}

// only reports whether a deadlock is none where a program is run a little otherwise.
func only(options compileOptions) func(*Outcome, Deadlock) bool {
	return func(o *Outcome, d Deadlock) bool {
		ref, err := explored(o.Program, options)
		return err == nil && !slices.ContainsFunc(ref.Deadlocks, d.same)
	}
}

// roomy reports whether nobody waits for a slot, or for an annotated lock, and a deadlock is
// none where these are nothing at which goroutines change places.
func (o *Outcome) roomy(d Deadlock) bool {
	slot := o.waits(d, opGet, func(*instruction, place) bool { return true })
	spins := o.waits(d, opLock, func(in *instruction, _ place) bool { return o.machine().objects[in.object].Kind == Spin })
	return !slot && !spins && only(compileOptions{atomic: true, roomy: true})(o, d)
}

func (d Deadlock) same(e Deadlock) bool { return slices.Equal(d.Stmts, e.Stmts) }

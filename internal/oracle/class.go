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

func (o *Outcome) machine() *machine { return o.Reference.rules.m }

// waits reports whether one of the goroutines waits by an instruction of which something
// holds.
func (o *Outcome) waits(d Deadlock, code opcode, holds func(*instruction, place) bool) bool {
	return slices.ContainsFunc(d.places, func(p place) bool {
		in := &o.machine().threads[p.code][p.at]
		return in.code == code && holds(in, p)
	})
}

// has reports whether an instruction on an object is anywhere.
func (o *Outcome) has(code opcode, object int) bool {
	return slices.ContainsFunc(o.machine().threads, func(list []instruction) bool {
		return slices.ContainsFunc(list, func(in instruction) bool { return in.code == code && in.object == object })
	})
}

// ahead reports whether one of the goroutines has an instruction on an object before it.
func (o *Outcome) ahead(d Deadlock, code opcode, object int) bool {
	return slices.ContainsFunc(o.before(d.places), func(in *instruction) bool { return in.code == code && in.object == object })
}

// startsOrDoes reports the same of the goroutines and what they may yet start.
func (o *Outcome) startsOrDoes(d Deadlock, code opcode, object int) bool {
	todo, started := d.places, make(map[int]bool)
	for len(todo) > 0 {
		var next []place
		for _, in := range o.before(todo) {
			switch {
			case in.code == code && in.object == object:
				return true
			case (in.code == opGo || in.code == opPush) && !started[in.other]:
				started[in.other] = true
				next = append(next, place{code: uint8(in.other)})
			}
		}
		todo = next
	}
	return false
}

// before returns the instructions that goroutines may come to from where they stand.
func (o *Outcome) before(places []place) []*instruction {
	var out []*instruction
	for _, p := range places {
		list := o.machine().threads[p.code]
		for at := range list {
			if at == int(p.at) || reaches(list, int(p.at), at, nothing) {
				out = append(out, &list[at])
			}
		}
	}
	return out
}

// taken reports whether somebody waits for a fence that was taken over.
func (o *Outcome) taken(d Deadlock) bool {
	return o.waits(d, opFenceWait, func(in *instruction, _ place) bool { return o.has(opTake, in.object) })
}

// forgotten reports whether reclaim waits for a fence that nobody is left to signal.
func (o *Outcome) forgotten(d Deadlock) bool {
	return o.waits(d, opFenceWait, func(in *instruction, _ place) bool {
		return in.inReclaim() && !o.ahead(d, opFenceSignal, in.object)
	})
}

// unpublished reports whether reclaim waits for a fence that was not published, and only
// who has made it could signal it.
func (o *Outcome) unpublished(d Deadlock) bool {
	return o.waits(d, opFenceWait, func(in *instruction, _ place) bool {
		own := Deadlock{places: slices.DeleteFunc(slices.Clone(d.places), func(p place) bool { return p.code == 0 })}
		return in.inReclaim() && !o.has(opPublish, in.object) && !o.ahead(own, opFenceSignal, in.object)
	})
}

// captured reports whether somebody waits for a fence that was not published, and who has
// made it stands in reclaim, before the only signal.
func (o *Outcome) captured(d Deadlock) bool {
	return o.waits(d, opFenceWait, func(in *instruction, _ place) bool {
		maker := func(p place) bool { return p.code == 0 }
		others := Deadlock{places: slices.DeleteFunc(slices.Clone(d.places), maker)}
		return !o.has(opPublish, in.object) && o.startsOrDoes(d, opFenceSignal, in.object) && !o.startsOrDoes(others, opFenceSignal, in.object) &&
			slices.ContainsFunc(d.places, func(p place) bool { return maker(p) && o.machine().threads[p.code][p.at].inReclaim() })
	})
}

func (in *instruction) inReclaim() bool { return in.region.reclaim || in.region.notifier }

// leaked reports whether somebody waits for a slot that nobody who is there has, or of a
// pool of which somebody may end with one.
func (o *Outcome) leaked(d Deadlock) bool {
	return o.waits(d, opGet, func(in *instruction, _ place) bool {
		if len(o.holders(d, in.object)) == 0 {
			return true
		}
		for code, list := range o.machine().threads {
			if o.slotted(place{uint8(code), uint8(len(list) - 1)}, in.object) {
				return true
			}
		}
		return false
	})
}

// heldOver reports whether somebody waits for a slot of a pool, and one that has one waits
// for neither a lock, nor a slot, nor a fence.
func (o *Outcome) heldOver(d Deadlock) bool {
	return o.waits(d, opGet, func(in *instruction, _ place) bool {
		return slices.ContainsFunc(o.holders(d, in.object), func(p place) bool {
			switch o.machine().threads[p.code][p.at].code {
			case opSelect, opParked, opWait, opTurn, opFlushing:
				return true
			}
			return false
		})
	})
}

// holders returns the goroutines that may have a slot of a pool.
func (o *Outcome) holders(d Deadlock, pool int) []place {
	return slices.DeleteFunc(slices.Clone(d.places), func(p place) bool { return !o.slotted(p, pool) })
}

// slotted reports whether a goroutine may have a slot of a pool where it stands.
func (o *Outcome) slotted(p place, pool int) bool {
	list := o.machine().threads[p.code]
	puts := func(at int) bool { return list[at].code == opPut && list[at].object == pool }
	for at := range list {
		if list[at].code == opGet && list[at].object == pool && reaches(list, at, int(p.at), puts) {
			return true
		}
	}
	return false
}

// between reports whether somebody waits for a second slot of a pool, and has made others
// go on since it took the first.
func (o *Outcome) between(d Deadlock) bool {
	return o.waits(d, opGet, func(in *instruction, p place) bool {
		list := o.machine().threads[p.code]
		for at := range list {
			if list[at].code == opGet && list[at].object == in.object && o.wakes(list, at, int(p.at)) {
				return true
			}
		}
		return false
	})
}

// sometimes reports whether somebody waits for a second slot of a pool at a place that
// others come to without a first.
func (o *Outcome) sometimes(d Deadlock) bool {
	return o.waits(d, opGet, func(in *instruction, p place) bool {
		list, at := o.machine().threads[p.code], int(p.at)
		first := func(i int) bool { return i != at && list[i].code == opGet && list[i].object == in.object }
		back := func(i int) bool { return list[i].code == opPut && list[i].object == in.object }
		second, without := false, at == 0 || !first(0) && reaches(list, 0, at, first)
		for i := range list {
			second = second || first(i) && reaches(list, i, at, back)
			without = without || back(i) && reaches(list, i, at, first)
		}
		return second && without
	})
}

// reclaimed reports whether one waits for a channel, a group or a Cond, and another in
// reclaim.
func (o *Outcome) reclaimed(d Deadlock) bool {
	whatever := func(*instruction, place) bool { return true }
	inside := slices.ContainsFunc(d.places, func(p place) bool { return o.machine().threads[p.code][p.at].inReclaim() })
	return inside && (o.waits(d, opWait, whatever) || o.waits(d, opSelect, whatever) || o.waits(d, opParked, whatever))
}

// wakes reports whether something on a way from one instruction to another may make
// somebody go on.
func (o *Outcome) wakes(list []instruction, from, to int) bool {
	for at := range list {
		switch list[at].code {
		case opSelect, opClose, opAdd, opWake, opWakeAll, opFenceSignal, opPush, opGo:
			if reaches(list, from, at, nothing) && reaches(list, at, to, nothing) {
				return true
			}
		}
	}
	return false
}

// reaches reports whether an instruction may come after another, past none between them that
// is avoided.
func reaches(list []instruction, from, to int, avoid func(at int) bool) bool {
	seen := make([]bool, len(list))
	todo := []int{from}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[at] {
			continue
		}
		seen[at] = true
		found := false
		list[at].successors(at, func(next int) {
			found = found || next == to
			if !avoid(next) {
				todo = append(todo, next)
			}
		})
		if found {
			return true
		}
	}
	return false
}

// passedOver reports whether an instruction is in a loop of which some turns may do without it.
func passedOver(list []instruction, at int) bool {
	for i := range list {
		if i != at && reaches(list, at, i, nothing) && reaches(list, i, at, nothing) && reaches(list, i, i, func(next int) bool { return next == at }) {
			return true
		}
	}
	return false
}

// nothing is avoided.
func nothing(int) bool { return false }

// narrow reports whether somebody waits for a slot, and would not if there were one more; or
// a few more, where nobody else may have one, and a loop takes one in some turns only.
func (o *Outcome) narrow(d Deadlock) bool {
	if !o.waits(d, opGet, func(*instruction, place) bool { return true }) {
		return false
	}
	one := o.waits(d, opGet, func(in *instruction, p place) bool {
		return slices.Equal(o.holders(d, in.object), []place{p}) && passedOver(o.machine().threads[p.code], int(p.at))
	})
	return o.roomier(d, 1) || one && o.roomier(d, most+1)
}

// roomier reports whether a deadlock is none where each pool has so many slots more.
func (o *Outcome) roomier(d Deadlock, more int) bool {
	ref, err := explored(resized(o.Program, func(size int) int { return size + more }), compileOptions{variant: true})
	return err == nil && !slices.ContainsFunc(ref.Deadlocks, d.same)
}

// apart reports whether somebody waits for a slot with a lock held that is in another object
// than the pool, and who may have a slot of that pool waits for that very lock.
func (o *Outcome) apart(d Deadlock) bool {
	m := o.machine()
	return o.waits(d, opGet, func(get *instruction, p place) bool {
		return slices.ContainsFunc(o.holders(d, get.object), func(q place) bool {
			in := &m.threads[q.code][q.at]
			return in.locks() && o.releases(p, in.object) && m.variable(in.object) != m.variable(get.object)
		})
	})
}

func (d Deadlock) same(e Deadlock) bool { return slices.Equal(d.Stmts, e.Stmts) }

// keeps reports whether somebody waits for a lock, of which something holds, and nobody who
// is there may give it back.
func (o *Outcome) keeps(d Deadlock, holds func(*instruction) bool) bool {
	return slices.ContainsFunc(d.places, func(p place) bool {
		in := &o.machine().threads[p.code][p.at]
		return in.locks() && holds(in) && !slices.ContainsFunc(d.places, func(q place) bool { return o.releases(q, in.object) })
	})
}

// releases reports whether a goroutine may have a lock, and give it back before it takes it
// again.
func (o *Outcome) releases(p place, lock int) bool {
	r := o.Reference.rules
	list := r.m.threads[p.code]
	takes := func(at int) bool { return list[at].locks() && list[at].object == lock }
	if r.held[p.code][p.at]&r.class(lock) == 0 || takes(int(p.at)) {
		return false
	}
	for at := range list {
		if r.released(&list[at]) != 0 && list[at].object == lock && reaches(list, int(p.at), at, takes) {
			return true
		}
	}
	return false
}

// kept reports whether a lock that is annotated, and no mutex, was not given back.
func (o *Outcome) kept(d Deadlock) bool {
	return o.keeps(d, func(in *instruction) bool { return o.machine().objects[in.object].Kind == Spin })
}

// keptFrom reports whether reclaim waits for a lock that was not given back.
func (o *Outcome) keptFrom(d Deadlock) bool { return o.keeps(d, (*instruction).inReclaim) }

// oneOfSeveral reports whether somebody who leaves a lock held leaves another one held
// too, of which there is a finding.
func (o *Outcome) oneOfSeveral(d Deadlock) bool {
	m := o.machine()
	return o.keeps(d, func(in *instruction) bool {
		for code := range m.threads {
			for other := range m.objects {
				if o.leaves(code, in.object) && o.leaves(code, other) && slices.ContainsFunc(o.Findings, func(f Finding) bool {
					return f.Rule == "missing-unlock" && o.unlockOf(&f, other)
				}) {
					return true
				}
			}
		}
		return false
	})
}

// leaves reports whether a goroutine may end with a lock held.
func (o *Outcome) leaves(code, lock int) bool {
	list := o.machine().threads[code]
	gives := func(at int) bool { return list[at].object == lock && o.Reference.rules.released(&list[at]) != 0 }
	for at := range list {
		if in := &list[at]; in.object == lock && (in.locks() || in.code == opTryLock) && reaches(list, at, len(list)-1, gives) {
			return true
		}
	}
	return false
}

// meanwhile reports whether nobody stands in reclaim, and a deadlock is none without what
// shrinkers and notifiers do: a lock that they have for a moment is found taken, say, or a
// variable changes while they run.
func (o *Outcome) meanwhile(d Deadlock) bool {
	if len(d.Within) > 0 || len(o.Program.Shrinkers) == 0 {
		return false
	}
	without := *o.Program
	without.Shrinkers = nil
	return slices.ContainsFunc([]compileOptions{{variant: true}, {atomic: true, eager: true}}, func(options compileOptions) bool {
		ref, err := explored(&without, options)
		return err == nil && !slices.ContainsFunc(ref.Deadlocks, d.same)
	})
}

// foreign reports whether somebody may give back a lock that he cannot have taken: by an
// unlock, or a wait on a Cond.
func (o *Outcome) foreign(Deadlock) bool {
	r := o.Reference.rules
	for code, list := range r.m.threads {
		for at := range list {
			in := &list[at]
			lock := in.object
			if in.code == opPark {
				lock = in.second
			} else if r.released(in) == 0 {
				continue
			}
			if r.held[code][at]&r.class(lock) == 0 {
				return true
			}
		}
	}
	return false
}

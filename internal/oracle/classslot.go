package oracle

import "slices"

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

// slotted reports whether a goroutine may have a slot of a pool where it stands: whether some
// way there has taken more of them than it has given back since.
func (o *Outcome) slotted(p place, pool int) bool {
	type taken struct{ at, slots int }
	list := o.machine().threads[p.code]
	seen := make(map[taken]bool)
	var todo []taken
	for at := range list {
		if list[at].code == opGet && list[at].object == pool {
			todo = append(todo, taken{at, 0})
		}
	}
	for len(todo) > 0 {
		t := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if in := &list[t.at]; in.object == pool && in.code == opGet {
			t.slots = min(t.slots+1, most+1)
		} else if in.object == pool && in.code == opPut {
			t.slots--
		}
		if t.slots == 0 || seen[t] {
			continue
		}
		seen[t] = true
		found := false
		list[t.at].successors(t.at, func(next int) {
			found = found || next == int(p.at)
			todo = append(todo, taken{next, t.slots})
		})
		if found {
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

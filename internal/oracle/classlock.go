package oracle

import "slices"

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

package oracle

import "slices"

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

func (in *instruction) inReclaim() bool { return in.region.reclaim || in.region.notifier }

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

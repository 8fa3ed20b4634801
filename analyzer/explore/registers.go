package explore

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// registers are what a call in progress has computed: mostly what is still read, so that there
// are few, and they are copied far more often than one is looked for.
type registers []register

type register struct {
	of    ssa.Value
	holds value
}

// room is how many registers are set, mostly, until those that are not read again are dropped.
const room = 8

// clone returns a copy that there is room in.
func (r registers) clone() registers { return append(make(registers, 0, len(r)+room), r...) }

// find returns where a register is, -1 if it holds nothing. What was computed last is asked
// for most.
func (r registers) find(v ssa.Value) int {
	for i := len(r) - 1; i >= 0; i-- {
		if r[i].of == v {
			return i
		}
	}
	return -1
}

func (r registers) get(v ssa.Value) (holds value, ok bool) {
	if i := r.find(v); i >= 0 {
		return r[i].holds, true
	}
	return nil, false
}

func (r *registers) set(v ssa.Value, to value) {
	if i := r.find(v); i >= 0 {
		(*r)[i].holds = to
		return
	}
	*r = append(*r, register{v, to})
}

// keep leaves only some registers, in their order, and reports each that holds something by its
// place among those.
func (r *registers) keep(wanted []ssa.Value, each func(at int, holds value)) {
	kept := 0
	for at, v := range wanted {
		// Mostly both are in the same order, but for what was computed since.
		i := kept
		if i >= len(*r) || (*r)[i].of != v {
			if i = kept + (*r)[kept:].find(v); i < kept {
				continue
			}
			(*r)[kept], (*r)[i] = (*r)[i], (*r)[kept]
		}
		each(at, (*r)[kept].holds)
		kept++
	}
	*r = slices.Delete(*r, kept, len(*r))
}

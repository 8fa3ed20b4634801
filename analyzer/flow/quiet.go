package flow

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// failsQuietly reports whether nothing was written at the exits that return false, nil
// or an error, that there is such an exit, and the watched fields that alone decide
// whether one is taken.
func (a *analysis) failsQuietly() (quiet bool, on []string) {
	decided := true
	for _, e := range a.exits {
		if n := len(e.ret.Results); n == 0 || !a.quits(e, e.ret.Results[n-1]) {
			continue
		}
		if len(e.state.wakes.writes) > 0 {
			return false, nil
		}
		quiet = true
		for block := e.ret.Block(); block != nil; block = block.Idom() {
			branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
			if !ok || block == e.ret.Block() {
				continue
			}
			fields, ok := a.fieldsOf(branch.Cond, 0)
			decided = decided && ok
			on = append(on, fields...)
		}
	}
	if !decided {
		return quiet, nil
	}
	slices.Sort(on)
	return quiet, slices.Compact(on)
}

// fieldsOf returns the watched fields that a condition is made of; false where it is
// made of anything else.
func (a *analysis) fieldsOf(v ssa.Value, depth int) ([]string, bool) {
	if depth > maxHeld || a.env.Watched == nil {
		return nil, false
	}
	switch v := v.(type) {
	case *ssa.Const:
		return nil, true
	case *ssa.BinOp:
		x, okX := a.fieldsOf(v.X, depth+1)
		y, okY := a.fieldsOf(v.Y, depth+1)
		return append(x, y...), okX && okY
	case *ssa.UnOp:
		if v.Op != token.MUL {
			return a.fieldsOf(v.X, depth+1)
		}
		if name := watchedName(v.X); name != "" {
			return []string{name}, a.env.Watched(name)
		}
	}
	return nil, false
}

func (a *analysis) quits(e exit, last ssa.Value) bool {
	return a.outcomeOf(e) == failed || !isError(last.Type()) && isNil(a.through(last))
}

// failQuietly drops what a call writes only where it succeeds.
func (a *analysis) failQuietly(s *state, call *ssa.Call) {
	if call == nil || len(s.wakes.writes) == 0 {
		return
	}
	c := a.resolve(call)
	for _, t := range c.targets {
		if sum := a.env.Summary(a.key(t.fn)); sum == nil || len(sum.Net.Writes) > 0 && !sum.Net.FailsQuietly {
			return
		}
	}
	at := a.pointOf(call)
	s.wakes.writes = slices.DeleteFunc(slices.Clone(s.wakes.writes), func(w *written) bool { return w.at.block == at.block && w.at.instr == at.instr })
}

package flow

import (
	"go/token"
	"slices"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// maxWays bounds the ways back to a wait that are looked at.
const maxWays = 2000

// spins looks for a way from a wait back to it on which nothing changes that the
// predicate reads, and which a branch takes that the predicate does not decide: the
// predicate still holds, and the loop goes round without waiting. It returns that
// branch.
func (a *analysis) spins(site ssa.CallInstruction, w summary.PredicateWait) (*ssa.If, bool) {
	if len(w.Predicate) == 0 && len(w.Reads) == 0 {
		return nil, false // what the predicate asks is not known
	}
	sp := spin{a: a, site: site, reads: map[string]bool{}, calls: map[string]bool{}}
	for _, r := range w.Reads {
		sp.reads[r.Field] = true
	}
	for _, t := range w.Predicate {
		sp.predicate(t.Func)
	}
	start := a.pointOf(site)
	return sp.from(site.Block(), start.instr+1, nil, nil, map[*ssa.BasicBlock]bool{})
}

type spin struct {
	a     *analysis
	site  ssa.CallInstruction
	reads map[string]bool // fields
	calls map[string]bool // keys of the functions that the predicate calls
	ways  int
}

// predicate collects what the function called key reads and calls.
func (sp *spin) predicate(key string) {
	if sp.calls[key] {
		return
	}
	sp.calls[key] = true
	sum := sp.a.env.Summary(key)
	if sum == nil {
		return
	}
	for _, r := range sum.Reads {
		sp.reads[r.Field] = true
	}
	for _, c := range sum.Calls {
		for _, t := range c.Targets {
			sp.predicate(t.Func)
		}
	}
}

// from follows all ways on from an instruction. Pending are the calls on the way that
// change something unless they turn out to have failed; last is the last branch.
func (sp *spin) from(block *ssa.BasicBlock, instr int, pending []ssa.Value, last *ssa.If, on map[*ssa.BasicBlock]bool) (*ssa.If, bool) {
	if sp.ways++; sp.ways > maxWays {
		return nil, false
	}
	for _, in := range block.Instrs[instr:] {
		if in == ssa.Instruction(sp.site) {
			return last, last != nil && len(pending) == 0 && !sp.decides(last.Cond, 0)
		}
		quiet, call := sp.quiet(in)
		if !quiet && call == nil {
			return nil, false
		}
		if call != nil {
			pending = append(slices.Clip(pending), call)
		}
	}
	if on[block] && instr == 0 {
		return nil, false
	}
	if instr == 0 {
		on[block] = true
		defer delete(on, block)
	}
	branch, _ := block.Instrs[len(block.Instrs)-1].(*ssa.If)
	for i, succ := range block.Succs {
		rest := pending
		if branch != nil {
			last = branch
			if failed := sp.a.failedCall(branch.Cond, i == 0); failed != nil {
				rest = slices.DeleteFunc(slices.Clone(pending), func(v ssa.Value) bool { return v == ssa.Value(failed) })
			}
		}
		if found, ok := sp.from(succ, 0, rest, last, on); ok {
			return found, true
		}
	}
	return nil, false
}

// quiet reports whether an instruction leaves everything that the predicate reads as
// it is and does not wait. A call that does so only when it fails is returned.
func (sp *spin) quiet(instr ssa.Instruction) (bool, ssa.Value) {
	switch instr := instr.(type) {
	case *ssa.Store:
		field, _ := sp.a.watchedField(instr.Addr)
		return !sp.reads[field], nil
	case *ssa.MapUpdate:
		field, _ := sp.a.watchedField(instr.Map)
		return !sp.reads[field], nil
	case *ssa.Send, *ssa.Select:
		return false, nil
	case *ssa.UnOp:
		return instr.Op != token.ARROW, nil
	case *ssa.Call:
		return sp.quietCall(instr)
	case *ssa.Go:
		return false, nil
	}
	return true, nil
}

func (sp *spin) quietCall(call *ssa.Call) (bool, ssa.Value) {
	if builtin, ok := call.Call.Value.(*ssa.Builtin); ok {
		return builtin.Name() != "delete" && builtin.Name() != "clear", nil
	}
	c := sp.a.resolve(call)
	if c.contract.HasEffects() {
		return !slices.ContainsFunc(c.contract.Effects, func(e model.Effect) bool {
			switch e.Kind {
			case model.Waits, model.Sleeps, model.Blocks, model.Flushes, model.Calls, model.Queues:
				return true
			}
			return false
		}), nil
	}
	if len(c.targets) == 0 || c.open != "" {
		return false, nil
	}
	onFailure := false
	for _, t := range c.targets {
		sum := sp.a.env.Summary(sp.a.key(t.fn))
		switch {
		case sum == nil || sum.Unknown != "" || waits(sum) || sum.Net.Unlisted:
			return false, nil
		case !slices.ContainsFunc(sum.Net.Writes, func(w summary.Write) bool { return sp.reads[w.Field] }):
		case sum.Net.FailsQuietly:
			onFailure = true
		default:
			return false, nil
		}
	}
	if onFailure {
		return false, call
	}
	return true, nil
}

// waits reports whether a function waits or sleeps itself.
func waits(sum *summary.Summary) bool {
	return slices.ContainsFunc(sum.Ops, func(op summary.Op) bool {
		return op.Kind == summary.OpWait || op.Kind == summary.OpSleep || op.Kind == summary.OpFlush
	})
}

// decides reports whether a condition is one that the predicate decides: made of what
// it reads and what it calls.
func (sp *spin) decides(v ssa.Value, depth int) bool {
	if depth > maxHeld {
		return false
	}
	switch v := v.(type) {
	case *ssa.Const:
		return true
	case *ssa.BinOp:
		return sp.decides(v.X, depth+1) && sp.decides(v.Y, depth+1)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			if addr, ok := v.X.(*ssa.FieldAddr); ok {
				return sp.reads[model.FieldAt(addr.X.Type(), addr.Field)]
			}
			if t := sp.a.through(v); t != v {
				return sp.decides(t, depth+1)
			}
			return false
		}
		return sp.decides(v.X, depth+1)
	case *ssa.Phi:
		return !slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return !sp.decides(e, depth+1) })
	case *ssa.Extract:
		return sp.decides(v.Tuple, depth+1)
	case *ssa.Call:
		if _, ok := v.Call.Value.(*ssa.Builtin); ok {
			return !slices.ContainsFunc(v.Call.Args, func(arg ssa.Value) bool { return !sp.decides(arg, depth+1) })
		}
		c := sp.a.resolve(v)
		if len(c.targets) == 0 {
			return false
		}
		return !slices.ContainsFunc(c.targets, func(t target) bool { return !sp.calls[sp.a.key(t.fn)] && !sp.failsAsPredicate(t) })
	}
	return false
}

// failsAsPredicate reports whether a function fails only for what the predicate reads.
func (sp *spin) failsAsPredicate(t target) bool {
	sum := sp.a.env.Summary(sp.a.key(t.fn))
	return sum != nil && len(sum.Net.FailsOn) > 0 &&
		!slices.ContainsFunc(sum.Net.FailsOn, func(field string) bool { return !sp.reads[field] })
}

// failedCall returns the call that is known to have returned false, nil or an error
// where a branch on cond goes the given way; nil if none is.
func (a *analysis) failedCall(cond ssa.Value, taken bool) *ssa.Call {
	cond, same := stripNot(cond)
	taken = taken == same
	if cmp, ok := cond.(*ssa.BinOp); ok && (cmp.Op == token.EQL || cmp.Op == token.NEQ) && isNil(cmp.Y) {
		isEqual := taken == (cmp.Op == token.EQL)
		if isEqual != isError(cmp.X.Type()) {
			return callOf(a.through(cmp.X))
		}
		return nil
	}
	if !taken {
		return callOf(a.through(cond))
	}
	return nil
}

// callOf returns the call whose result, or one of whose results, v is; nil if it is
// none.
func callOf(v ssa.Value) *ssa.Call {
	if extract, ok := v.(*ssa.Extract); ok {
		v = extract.Tuple
	}
	call, _ := v.(*ssa.Call)
	return call
}

// conditionPos is where a branch stands: at its condition, since it has no position
// itself.
func conditionPos(cond ssa.Value) token.Pos {
	for {
		cond, _ = stripNot(cond)
		switch v := cond.(type) {
		case *ssa.Extract:
			cond = v.Tuple
			continue
		case *ssa.BinOp:
			if !v.Pos().IsValid() {
				cond = v.X
				continue
			}
		}
		return cond.Pos()
	}
}

package flow

import (
	"go/types"
	"slices"

	"github.com/fencelint/fencelint/analyzer/capture"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// escaped returns the parameters that the function puts where it cannot be followed:
// stored outside what it made itself, sent, captured, or handed to a function that
// does so or that nothing is known of.
func (a *analysis) escaped() []int {
	var params []int
	a.leaving(func(net *summary.Net) []int { return net.Escaped }, func(v ssa.Value, _ ssa.Instruction) {
		if v != nil && pointerLike(v.Type()) {
			params = withParam(params, a.paramIndex(a.place(v).base))
		}
	})
	return params
}

// exposed returns the parameters of which the function lets others reach the locks inside:
// those that escape, without what only a part escapes of that has no lock, or what they
// lead to, or what is only printed.
func (a *analysis) exposed() []int {
	var params []int
	a.leaving(func(net *summary.Net) []int { return net.Exposed }, func(v ssa.Value, by ssa.Instruction) {
		if v != nil && pointerLike(v.Type()) && a.exposes(a.place(v)) && !a.printed(by) {
			params = withParam(params, a.paramIndex(a.place(v).base))
		}
	})
	return params
}

// withParam returns the sorted params with one more, if it is one.
func withParam(params []int, param int) []int {
	if at, known := slices.BinarySearch(params, param); !known && param >= 0 {
		return slices.Insert(params, at, param)
	}
	return params
}

// exposes reports whether who has what is at p can reach a lock in what the place begins
// with: it is that or a part of it, and has a lock in it.
func (a *analysis) exposes(p place) bool {
	if !p.known() || slices.ContainsFunc(p.steps, func(s step) bool { return s.field != nil && pointerLike(s.field.Type()) }) {
		return false
	}
	t := deref(p.typ)
	return types.IsInterface(t) || a.bearsLock(t, deepest)
}

// printed reports whether an instruction hands what it is given to a call that only prints or
// wraps it: directly, or in the list of its last arguments.
func (a *analysis) printed(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case ssa.CallInstruction:
		c := a.resolve(instr)
		return len(c.targets) > 0 && harmless(c.targets)
	case *ssa.Store:
		addr, ok := instr.Addr.(*ssa.IndexAddr)
		if !ok {
			return false
		}
		list, ok := addr.X.(*ssa.Alloc)
		if !ok {
			return false
		}
		handed := false
		for _, ref := range *list.Referrers() {
			slice, ok := ref.(*ssa.Slice)
			if !ok {
				continue
			}
			for _, use := range *slice.Referrers() {
				if call, ok := use.(ssa.CallInstruction); !ok || !a.printed(call) {
					return false
				}
				handed = true
			}
		}
		return handed
	}
	return false
}

// leaving calls note for everything that the function puts where it cannot be followed, and
// what puts it there. Which parameters a function that is called does so with, through says.
func (a *analysis) leaving(through func(*summary.Net) []int, note func(ssa.Value, ssa.Instruction)) {
	for _, block := range a.fn.Blocks {
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				if _, variable := instr.Addr.(*ssa.Alloc); !variable {
					note(instr.Val, instr)
				}
			case *ssa.Send:
				note(instr.X, instr)
			case *ssa.Select:
				for _, state := range instr.States {
					note(state.Send, instr)
				}
			case *ssa.MapUpdate:
				note(instr.Value, instr)
			case *ssa.MakeClosure:
				for _, binding := range instr.Bindings {
					note(binding, instr)
					if alloc, ok := binding.(*ssa.Alloc); ok {
						for _, store := range capture.Stores(alloc) {
							note(store.Val, instr)
						}
					}
				}
			case ssa.CallInstruction:
				a.handedOver(instr, through, func(v ssa.Value) { note(v, instr) })
			}
		}
	}
}

func (a *analysis) handedOver(site ssa.CallInstruction, through func(*summary.Net) []int, note func(ssa.Value)) {
	common := site.Common()
	if _, ok := common.Value.(*ssa.Builtin); ok {
		return
	}
	c := a.resolve(site)
	if _, spawned := site.(*ssa.Go); !spawned {
		if c.contract.HasEffects() {
			return
		}
		if len(c.targets) > 0 && harmless(c.targets) {
			return
		}
		if len(c.targets)+len(c.annotated) > 0 && c.open == "" && c.param < 0 {
			for _, t := range c.targets {
				sum := a.env.Summary(a.key(t.fn))
				unknown := a.unknown(sum, a.key(t.fn))
				for i, arg := range t.params {
					if unknown || sum != nil && slices.Contains(through(&sum.Net), i) {
						note(arg)
					}
				}
			}
			return
		}
	}
	for _, arg := range common.Args {
		note(arg)
	}
	if common.IsInvoke() {
		note(common.Value)
	}
}

// fresh reports whether what the function returns was made by it on every path.
func (a *analysis) fresh() bool {
	made := false
	for _, e := range a.exits {
		for _, result := range e.ret.Results {
			if !pointerLike(result.Type()) || isError(result.Type()) || isNil(result) {
				continue
			}
			if !a.created(a.place(result)) {
				return false
			}
			made = true
		}
	}
	return made
}

// created reports whether what is at p was made by this function, or by a call that
// makes what it returns.
func (a *analysis) created(p place) bool { return a.allCreated(p, make(map[*ssa.Phi]bool)) }

// allCreated is created for what several values may be; a phi on the way back to
// itself adds nothing.
func (a *analysis) allCreated(p place, seen map[*ssa.Phi]bool) bool {
	switch base := p.base.(type) {
	case *ssa.Alloc:
		return len(p.steps) == 0 || p.steps[0].at == nil
	case *ssa.MakeChan, *ssa.MakeMap, *ssa.MakeSlice:
		return true
	case *ssa.Phi:
		if seen[base] {
			return true
		}
		seen[base] = true
		return !slices.ContainsFunc(base.Edges, func(edge ssa.Value) bool {
			return !isNil(edge) && !a.allCreated(a.place(edge), seen)
		})
	case *ssa.Extract:
		if call, ok := base.Tuple.(*ssa.Call); ok {
			return a.makes(call)
		}
	case *ssa.Call:
		return a.makes(base)
	}
	return false
}

// makes reports whether a call makes what it returns. A function that nothing is
// known of is taken to.
func (a *analysis) makes(call *ssa.Call) bool {
	c := a.resolve(call)
	if len(c.targets) == 0 {
		return c.contract == nil || !slices.ContainsFunc(c.contract.Effects, isWait)
	}
	for _, t := range c.targets {
		sum := a.env.Summary(a.key(t.fn))
		if sum != nil && sum.Unknown == "" && !sum.Net.Fresh {
			return false
		}
	}
	return true
}

// returnedFlags returns the flags that the function returns, if it returns such.
func (a *analysis) returnedFlags() summary.Flags {
	var all summary.Flags
	for _, e := range a.exits {
		if len(e.ret.Results) != 1 || !a.isFlags(e.ret.Results[0].Type()) {
			return nil
		}
		f := a.flags(e.ret.Results[0])
		if len(f) == 0 {
			return nil
		}
		all = append(all, f...)
	}
	return normal(all)
}

func isSignature(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

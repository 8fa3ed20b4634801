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
	note := func(v ssa.Value) {
		if v == nil || !pointerLike(v.Type()) {
			return
		}
		if i := a.paramIndex(a.place(v).base); i >= 0 && !slices.Contains(params, i) {
			params = append(params, i)
		}
	}
	for _, block := range a.fn.Blocks {
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				if _, variable := instr.Addr.(*ssa.Alloc); !variable {
					note(instr.Val)
				}
			case *ssa.Send:
				note(instr.X)
			case *ssa.Select:
				for _, state := range instr.States {
					note(state.Send)
				}
			case *ssa.MapUpdate:
				note(instr.Value)
			case *ssa.MakeClosure:
				for _, binding := range instr.Bindings {
					note(binding)
					if alloc, ok := binding.(*ssa.Alloc); ok {
						for _, store := range capture.Stores(alloc) {
							note(store.Val)
						}
					}
				}
			case ssa.CallInstruction:
				a.handedOver(instr, note)
			}
		}
	}
	slices.Sort(params)
	return params
}

func (a *analysis) handedOver(site ssa.CallInstruction, note func(ssa.Value)) {
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
					if unknown || sum != nil && slices.Contains(sum.Net.Escaped, i) {
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

package explore

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/scc"
)

// ability is what a function may do, itself or by what it calls by name or makes a literal
// of: mostly, to end a wait.
type ability uint8

const (
	sends ability = 1 << iota // or closes
	receives
	wakes
	finishes // tells a group
	signals  // a fence
	tries    // to take a lock, and goes another way if it cannot
	concerns // does something that others may wait for
	makes    // makes something to wait for, or starts something
)

const anything = sends | receives | wakes | finishes | signals

// ends is what it takes to end the wait of an operation on a channel.
func (c communication) ends() ability {
	if c.send {
		return receives
	}
	return sends
}

// mayEnd reports whether a goroutine has code before it that may end waits in a way.
func (x *explorer) mayEnd(g *goroutine, how ability) bool {
	for _, f := range g.frames {
		if x.able(f.fn)&how != 0 {
			return true
		}
	}
	return false
}

// able returns what a function may do. What it calls by value may do anything.
func (x *explorer) able(fn *ssa.Function) ability {
	can, known := x.abilities[fn]
	if !known {
		spread(fn, x.abilities, x.ownAbility, x.below)
		can = x.abilities[fn]
	}
	return can
}

// below returns the functions that one calls by name or makes values of.
func (x *explorer) below(fn *ssa.Function) []*ssa.Function {
	if !x.follows(fn) {
		return nil
	}
	return x.limitsOf(fn).below
}

// onlyLocks reports whether a function, and those that are followed below it by what they are
// handed and hand out, does nothing that others wait for but with locks: it is not to be expected
// then that anybody else comes to wait. Those that are followed because a lock is held are not
// looked at.
func (x *explorer) onlyLocks(fn *ssa.Function) bool {
	can, known := x.entered[fn]
	if !known {
		spread(fn, x.entered, x.communicates, x.handing)
		can = x.entered[fn]
	}
	return can == 0
}

// handing returns the functions below one that are followed for what they may be handed, or
// hand out.
func (x *explorer) handing(fn *ssa.Function) []*ssa.Function {
	return slices.DeleteFunc(slices.Clone(x.below(fn)), func(below *ssa.Function) bool {
		return !x.concerns(below) || !handsOut(below) && !x.leads(below.Signature.Params()) &&
			!(below.Signature.Recv() != nil && x.leads(below.Signature.Recv().Type())) &&
			!slices.ContainsFunc(below.FreeVars, func(v *ssa.FreeVar) bool { return x.leads(v.Type()) })
	})
}

// spread finds out what a function, and those below it of which it is not known, may do. Those
// that call each other may do the same, whichever of them is asked for first.
func spread(fn *ssa.Function, known map[*ssa.Function]ability, own func(*ssa.Function) ability, below func(*ssa.Function) []*ssa.Function) {
	fns := []*ssa.Function{fn}
	index := map[*ssa.Function]int{fn: 0}
	var does []ability
	var edges [][]int
	for v := 0; v < len(fns); v++ {
		can := own(fns[v])
		var next []int
		for _, called := range below(fns[v]) {
			if done, ok := known[called]; ok {
				can |= done
				continue
			}
			w, ok := index[called]
			if !ok {
				w = len(fns)
				index[called] = w
				fns = append(fns, called)
			}
			next = append(next, w)
		}
		does, edges = append(does, can), append(edges, next)
	}
	for _, members := range scc.Components(len(fns), func(v int) []int { return edges[v] }) {
		var can ability
		for _, v := range members {
			can |= does[v]
			for _, w := range edges[v] {
				can |= known[fns[w]] // nothing yet, for one of the members
			}
		}
		for _, v := range members {
			known[fns[v]] = can
		}
	}
}

// communicates is what a function may do itself with anything but locks.
func (x *explorer) communicates(fn *ssa.Function) ability {
	if k, ok := operations[x.name(fn)]; ok && k.locks() || !x.waitsOrEnds(fn) {
		return 0
	}
	return concerns
}

// ownAbility is what a function may do itself.
func (x *explorer) ownAbility(fn *ssa.Function) (can ability) {
	if x.waitsOrEnds(fn) {
		can |= concerns
	}
	if x.makesSomething(fn) {
		can |= makes
	}
	if !x.follows(fn) {
		return can | x.primitiveAbility(fn)
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			can |= direct(instr)
		}
	}
	return can
}

func (x *explorer) primitiveAbility(fn *ssa.Function) ability {
	switch k, ok := operations[x.name(fn)]; {
	case ok && (k == wakeOne || k == wakeAll):
		return wakes
	case ok && (k == done || k == add):
		return finishes
	case ok && (k == tryLock || k == tryReadLock):
		return tries
	}
	if k, _, ok := x.promised(fn); ok && k == fenceSignal {
		return signals
	}
	return 0
}

// direct is what one instruction may do.
func direct(instr ssa.Instruction) ability {
	switch instr := instr.(type) {
	case *ssa.Send:
		return sends
	case *ssa.UnOp:
		if instr.Op == token.ARROW {
			return receives
		}
	case *ssa.Select:
		var can ability
		for _, st := range instr.States {
			if st.Dir == types.SendOnly {
				can |= sends
			} else {
				can |= receives
			}
		}
		return can
	case ssa.CallInstruction:
		call := instr.Common()
		if b, ok := call.Value.(*ssa.Builtin); ok {
			if b.Name() == "close" {
				return sends
			}
			return 0
		}
		if call.StaticCallee() == nil {
			return anything
		}
	}
	return 0
}

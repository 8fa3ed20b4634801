package explore

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// ability is what a function may do, itself or by what it calls, to end a wait.
type ability uint8

const (
	sends ability = 1 << iota // or closes
	receives
	wakes
	finishes // tells a group
	signals  // a fence
	tries    // to take a lock, and goes another way if it cannot
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
	known, ok := x.abilities[fn]
	if ok {
		return known
	}
	x.abilities[fn] = 0
	var can ability
	if !x.follows(fn) {
		can = x.primitiveAbility(fn)
		x.abilities[fn] = can
		return can
	}
	var operands [16]*ssa.Value
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			can |= direct(instr)
			for _, op := range instr.Operands(operands[:0]) {
				if called, ok := (*op).(*ssa.Function); ok {
					can |= x.able(called)
				}
			}
		}
	}
	x.abilities[fn] = can
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

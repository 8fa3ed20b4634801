package explore

import (
	"iter"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// body is what is known of the text of a function.
type body struct {
	id      int
	fn      *ssa.Function
	liveOut [][]ssa.Value   // at the end of each block; nil as long as nobody has asked
	liveAt  [][][]ssa.Value // before each instruction of each block
}

func (x *explorer) body(fn *ssa.Function) *body {
	b, ok := x.bodies[fn]
	if !ok {
		b = &body{id: len(x.bodies), fn: fn}
		x.bodies[fn] = b
	}
	return b
}

// live returns the registers that may still be read from a place in the function on, always
// in the same order.
func (b *body) live(block *ssa.BasicBlock, index int) []ssa.Value {
	if b.liveOut == nil {
		b.liveOut, b.liveAt = liveOut(b.fn), make([][][]ssa.Value, len(b.fn.Blocks))
	}
	at := &b.liveAt[block.Index]
	if *at == nil {
		*at = make([][]ssa.Value, len(block.Instrs))
	}
	if (*at)[index] == nil {
		(*at)[index] = back(block, index, append([]ssa.Value{}, b.liveOut[block.Index]...))
	}
	return (*at)[index]
}

// back takes live registers from the end of a block to before an instruction.
func back(block *ssa.BasicBlock, index int, live []ssa.Value) []ssa.Value {
	among := make(map[ssa.Value]bool, len(live))
	for _, v := range live {
		among[v] = true
	}
	var operands [16]*ssa.Value
	for _, instr := range slices.Backward(block.Instrs[index:]) {
		if v, ok := instr.(ssa.Value); ok {
			among[v] = false
		}
		if _, ok := instr.(*ssa.Phi); ok {
			continue
		}
		for _, op := range instr.Operands(operands[:0]) {
			switch v := (*op).(type) {
			case nil, *ssa.Const, *ssa.Function, *ssa.Global, *ssa.Builtin:
			default:
				if _, listed := among[v]; !listed {
					live = append(live, v)
				}
				among[v] = true
			}
		}
	}
	return slices.DeleteFunc(live, func(v ssa.Value) bool { return !among[v] })
}

// liveOut returns the registers that are live at the end of each block: those from which a
// way leads to a use and not through where they are set.
func liveOut(fn *ssa.Function) [][]ssa.Value {
	out := make([][]ssa.Value, len(fn.Blocks))
	last := make([]ssa.Value, len(fn.Blocks)) // found to be live at the end of each
	var ways []*ssa.BasicBlock
	for v := range everyRegister(fn) {
		made, _ := v.(ssa.Instruction)
		at := func(b *ssa.BasicBlock) bool { return made != nil && made.Block() == b }
		end := func(b *ssa.BasicBlock) {
			if last[b.Index] == v {
				return
			}
			last[b.Index] = v
			out[b.Index] = append(out[b.Index], v)
			if !at(b) {
				ways = append(ways, b)
			}
		}
		for _, user := range *v.Referrers() {
			if phi, ok := user.(*ssa.Phi); ok {
				for i, edge := range phi.Edges {
					if edge == v {
						end(phi.Block().Preds[i])
					}
				}
			} else if !at(user.Block()) {
				ways = append(ways, user.Block())
			}
			for len(ways) > 0 {
				b := ways[len(ways)-1]
				ways = ways[:len(ways)-1]
				for _, pred := range b.Preds {
					end(pred)
				}
			}
		}
	}
	return out
}

// everyRegister iterates over all that has a value while a function runs.
func everyRegister(fn *ssa.Function) iter.Seq[ssa.Value] {
	return func(yield func(ssa.Value) bool) {
		for _, p := range fn.Params {
			if !yield(p) {
				return
			}
		}
		for _, free := range fn.FreeVars {
			if !yield(free) {
				return
			}
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if v, ok := instr.(ssa.Value); ok && !yield(v) {
					return
				}
			}
		}
	}
}

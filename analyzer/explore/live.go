package explore

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// spot is a place in a function.
type spot struct {
	block *ssa.BasicBlock
	index int
}

// live returns the registers that may still be read from a place in a function on, by
// name.
func (x *explorer) live(fn *ssa.Function, block *ssa.BasicBlock, index int) []ssa.Value {
	at := spot{block, index}
	if known, ok := x.liveAt[at]; ok {
		return known
	}
	out, ok := x.liveOut[fn]
	if !ok {
		out = liveOut(fn)
		x.liveOut[fn] = out
	}
	set := make(map[ssa.Value]bool, len(out[block.Index]))
	for _, v := range out[block.Index] {
		set[v] = true
	}
	back(block, index, set)
	sorted := slices.SortedFunc(maps.Keys(set), func(a, b ssa.Value) int { return strings.Compare(a.Name(), b.Name()) })
	x.liveAt[at] = sorted
	return sorted
}

// back takes a set of live registers from the end of a block to before an instruction.
func back(block *ssa.BasicBlock, index int, set map[ssa.Value]bool) {
	var operands [16]*ssa.Value
	for _, instr := range slices.Backward(block.Instrs[index:]) {
		if v, ok := instr.(ssa.Value); ok {
			delete(set, v)
		}
		if _, ok := instr.(*ssa.Phi); ok {
			continue
		}
		for _, op := range instr.Operands(operands[:0]) {
			switch v := (*op).(type) {
			case nil, *ssa.Const, *ssa.Function, *ssa.Global, *ssa.Builtin:
			default:
				set[v] = true
			}
		}
	}
}

// liveOut returns the registers that are live at the end of each block: those from which a
// way leads to a use and not through where they are set.
func liveOut(fn *ssa.Function) [][]ssa.Value {
	out := make([][]ssa.Value, len(fn.Blocks))
	last := make([]ssa.Value, len(fn.Blocks)) // found to be live at the end of each
	var ways []*ssa.BasicBlock
	for v := range registers(fn) {
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

// registers iterates over all that has a value while a function runs.
func registers(fn *ssa.Function) iter.Seq[ssa.Value] {
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

package explore

import (
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
	set := maps.Clone(out[block.Index])
	back(block, index, set)
	sorted := slices.SortedFunc(maps.Keys(set), func(a, b ssa.Value) int { return strings.Compare(a.Name(), b.Name()) })
	x.liveAt[at] = sorted
	return sorted
}

// back takes a set of live registers from the end of a block to before an instruction.
func back(block *ssa.BasicBlock, index int, set map[ssa.Value]bool) {
	var operands [16]*ssa.Value
	for i := len(block.Instrs) - 1; i >= index; i-- {
		instr := block.Instrs[i]
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

// liveOut returns the registers that are live at the end of each block.
func liveOut(fn *ssa.Function) []map[ssa.Value]bool {
	in := make([]map[ssa.Value]bool, len(fn.Blocks))
	out := make([]map[ssa.Value]bool, len(fn.Blocks))
	for i := range out {
		in[i], out[i] = map[ssa.Value]bool{}, map[ssa.Value]bool{}
	}
	for changed := true; changed; {
		changed = false
		for i := len(fn.Blocks) - 1; i >= 0; i-- {
			b := fn.Blocks[i]
			for _, succ := range b.Succs {
				maps.Copy(out[i], in[succ.Index])
				edge := slices.Index(succ.Preds, b)
				for _, instr := range succ.Instrs {
					phi, ok := instr.(*ssa.Phi)
					if !ok {
						break
					}
					switch v := phi.Edges[edge].(type) {
					case *ssa.Const, *ssa.Function, *ssa.Global:
					default:
						out[i][v] = true
					}
				}
			}
			now := maps.Clone(out[i])
			back(b, 0, now)
			if len(now) != len(in[i]) {
				in[i] = now
				changed = true
			}
		}
	}
	return out
}

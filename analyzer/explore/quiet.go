package explore

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// regionLimit is how many blocks are looked at for where the ways of a branch meet.
const regionLimit = 40

// meeting is where the ways of a branch meet again.
type meeting struct {
	block *ssa.BasicBlock
	// phis are what the block's phis come to whichever way is taken; nil for one that depends
	// on it.
	phis []ssa.Value
}

// join returns where the ways of a branch meet again, if what is done on them is nothing
// that anybody waits for or remembers: it need not matter then which is taken.
func (x *explorer) join(branch *ssa.If) *meeting {
	known, ok := x.joins[branch]
	if !ok {
		known = x.findJoin(branch)
		x.joins[branch] = known
	}
	return known
}

func (x *explorer) findJoin(branch *ssa.If) *meeting {
	from := branch.Block()
	// The ways can only meet where one of them comes to, block by block.
	candidates := []*ssa.BasicBlock{from.Succs[0], from.Succs[1]}
	tried := map[*ssa.BasicBlock]bool{from: true}
	for len(candidates) > 0 && len(tried) < regionLimit {
		join := candidates[0]
		candidates = candidates[1:]
		if tried[join] {
			continue
		}
		tried[join] = true
		if ways := x.quietUpTo(from, join); ways != nil {
			if slices.ContainsFunc(join.Instrs, counting) {
				return nil
			}
			return &meeting{join, decided(from, join, ways)}
		}
		if !x.quiet(join) {
			continue // nothing behind it can be the first meeting
		}
		candidates = append(candidates, join.Succs...)
	}
	return nil
}

// decided returns what the phis of the block where ways of a branch meet come to, if that is
// one value, and was there before the branch: a loop that goes on by one of them or by the
// other has counted the same rounds.
func decided(from, join *ssa.BasicBlock, ways []*ssa.BasicBlock) []ssa.Value {
	var values []ssa.Value
	for _, instr := range join.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		var value ssa.Value
		one := true
		for i, edge := range phi.Edges {
			if p := join.Preds[i]; p == from || p != join && slices.Contains(ways, p) {
				one = one && before(edge, from) && (value == nil || value == edge)
				value = edge
			}
		}
		if !one {
			value = nil
		}
		values = append(values, value)
	}
	return values
}

// before reports whether a value is there at the end of a block, on every way to it.
func before(v ssa.Value, b *ssa.BasicBlock) bool {
	instr, ok := v.(ssa.Instruction)
	return !ok || instr.Block().Dominates(b)
}

// counting reports whether an instruction chooses a number, by where it was come from, that
// says how often or how many: then it matters.
func counting(instr ssa.Instruction) bool {
	phi, ok := instr.(*ssa.Phi)
	if !ok {
		return false
	}
	return isInteger(phi.Type()) && slices.ContainsFunc(*phi.Referrers(), func(by ssa.Instruction) bool {
		_, compared := by.(*ssa.BinOp)
		return bounds(by) && (!compared || repeats(by.Block()))
	})
}

// repeats reports whether a block is where a loop begins anew.
func repeats(b *ssa.BasicBlock) bool { return slices.ContainsFunc(b.Preds, b.Dominates) }

// quietUpTo returns the blocks on the ways from a branch to join, and join, if all ways come
// there, over quiet blocks; nil otherwise.
func (x *explorer) quietUpTo(from, join *ssa.BasicBlock) []*ssa.BasicBlock {
	seen := []*ssa.BasicBlock{join}
	todo := slices.Clone(from.Succs)
	for len(todo) > 0 {
		b := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if slices.Contains(seen, b) {
			continue
		}
		seen = append(seen, b)
		if b == from {
			// It goes round: what is between belongs to the branch too.
			if !x.quiet(b) {
				return nil
			}
			continue
		}
		if len(seen) > regionLimit || len(b.Succs) == 0 || !x.quiet(b) {
			return nil
		}
		todo = append(todo, b.Succs...)
	}
	return seen
}

// quiet reports whether a block does nothing that anybody waits for or remembers.
func (x *explorer) quiet(b *ssa.BasicBlock) bool {
	for _, instr := range b.Instrs {
		switch instr := instr.(type) {
		case *ssa.BinOp, *ssa.Phi, *ssa.Jump, *ssa.If, *ssa.Field, *ssa.FieldAddr, *ssa.Index, *ssa.IndexAddr,
			*ssa.Extract, *ssa.Convert, *ssa.ChangeType, *ssa.ChangeInterface, *ssa.MakeInterface, *ssa.Lookup,
			*ssa.Next, *ssa.Range, *ssa.DebugRef, *ssa.TypeAssert:
		case *ssa.UnOp:
			if instr.Op == token.ARROW {
				return false
			}
		case *ssa.Call:
			if !x.quietCall(&instr.Call) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// quietCall reports whether a call only computes something.
func (x *explorer) quietCall(call *ssa.CallCommon) bool {
	if b, ok := call.Value.(*ssa.Builtin); ok {
		return b.Name() == "len" || b.Name() == "cap" || b.Name() == "min" || b.Name() == "max"
	}
	fn := call.StaticCallee()
	if fn == nil || x.neverReturns(fn) || x.concerns(fn) {
		return false
	}
	for _, arg := range call.Args {
		if _, basic := arg.Type().Underlying().(*types.Basic); !basic {
			return harmlessPackages[packageOf(fn)]
		}
	}
	return true
}

// skip goes to where the ways of a branch meet. What they have computed is not known.
func (x *explorer) skip(s *state, f *frame, to *meeting) {
	values := make([]value, len(to.phis))
	for i, v := range to.phis {
		if v == nil {
			values[i] = s.fresh()
		} else {
			values[i] = x.eval(s, f, v)
		}
	}
	for i, v := range values {
		f.env.set(to.block.Instrs[i].(*ssa.Phi), v)
	}
	f.block, f.index = to.block, len(values)
}

package explore

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// regionLimit is how many blocks are looked at for where the ways of a branch meet.
const regionLimit = 40

// join returns where the ways of a branch meet again, if what is done on them is nothing
// that anybody waits for or remembers: it need not matter then which is taken.
func (x *explorer) join(branch *ssa.If) *ssa.BasicBlock {
	known, ok := x.joins[branch]
	if !ok {
		known = x.findJoin(branch)
		x.joins[branch] = known
	}
	return known
}

func (x *explorer) findJoin(branch *ssa.If) *ssa.BasicBlock {
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
		if x.quietUpTo(from, join) {
			if slices.ContainsFunc(join.Instrs, counting) {
				return nil
			}
			return join
		}
		if !x.quiet(join) {
			continue // nothing behind it can be the first meeting
		}
		candidates = append(candidates, join.Succs...)
	}
	return nil
}

// counting reports whether an instruction chooses a number, by where it was come from, that
// says how often or how many: then it matters.
func counting(instr ssa.Instruction) bool {
	phi, ok := instr.(*ssa.Phi)
	if !ok {
		return false
	}
	basic, ok := phi.Type().Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0 && slices.ContainsFunc(*phi.Referrers(), func(by ssa.Instruction) bool {
		_, compared := by.(*ssa.BinOp)
		return bounds(by) && (!compared || repeats(by.Block()))
	})
}

// repeats reports whether a block is where a loop begins anew.
func repeats(b *ssa.BasicBlock) bool { return slices.ContainsFunc(b.Preds, b.Dominates) }

// quietUpTo reports whether all ways from a branch come to join, over quiet blocks.
func (x *explorer) quietUpTo(from, join *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{join: true}
	todo := append([]*ssa.BasicBlock{}, from.Succs...)
	for len(todo) > 0 {
		b := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[b] {
			continue
		}
		seen[b] = true
		if b == from {
			// It goes round: what is between belongs to the branch too.
			if !x.quiet(b) {
				return false
			}
			continue
		}
		if len(seen) > regionLimit || len(b.Succs) == 0 || !x.quiet(b) {
			return false
		}
		todo = append(todo, b.Succs...)
	}
	return true
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
func (x *explorer) skip(s *state, f *frame, join *ssa.BasicBlock) {
	index := 0
	for _, instr := range join.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		f.env[phi] = s.fresh()
		index++
	}
	f.block, f.index = join, index
}

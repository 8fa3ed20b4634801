package explore

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// turns are numbers of which nothing was known that say how often something is done, as far as
// others may see it.
type turns struct {
	times  *int64 // one of them, nil as long as none is known
	most   int64  // what one of them is no less than
	uneven bool   // two of them differ, for no reason that is in sight
}

// count says that something is done between lo and hi times, where that was not known until now.
func (t *turns) count(lo, hi *int64) {
	if lo != nil {
		t.most = max(t.most, *lo)
	}
	if lo != nil && hi != nil && *lo == *hi {
		t.uneven = t.uneven || t.times != nil && *t.times != *lo
		t.times = lo
	}
	t.uneven = t.uneven || t.times != nil && t.most > *t.times
}

// times returns the number that says how often a loop goes round, where a branch asks whether it
// goes round once more; nil for other branches, where something is known of that number, and
// where others may not see what the loop does.
func (x *explorer) times(s *state, f *frame, branch *ssa.If, cond unknown) value {
	sym := s.symbol(cond)
	if sym.op != "<" || !x.shows(branch) {
		return nil
	}
	if cmp, ok := branch.Cond.(*ssa.BinOp); ok {
		for _, v := range [...]ssa.Value{cmp.X, cmp.Y} {
			_, written := v.(*ssa.Const)
			if instr, ok := v.(ssa.Instruction); !written && !(ok && instr.Block() == branch.Block()) {
				return s.openOnly(x.eval(s, f, v))
			}
		}
	}
	for _, a := range sym.args {
		if u, ok := a.(unknown); ok {
			return s.openOnly(u)
		}
	}
	return nil
}

func (s *state) openOnly(v value) value {
	if u, ok := v.(unknown); ok && s.open(u) {
		return u
	}
	return nil
}

// open reports whether a number is one that may be as large as it likes.
func (s *state) open(u unknown) bool {
	_, hi := s.bounds(u)
	return hi == nil
}

// shows reports whether a branch is at the head of a loop that does something in each round which
// others may see.
func (x *explorer) shows(branch *ssa.If) bool {
	shows, known := x.shown[branch]
	if !known {
		head := branch.Block()
		shows = repeats(head) && slices.ContainsFunc(head.Parent().Blocks, func(b *ssa.BasicBlock) bool {
			return head.Dominates(b) && comesTo(b, head) && slices.ContainsFunc(b.Instrs, x.seen)
		})
		x.shown[branch] = shows
	}
	return shows
}

// seen reports whether an instruction does what others may see, as far as its text tells.
func (x *explorer) seen(instr ssa.Instruction) bool {
	if makesOrWaits(instr) {
		return true
	}
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return false
	}
	fn := call.Common().StaticCallee()
	return fn != nil && x.concerns(fn)
}

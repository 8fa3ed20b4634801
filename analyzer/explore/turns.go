package explore

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// turns are numbers of which nothing was known that say how often something is done, as far as
// others may see it. States share what is in the lists: they are replaced, not changed.
type turns struct {
	counted []counted
	related []related
	uneven  bool // two of them differ, for no reason that is in sight: then no more is asked
}

// counted is what one of the numbers is, or what it is no less than.
type counted struct {
	of    unknown
	least int64
	exact bool
}

// differs reports whether two numbers are certainly not the same.
func (c counted) differs(d counted) bool {
	return c.exact && d.exact && c.least != d.least || c.exact && d.least > c.least || d.exact && c.least > d.least
}

// count says that something is done between lo and hi times, where that was not known until now.
func (s *state) count(of unknown, lo, hi *int64) {
	if s.turns.uneven {
		return
	}
	n := counted{of: of, exact: lo != nil && hi != nil && *lo == *hi}
	if lo != nil {
		n.least = *lo
	}
	now := []counted{n}
	for _, other := range s.turns.counted {
		switch {
		case other.of == of:
			continue
		case s.apart(of, other.of):
			s.cut = s.cut || n.exact && other.exact && n.least == other.least // it cannot be
		case n.differs(other):
			s.turns = turns{uneven: true}
			return
		}
		now = append(now, other)
	}
	s.turns.counted = now
}

// turns writes what is known of the numbers, and forgets how they were compared where one of two
// is no more there. Which number it is that was counted matters only where it was compared.
func (e *encoder) turns() {
	t := &e.s.turns
	e.flag(t.uneven)
	id := func(u unknown) (int, bool) {
		if i := slices.IndexFunc(t.counted, func(n counted) bool { return n.of == u }); i >= 0 {
			return -1 - i, true
		}
		v, ok := e.s.settled(u).(unknown)
		if !ok {
			return 0, false
		}
		return e.symbols.number(v.id)
	}
	var kept []related
	compared := map[unknown]bool{}
	for _, r := range t.related {
		a, okA := id(r.a)
		b, okB := id(r.b)
		if okA && okB {
			kept = append(kept, r)
			compared[r.a], compared[r.b] = true, true
			e.mark('R')
			e.number(a)
			e.number(b)
			e.flag(r.apart)
		}
	}
	t.related = kept
	var exact *int64
	var most int64
	for i, n := range t.counted {
		switch {
		case compared[n.of]:
			e.number(-1 - i)
			e.number(int(n.least))
			e.flag(n.exact)
		case n.exact:
			exact = &n.least
			fallthrough
		default:
			most = max(most, n.least)
		}
	}
	e.bound(exact)
	e.number(int(most))
}

// times returns the number that says how often a loop goes round, where a branch asks whether it
// goes round once more; nil for other branches, where something is known of that number, and
// where others may not see what the loop does.
func (x *explorer) times(s *state, f *frame, branch *ssa.If, cond unknown) *unknown {
	sym := s.symbol(cond)
	if sym.op != "<" || !x.shows(branch) {
		return nil
	}
	if cmp, ok := branch.Cond.(*ssa.BinOp); ok {
		again := loopOf(branch).Dominates(branch.Block())
		for _, v := range [...]ssa.Value{cmp.X, cmp.Y} {
			_, written := v.(*ssa.Const)
			if instr, ok := v.(ssa.Instruction); !written && !(ok && again && instr.Block() == branch.Block()) {
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

func (s *state) openOnly(v value) *unknown {
	if u, ok := v.(unknown); ok && s.open(u) {
		return &u
	}
	return nil
}

// open reports whether a number is one that may be as large as it likes, or might until another
// that was so was decided.
func (s *state) open(u unknown) bool {
	_, hi := s.bounds(u)
	return hi == nil || slices.ContainsFunc(s.turns.related, func(r related) bool { return s.one(u, r.a) || s.one(u, r.b) })
}

// shows reports whether a branch asks for one more round of a loop that does something in each
// which others may see.
func (x *explorer) shows(branch *ssa.If) bool {
	shows, known := x.shown[branch]
	if !known {
		head := loopOf(branch)
		shows = head != nil && slices.ContainsFunc(head.Parent().Blocks, func(b *ssa.BasicBlock) bool {
			return head.Dominates(b) && comesTo(b, head) && slices.ContainsFunc(b.Instrs, x.seen)
		})
		x.shown[branch] = shows
	}
	return shows
}

// loopOf returns the head of the loop that a branch asks for one more round of, nil if it asks
// for something else. One over an integer asks before the first round, and at the end of each.
func loopOf(branch *ssa.If) *ssa.BasicBlock {
	b := branch.Block()
	if repeats(b) {
		return b
	}
	for _, head := range b.Succs {
		if repeats(head) && (head.Dominates(b) || slices.ContainsFunc(head.Preds, func(p *ssa.BasicBlock) bool {
			again, ok := p.Instrs[len(p.Instrs)-1].(*ssa.If)
			return ok && head.Dominates(p) && oneBound(branch, again)
		})) {
			return head
		}
	}
	return nil
}

// oneBound reports whether two branches compare something with one and the same value.
func oneBound(a, b *ssa.If) bool {
	x, okX := a.Cond.(*ssa.BinOp)
	y, okY := b.Cond.(*ssa.BinOp)
	return okX && okY && x.Op == y.Op && x.Y == y.Y
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

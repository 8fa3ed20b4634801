package flow

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// gaveBack forgets, where a loop has come to its end, what each of its turns gives back and
// turns of a loop before have taken, of one thing after another: where this one has not gone
// round at all, there was nothing to take either. The end of a loop of which not all turns give
// it back leaves it held, and so does one that is seen to give back less than was taken.
func (a *analysis) gaveBack(w *ways, head *ssa.BasicBlock, i int, s *state) {
	if len(s.held) == 0 {
		return
	}
	tails := backEdges(head)
	loop := loopOf(head, tails...)
	if len(tails) == 0 || loop[head.Succs[i].Index] {
		return
	}
	kept := func(h entry) bool {
		return slices.ContainsFunc(tails, func(tail *ssa.BasicBlock) bool {
			for j, succ := range tail.Succs {
				turned := w.on(way{tail, j})
				if succ == head && (turned == nil || slices.ContainsFunc(turned.held, func(e entry) bool { return e.at == h.at })) {
					return true
				}
			}
			return false
		})
	}
	gone := slices.DeleteFunc(slices.Clone(s.held), func(h entry) bool {
		return loop[h.at.block] || kept(h) || !a.takenInTurns(h) || a.givesLess(head, loop, h)
	})
	for _, h := range gone {
		s.held = slices.DeleteFunc(s.held, func(e entry) bool { return e.at == h.at })
		s.part(h.at)
	}
}

// takenInTurns reports whether each turn of a loop has taken another thing where h was taken.
func (a *analysis) takenInTurns(h entry) bool {
	head := a.takingLoop(h)
	return head != nil && within(loopOf(head, backEdges(head)...), h.obj.place)
}

// takingLoop returns where the innermost loop begins in which h was taken, nil if there is none.
func (a *analysis) takingLoop(h entry) *ssa.BasicBlock {
	for head := a.fn.Blocks[h.at.block]; head != nil; head = head.Idom() {
		if tails := backEdges(head); len(tails) > 0 && loopOf(head, tails...)[h.at.block] {
			return head
		}
	}
	return nil
}

// given is a place in the function that gives back what was taken in another.
type given struct{ taken, at point }

// givesLess reports whether the loop that begins in head is seen not to give back all that was
// taken at h: it gives back the same thing in each turn, leaves out elements of the list, or goes
// round another one, or one that not all was put into. Where the lists cannot be told, whoever
// goes round twice is trusted to go round the same.
func (a *analysis) givesLess(head *ssa.BasicBlock, loop []bool, h entry) bool {
	var back []place
	for g, p := range a.given {
		if g.taken == h.at && loop[g.at.block] {
			back = append(back, p)
		}
	}
	if slices.ContainsFunc(back, func(p place) bool { return p.known() && !varies(loop, p) }) {
		return true
	}
	var giving listed
	for i, p := range back {
		if l := listedBy(head, p); i == 0 {
			giving = l
		} else if l != giving {
			return false
		}
	}
	if giving.list == nil {
		return false
	}
	begin := a.takingLoop(h)
	if phi, ok := giving.list.(*ssa.Phi); ok && phi.Block() == begin {
		return a.leavesOut(phi, h)
	}
	taking := listedBy(begin, h.obj.place)
	if taking.list == nil {
		return false
	}
	_, taken := taking.list.(*ssa.Slice)
	if part, ok := giving.list.(*ssa.Slice); ok && !taken {
		low, ok := constantOf(part.Low)
		return ok && low > taking.first && a.sameList(taking.list, part.X)
	}
	if a.sameList(taking.list, giving.list) {
		return giving.first > taking.first
	}
	return otherList(taking.list, giving.list)
}

// sameList reports whether two values are one list: one value, or what one field or variable is
// or holds both times.
func (a *analysis) sameList(x, y ssa.Value) bool {
	if x == y {
		return true
	}
	p, q := a.place(listAddress(x)), a.place(listAddress(y))
	return p.known() && p.base == q.base && p.instance() == q.instance()
}

// otherList reports whether two values are lists that the function was given, by two names.
func otherList(x, y ssa.Value) bool {
	_, first := x.(*ssa.Parameter)
	_, second := y.(*ssa.Parameter)
	return first && second && x != y
}

// listAddress returns the address of the field or variable that a list is in, or the list itself.
func listAddress(list ssa.Value) ssa.Value {
	if load, ok := list.(*ssa.UnOp); ok && load.Op == token.MUL {
		return load.X
	}
	return list
}

// leavesOut reports whether a turn of the loop that a list is made in may take something at h
// that it neither gives back itself nor appends to the list.
func (a *analysis) leavesOut(list *ssa.Phi, h entry) bool {
	appends, ok := appendsTo(list)
	if !ok {
		return false
	}
	done := make([]bool, len(a.fn.Blocks)) // blocks in which it was given back or put in
	for g := range a.given {
		if g.taken == h.at {
			done[g.at.block] = done[g.at.block] || g.at.block != h.at.block || g.at.instr > h.at.instr
		}
	}
	for _, call := range appends {
		done[call.Block().Index] = true
		if call.Block().Dominates(a.fn.Blocks[h.at.block]) {
			return false // before it is taken
		}
	}
	if done[h.at.block] {
		return false
	}
	from, ok := takenIn(a.fn.Blocks[h.at.block], h.at.instr)
	if !ok {
		return false
	}
	left := make([]bool, len(a.fn.Blocks))
	flood(left, from, list.Block().Index, func(b *ssa.BasicBlock) []*ssa.BasicBlock {
		if done[b.Index] {
			return nil
		}
		return b.Succs
	})
	return left[list.Block().Index]
}

// takenIn returns the blocks after one in which an instruction has taken something: of one that
// tries to, the one where it has. Where that cannot be told ok is false.
func takenIn(block *ssa.BasicBlock, instr int) (after []*ssa.BasicBlock, ok bool) {
	if instr < 0 {
		return nil, false
	}
	call, ok := block.Instrs[instr].(*ssa.Call)
	if !ok || !isBool(call.Type()) {
		return block.Succs, true
	}
	branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
	if !ok {
		return nil, false
	}
	if not, ok := branch.Cond.(*ssa.UnOp); ok && not.Op == token.NOT && not.X == ssa.Value(call) {
		return block.Succs[1:], true
	}
	return block.Succs[:1], branch.Cond == ssa.Value(call)
}

// gaveBack reports whether a turn ends without something with which its loop was come to, so that
// the end of the loop is to be looked at again.
func (w *ways) gaveBack(head, from *ssa.BasicBlock, s *state) bool {
	return head.Dominates(from) && w.in[head.Index] != nil && slices.ContainsFunc(w.in[head.Index].held, func(h entry) bool {
		return !slices.ContainsFunc(s.held, func(e entry) bool { return e.at == h.at })
	})
}

package flow

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// gaveBack forgets, where a loop has come to its end, what each of its turns gives back of the
// list that it goes round and turns of a loop before have taken, of that list or of what they
// have put in it: where this one has not gone round at all, there was nothing to take either.
// The end of a loop that goes round another list, or a part of it, or of which not all turns
// give it back, leaves it held.
func (a *analysis) gaveBack(w *ways, head *ssa.BasicBlock, i int, s *state) {
	if len(s.held) == 0 {
		return
	}
	tails := backEdges(head)
	loop := loopOf(head, tails...)
	if len(tails) == 0 || loop[head.Succs[i].Index] {
		return
	}
	giving, ok := roundOf(head)
	if !ok {
		return
	}
	gone := slices.DeleteFunc(slices.Clone(s.held), func(h entry) bool {
		return loop[h.at.block] || !a.allGiven(loop, giving, h) || slices.ContainsFunc(tails, func(tail *ssa.BasicBlock) bool {
			for j, succ := range tail.Succs {
				turned := w.over[way{tail, j}]
				if succ == head && (turned == nil || slices.ContainsFunc(turned.held, func(e entry) bool { return e.at == h.at })) {
					return true
				}
			}
			return false
		})
	})
	for _, h := range gone {
		s.held = slices.DeleteFunc(s.held, func(e entry) bool { return e.at == h.at })
		s.part(h.at)
	}
}

// given is a place in the function that gives back what was taken in another.
type given struct{ taken, at point }

// allGiven reports whether a loop gives back of each of its elements what was taken at h, and
// whether those are all of which it was taken.
func (a *analysis) allGiven(loop []bool, giving round, h entry) bool {
	var list ssa.Value
	for g, p := range a.given {
		if g.taken != h.at || !loop[g.at.block] {
			continue
		}
		if list = giving.list(p); list == nil {
			return false
		}
	}
	if list == nil {
		return false
	}
	for head := a.fn.Blocks[h.at.block]; head != nil; head = head.Idom() {
		tails := backEdges(head)
		if len(tails) == 0 || !loopOf(head, tails...)[h.at.block] {
			continue
		}
		if taking, ok := roundOf(head); ok && a.sameList(taking.list(h.obj.place), list) {
			return true
		}
		return a.allPut(head, list, h)
	}
	return false
}

// sameList reports whether two values are one list: one value, or what one field is or held
// both times.
func (a *analysis) sameList(x, y ssa.Value) bool {
	if x == nil || x == y {
		return x != nil
	}
	first, second := listField(x), listField(y)
	if first == nil || second == nil {
		return false
	}
	p, q := a.place(first), a.place(second)
	return p.known() && p.base == q.base && p.instance() == q.instance()
}

// listField returns the address of the field that a list is in, nil if it is not known to be in
// one.
func listField(list ssa.Value) ssa.Value {
	if load, ok := list.(*ssa.UnOp); ok && load.Op == token.MUL {
		list = load.X
	}
	field, _ := list.(*ssa.FieldAddr)
	if field == nil {
		return nil
	}
	return field
}

// allPut reports whether each turn of the loop that begins in head appends to a list what it
// has taken at h, unless it gives it back itself.
func (a *analysis) allPut(head *ssa.BasicBlock, list ssa.Value, h entry) bool {
	phi, ok := list.(*ssa.Phi)
	if !ok || phi.Block() != head {
		return false
	}
	appends, ok := appendsTo(phi)
	if !ok {
		return false
	}
	done := make([]bool, len(a.fn.Blocks)) // blocks in which it was given back or put in
	mark := func(p point) { done[p.block] = done[p.block] || p.block != h.at.block || p.instr > h.at.instr }
	for g := range a.given {
		if g.taken == h.at {
			mark(g.at)
		}
	}
	for _, call := range appends {
		if v := onlyElement(call.Call.Args[1]); v != nil && a.place(v).known() && a.place(v).within(h.obj.place) {
			mark(a.pointOf(call))
		}
	}
	if done[h.at.block] {
		return true
	}
	left := make([]bool, len(a.fn.Blocks))
	flood(left, a.fn.Blocks[h.at.block].Succs, head.Index, func(b *ssa.BasicBlock) []*ssa.BasicBlock {
		if done[b.Index] {
			return nil
		}
		return b.Succs
	})
	return !left[head.Index]
}

// gaveBack reports whether a turn ends without something with which its loop was come to, so that
// the end of the loop is to be looked at again.
func (w *ways) gaveBack(head, from *ssa.BasicBlock, s *state) bool {
	return head.Dominates(from) && w.in[head.Index] != nil && slices.ContainsFunc(w.in[head.Index].held, func(h entry) bool {
		return !slices.ContainsFunc(s.held, func(e entry) bool { return e.at == h.at })
	})
}

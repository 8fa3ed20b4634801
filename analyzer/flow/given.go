package flow

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// gaveBack forgets, where a loop has come to its end, what each of its turns gives back and
// turns of a loop before have taken, of one thing after another: where this one has not gone
// round at all, there was nothing to take either. The end of a loop of which not all turns give
// it back leaves it held.
func (a *analysis) gaveBack(w *ways, head *ssa.BasicBlock, i int, s *state) {
	if len(s.held) == 0 {
		return
	}
	tails := backEdges(head)
	loop := loopOf(head, tails...)
	if len(tails) == 0 || loop[head.Succs[i].Index] {
		return
	}
	gone := slices.DeleteFunc(slices.Clone(s.held), func(h entry) bool {
		return loop[h.at.block] || !a.takenInTurns(h) || slices.ContainsFunc(tails, func(tail *ssa.BasicBlock) bool {
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

// takenInTurns reports whether each turn of a loop has taken another thing where h was taken.
func (a *analysis) takenInTurns(h entry) bool {
	for head := a.fn.Blocks[h.at.block]; head != nil; head = head.Idom() {
		tails := backEdges(head)
		if len(tails) == 0 {
			continue
		}
		if loop := loopOf(head, tails...); loop[h.at.block] {
			return within(loop, h.obj.place)
		}
	}
	return false
}

// gaveBack reports whether a turn ends without something with which its loop was come to, so that
// the end of the loop is to be looked at again.
func (w *ways) gaveBack(head, from *ssa.BasicBlock, s *state) bool {
	return head.Dominates(from) && w.in[head.Index] != nil && slices.ContainsFunc(w.in[head.Index].held, func(h entry) bool {
		return !slices.ContainsFunc(s.held, func(e entry) bool { return e.at == h.at })
	})
}

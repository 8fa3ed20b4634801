package flow

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// listed is a list and the number of the first of its elements that a loop comes to.
type listed struct {
	list  ssa.Value
	first int64
}

// listedBy returns the list of which p is an element, or a part of one, in each turn of the loop
// that begins in head, one after another; none where it is not known to be one of those.
func listedBy(head *ssa.BasicBlock, p place) listed {
	if element, ok := p.base.(*ssa.Extract); ok {
		if next, ok := element.Tuple.(*ssa.Next); ok && next.Block() == head {
			return listed{list: next.Iter.(*ssa.Range).X}
		}
	}
	for _, s := range p.steps {
		if element, ok := s.at.(*ssa.IndexAddr); ok {
			if first, ok := countsUp(element.Index, head); ok {
				return listed{element.X, first}
			}
		}
	}
	return listed{}
}

// varies reports whether what is at p is another thing in each turn of a loop, for all that is
// known: not an element that has one number in all of them.
func varies(loop []bool, p place) bool {
	return inside(loop, p.base) || slices.ContainsFunc(p.steps, func(s step) bool {
		switch at := s.at.(type) {
		case *ssa.IndexAddr:
			return inside(loop, at.Index)
		case *ssa.Index:
			return inside(loop, at.Index)
		case *ssa.Lookup:
			return inside(loop, at.Index)
		}
		return inside(loop, s.at)
	})
}

// countsUp returns from where on v counts the turns of the loop that begins in head: one is added
// to it at the end of each, or before it is used.
func countsUp(v ssa.Value, head *ssa.BasicBlock) (first int64, ok bool) {
	phi, ok := v.(*ssa.Phi)
	if sum, added := v.(*ssa.BinOp); added && isPlusOne(sum) {
		phi, ok = sum.X.(*ssa.Phi)
		first = 1
	}
	if !ok || phi.Block() != head {
		return 0, false
	}
	var from []int64
	for i, edge := range phi.Edges {
		if head.Dominates(head.Preds[i]) {
			if sum, ok := edge.(*ssa.BinOp); !ok || !isPlusOne(sum) || sum.X != ssa.Value(phi) {
				return 0, false
			}
			continue
		}
		n, ok := constantOf(edge)
		if !ok {
			return 0, false
		}
		from = append(from, n)
	}
	if from = slices.Compact(from); len(from) != 1 {
		return 0, false
	}
	return first + from[0], true
}

func isPlusOne(sum *ssa.BinOp) bool {
	n, ok := constantOf(sum.Y)
	return ok && sum.Op == token.ADD && n == 1
}

// constantOf returns the integer that a value is by its text.
func constantOf(v ssa.Value) (n int64, ok bool) {
	if c, is := v.(*ssa.Const); is && c.Value != nil {
		return constant.Int64Val(constant.ToInt(c.Value))
	}
	return 0, false
}

// appendsTo returns where a loop appends to a list that it goes on with in the next turn; ok is
// false where the list becomes another one.
func appendsTo(list *ssa.Phi) (calls []*ssa.Call, ok bool) {
	loop := loopOf(list.Block(), backEdges(list.Block())...)
	seen := map[*ssa.Phi]bool{}
	var grown func(v ssa.Value) bool
	grown = func(v ssa.Value) bool {
		switch v := v.(type) {
		case *ssa.Call:
			if !isBuiltin(v, "append") {
				return false
			}
			calls = append(calls, v)
			return grown(v.Call.Args[0])
		case *ssa.Phi:
			if seen[v] {
				return true
			}
			if !loop[v.Block().Index] {
				return false
			}
			seen[v] = true
			for i, edge := range v.Edges {
				if loop[v.Block().Preds[i].Index] && !grown(edge) {
					return false
				}
			}
			return true
		}
		return false
	}
	return calls, grown(list) && len(calls) > 0
}

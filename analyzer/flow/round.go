package flow

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// round is a loop that goes over all elements of a list or map, one after the other.
type round struct {
	number ssa.Value // of an element of a list, from 0 on
	bound  ssa.Value // how many there are
	next   *ssa.Next // of a map
}

// roundOf returns how the loop that begins in head goes over something; ok is false if it does
// not begin with the first or leaves some out.
func roundOf(head *ssa.BasicBlock) (r round, ok bool) {
	branch, ok := head.Instrs[len(head.Instrs)-1].(*ssa.If)
	if !ok {
		return round{}, false
	}
	switch cond := branch.Cond.(type) {
	case *ssa.Extract:
		next, ok := cond.Tuple.(*ssa.Next)
		return round{next: next}, ok && cond.Index == 0 && next.Block() == head
	case *ssa.BinOp:
		return round{number: cond.X, bound: cond.Y}, cond.Op == token.LSS && countsUp(cond.X, head)
	}
	return round{}, false
}

// countsUp reports whether v is the number of the turn of the loop that begins in head, from 0
// on: what was one less before is added one to first, or what was 0 is at the end of each turn.
func countsUp(v ssa.Value, head *ssa.BasicBlock) bool {
	first := int64(0)
	phi, ok := v.(*ssa.Phi)
	if sum, added := v.(*ssa.BinOp); added && isPlusOne(sum) {
		phi, ok = sum.X.(*ssa.Phi)
		first = -1
	}
	if !ok || phi.Block() != head {
		return false
	}
	for i, edge := range phi.Edges {
		switch edge := edge.(type) {
		case *ssa.Const:
			if n, exact := constant.Int64Val(constant.ToInt(edge.Value)); head.Dominates(head.Preds[i]) || !exact || n != first {
				return false
			}
		case *ssa.BinOp:
			if !isPlusOne(edge) || edge.X != ssa.Value(phi) || first == -1 && edge != v {
				return false
			}
		default:
			return false
		}
	}
	return true
}

func isPlusOne(sum *ssa.BinOp) bool {
	one, ok := sum.Y.(*ssa.Const)
	if !ok || sum.Op != token.ADD || one.Value == nil {
		return false
	}
	n, exact := constant.Int64Val(constant.ToInt(one.Value))
	return exact && n == 1
}

// list returns what the loop goes over, if p is an element of that in each of its turns, or a
// part of one; nil if it is not.
func (r round) list(p place) ssa.Value {
	if element, ok := p.base.(*ssa.Extract); ok && r.next != nil && element.Tuple == r.next {
		return r.next.Iter.(*ssa.Range).X
	}
	for _, s := range p.steps {
		if element, ok := s.at.(*ssa.IndexAddr); ok && r.number != nil && element.Index == r.number && r.all(element.X) {
			return element.X
		}
	}
	return nil
}

// all reports whether the loop goes round as often as a list has elements.
func (r round) all(list ssa.Value) bool {
	switch bound := r.bound.(type) {
	case *ssa.Call:
		return isBuiltin(bound, "len") && bound.Call.Args[0] == list
	case *ssa.Const:
		array, ok := deref(list.Type()).Underlying().(*types.Array)
		n, exact := constant.Int64Val(constant.ToInt(bound.Value))
		return ok && exact && n == array.Len()
	}
	return false
}

// appendsTo returns what a loop appends to a list that it goes on with in the next turn; ok is
// false where the list becomes another one, or what was appended is lost again.
func appendsTo(list *ssa.Phi) (calls []*ssa.Call, ok bool) {
	seen := map[*ssa.Phi]bool{}
	loop := loopOf(list.Block(), backEdges(list.Block())...)
	var grown func(v ssa.Value) bool
	grown = func(v ssa.Value) bool {
		switch v := v.(type) {
		case *ssa.Call:
			if !isBuiltin(v, "append") || len(v.Call.Args) != 2 {
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
	if !grown(list) {
		return nil, false
	}
	for phi := range seen {
		for i, edge := range phi.Edges {
			pred := phi.Block().Preds[i]
			for _, call := range calls {
				if loop[pred.Index] && call.Block() != phi.Block() && call.Block().Dominates(pred) && !after(edge, call) {
					return nil, false
				}
			}
		}
	}
	return calls, true
}

// after reports whether a list is what an append has made of it, or what others have made of
// that.
func after(list ssa.Value, call *ssa.Call) bool {
	for {
		switch v := list.(type) {
		case *ssa.Call:
			if v == call || !isBuiltin(v, "append") {
				return v == call
			}
			list = v.Call.Args[0]
		case *ssa.Phi:
			return call.Block().Dominates(v.Block())
		default:
			return false
		}
	}
}

// onlyElement returns the one value that is appended, nil if there are others.
func onlyElement(args ssa.Value) ssa.Value {
	slice, ok := args.(*ssa.Slice)
	if !ok {
		return nil
	}
	alloc, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	array, ok := deref(alloc.Type()).Underlying().(*types.Array)
	if !ok || array.Len() != 1 {
		return nil
	}
	for _, ref := range *alloc.Referrers() {
		addr, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, use := range *addr.Referrers() {
			if store, ok := use.(*ssa.Store); ok {
				return store.Val
			}
		}
	}
	return nil
}

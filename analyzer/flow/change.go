package flow

import (
	"go/constant"
	"go/token"
	"slices"

	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// changeOf returns what a store may do to the value it replaces.
func changeOf(store *ssa.Store) summary.Change {
	switch v := store.Val.(type) {
	case *ssa.Const:
		switch {
		case v.IsNil() || v.Value == nil:
			return summary.Falls // to nil, or the zero value of a struct
		case v.Value != nil && v.Value.Kind() == constant.Bool && constant.BoolVal(v.Value):
			return summary.Rises
		case v.Value != nil && v.Value.Kind() == constant.Bool:
			return summary.Falls
		}
	case *ssa.UnOp:
		if followsOld(v, store.Addr) {
			return summary.Falls
		}
		if pointerLike(v.Type()) && dereferenced(v, store.Block()) {
			return summary.Rises
		}
	case *ssa.Parameter, *ssa.Call, *ssa.Extract:
		if pointerLike(v.Type()) && dereferenced(v, store.Block()) {
			return summary.Rises
		}
	case *ssa.Alloc, *ssa.MakeChan, *ssa.MakeClosure, *ssa.MakeMap, *ssa.MakeInterface:
		return summary.Rises
	case *ssa.BinOp:
		return stepOf(v, store.Addr)
	}
	return summary.Any
}

// followsOld reports whether v is a field of what the field at addr pointed to: that was
// not nil then, so that the new value cannot be more.
func followsOld(v *ssa.UnOp, addr ssa.Value) bool {
	next, ok := v.X.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	old, ok := next.X.(*ssa.UnOp)
	return ok && old.Op == token.MUL && sameField(old.X, addr)
}

// dereferenced reports whether v is known not to be nil in a block, because a field of
// it was looked at on the way there.
func dereferenced(v ssa.Value, block *ssa.BasicBlock) bool {
	return slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		addr, ok := ref.(*ssa.FieldAddr)
		return ok && addr.X == v && addr.Block().Dominates(block)
	})
}

// stepOf is the change of x = x + n and x = x - n.
func stepOf(v *ssa.BinOp, addr ssa.Value) summary.Change {
	load, ok := v.X.(*ssa.UnOp)
	n, isConst := v.Y.(*ssa.Const)
	if !ok || load.Op != token.MUL || !sameField(load.X, addr) || !isConst || n.Value == nil ||
		n.Value.Kind() != constant.Int || constant.Sign(n.Value) < 0 {
		return summary.Any
	}
	switch v.Op {
	case token.ADD:
		return summary.Rises
	case token.SUB:
		return summary.Falls
	}
	return summary.Any
}

func sameField(x, y ssa.Value) bool {
	a, ok := x.(*ssa.FieldAddr)
	b, ok2 := y.(*ssa.FieldAddr)
	return x == y || ok && ok2 && a.X == b.X && a.Field == b.Field
}

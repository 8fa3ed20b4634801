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
		case v.Value.Kind() == constant.Int && constant.Sign(v.Value) == 0:
			return summary.Falls // of what is counted there is never less than none
		}
	case *ssa.UnOp:
		if followsOld(v, store.Addr) {
			return summary.Falls
		}
		if pointerLike(v.Type()) && dereferenced(v, store.Block()) {
			return summary.Rises
		}
	case *ssa.Slice:
		return cutOf(v, store.Addr)
	case *ssa.Parameter, *ssa.Call, *ssa.Extract:
		if call, ok := v.(*ssa.Call); ok {
			if change := listOf(call, store.Addr); change != 0 {
				return change
			}
		}
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

// cutOf is the change of x = x[n:] and x = x[:len(x)-n]: what else a slice can be cut to
// may be longer than it was.
func cutOf(v *ssa.Slice, addr ssa.Value) summary.Change {
	if !loads(v.X, addr) {
		return summary.Any
	}
	switch high := v.High.(type) {
	case nil:
		return summary.Falls
	case *ssa.Const:
		if high.Value != nil && constant.Sign(high.Value) == 0 {
			return summary.Falls
		}
	case *ssa.BinOp:
		if length, ok := high.X.(*ssa.Call); ok && high.Op == token.SUB && isBuiltin(length, "len") && loads(length.Call.Args[0], addr) {
			return summary.Falls
		}
	}
	return summary.Any
}

// listOf is the change of x = append(x, ...), which has one more, and of what takes
// something out of x: append(x[:i], x[j:]...) and slices.Delete(x, ...). It is 0 for
// other calls.
func listOf(call *ssa.Call, addr ssa.Value) summary.Change {
	if fn := call.Call.StaticCallee(); fn != nil {
		if origin := fn.Origin(); origin != nil {
			fn = origin
		}
		if isNamed(fn, "slices.Delete", "slices.DeleteFunc", "slices.Compact", "slices.CompactFunc") && loads(call.Call.Args[0], addr) {
			return summary.Falls
		}
		return 0
	}
	if !isBuiltin(call, "append") || len(call.Call.Args) != 2 {
		return 0
	}
	if loads(call.Call.Args[0], addr) {
		return summary.Rises
	}
	front, ok := call.Call.Args[0].(*ssa.Slice)
	back, ok2 := call.Call.Args[1].(*ssa.Slice)
	if ok && ok2 && front.Low == nil && back.Low != nil && loads(front.X, addr) && loads(back.X, addr) {
		return summary.Falls
	}
	return 0
}

func isBuiltin(call *ssa.Call, name string) bool {
	builtin, ok := call.Call.Value.(*ssa.Builtin)
	return ok && builtin.Name() == name
}

// loads reports whether v is what was at addr.
func loads(v, addr ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	return ok && load.Op == token.MUL && sameField(load.X, addr)
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

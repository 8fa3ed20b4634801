package flow

import (
	"cmp"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// changeOf returns what a store may do to the value it replaces.
func (a *analysis) changeOf(store *ssa.Store) summary.Change {
	switch v := store.Val.(type) {
	case *ssa.Const:
		switch {
		case v.IsNil() || v.Value == nil:
			return summary.Falls // to nil, or the zero value of a struct
		case v.Value != nil && v.Value.Kind() == constant.Bool && constant.BoolVal(v.Value):
			return summary.Rises
		case v.Value != nil && v.Value.Kind() == constant.Bool:
			return summary.Falls
		case isZero(v):
			return summary.Falls // of what is counted there is never less than none
		}
	case *ssa.UnOp:
		if a.followsOld(v, store) {
			return summary.Falls
		}
		if pointerLike(v.Type()) && dereferenced(v, store.Block()) {
			return summary.Rises
		}
	case *ssa.Slice:
		if a.cut(v, store) {
			return summary.Falls
		}
	case *ssa.Parameter, *ssa.Call, *ssa.Extract:
		if call, ok := v.(*ssa.Call); ok {
			switch {
			case a.cut(call, store):
				return summary.Falls
			case isBuiltin(call, "append") && a.loads(call.Call.Args[0], store):
				return summary.Rises
			}
		}
		if pointerLike(v.Type()) && dereferenced(v, store.Block()) {
			return summary.Rises
		}
	case *ssa.Alloc, *ssa.MakeChan, *ssa.MakeClosure, *ssa.MakeMap, *ssa.MakeInterface:
		return summary.Rises
	case *ssa.BinOp:
		return a.stepOf(v, store)
	}
	return summary.Any
}

// followsOld reports whether v is a field of what the stored field pointed to: that was
// not nil then, so that the new value cannot be more.
func (a *analysis) followsOld(v *ssa.UnOp, store *ssa.Store) bool {
	next, ok := v.X.(*ssa.FieldAddr)
	return ok && a.loads(next.X, store)
}

// dereferenced reports whether v is known not to be nil in a block, because a field of
// it was looked at on the way there.
func dereferenced(v ssa.Value, block *ssa.BasicBlock) bool {
	return slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		addr, ok := ref.(*ssa.FieldAddr)
		return ok && addr.X == v && addr.Block().Dominates(block)
	})
}

// cut reports whether v is what is left of the slice that a store replaces: no more elements
// than that has, where they are or in another slice.
func (a *analysis) cut(v ssa.Value, store *ssa.Store) bool {
	switch v := v.(type) {
	case *ssa.UnOp:
		return a.loads(v, store)
	case *ssa.Slice:
		return a.cut(v.X, store) && (v.High == nil || a.shortens(v.High, store))
	case *ssa.Call:
		if fn := v.Call.StaticCallee(); fn != nil {
			return isNamed(cmp.Or(fn.Origin(), fn), "slices.Clone", "slices.Compact", "slices.CompactFunc", "slices.Delete", "slices.DeleteFunc") &&
				a.cut(v.Call.Args[0], store)
		}
		if !isBuiltin(v, "append") || len(v.Call.Args) != 2 || !a.cut(v.Call.Args[1], store) {
			return false
		}
		if isEmpty(v.Call.Args[0]) {
			return true
		}
		// append(x[:i], x[j:]...) takes out what is between them.
		front, ok := v.Call.Args[0].(*ssa.Slice)
		back, cut := v.Call.Args[1].(*ssa.Slice)
		return ok && cut && front.Low == nil && back.Low != nil && a.cut(front.X, store)
	}
	return false
}

// isEmpty reports whether v is a slice without elements.
func isEmpty(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Const:
		return v.IsNil()
	case *ssa.Slice:
		if pointer, ok := v.X.Type().Underlying().(*types.Pointer); ok && v.High == nil {
			array, ok := pointer.Elem().Underlying().(*types.Array)
			return ok && array.Len() == 0
		}
		return isZero(v.High)
	case *ssa.MakeSlice:
		return isZero(v.Len)
	}
	return false
}

// shortens reports whether v, to which something is cut, is no more than the slice that a store
// replaces has elements: 0, its length, less than that, or the least of several one of which is.
func (a *analysis) shortens(v ssa.Value, store *ssa.Store) bool {
	switch v := v.(type) {
	case *ssa.Const:
		return isZero(v)
	case *ssa.BinOp:
		return v.Op == token.SUB && a.shortens(v.X, store)
	case *ssa.Call:
		if isBuiltin(v, "len") {
			return a.loads(v.Call.Args[0], store)
		}
		return isBuiltin(v, "min") && slices.ContainsFunc(v.Call.Args, func(arg ssa.Value) bool { return a.shortens(arg, store) })
	}
	return false
}

func isZero(v ssa.Value) bool {
	return isNumber(v, 0)
}

func isBuiltin(call *ssa.Call, name string) bool {
	builtin, ok := call.Call.Value.(*ssa.Builtin)
	return ok && builtin.Name() == name
}

// loads reports whether v is what a store replaces: what was in the field before, and has
// stayed there.
func (a *analysis) loads(v ssa.Value, store *ssa.Store) bool {
	load, ok := v.(*ssa.UnOp)
	return ok && load.Op == token.MUL && a.sameField(load.X, store.Addr) && !a.replaced(load, store)
}

// replaced reports whether another store to the field can come between a load and a store.
func (a *analysis) replaced(load *ssa.UnOp, store *ssa.Store) bool {
	type visit struct {
		block *ssa.BasicBlock
		other bool // there was another store on the way
	}
	seen := make(map[visit]bool)
	var walk func(instrs []ssa.Instruction, at visit) bool
	walk = func(instrs []ssa.Instruction, at visit) bool {
		for _, instr := range instrs {
			switch instr := instr.(type) {
			case *ssa.UnOp:
				if instr == load {
					return false
				}
			case *ssa.Store:
				switch {
				case instr != store:
					at.other = at.other || a.sameField(instr.Addr, store.Addr)
				case at.other:
					return true
				case load.Block() == store.Block():
					return false // one comes here again by way of the load alone
				}
			}
		}
		return slices.ContainsFunc(at.block.Succs, func(next *ssa.BasicBlock) bool {
			to := visit{next, at.other}
			if seen[to] {
				return false
			}
			seen[to] = true
			return walk(next.Instrs, to)
		})
	}
	from := load.Block()
	return walk(from.Instrs[slices.Index(from.Instrs, ssa.Instruction(load))+1:], visit{block: from})
}

// stepOf is the change of x = x + n and x = x - n.
func (a *analysis) stepOf(v *ssa.BinOp, store *ssa.Store) summary.Change {
	n, isConst := v.Y.(*ssa.Const)
	if !a.loads(v.X, store) || !isConst || n.Value == nil || n.Value.Kind() != constant.Int || constant.Sign(n.Value) < 0 {
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

// sameField reports whether two addresses are of one field of one struct.
func (a *analysis) sameField(x, y ssa.Value) bool {
	f, ok := x.(*ssa.FieldAddr)
	g, ok2 := y.(*ssa.FieldAddr)
	if x == y || !ok || !ok2 || f.Field != g.Field {
		return x == y
	}
	p, q := a.place(f.X), a.place(g.X)
	return f.X == g.X || p.known() && p.base == q.base && p.instance() == q.instance()
}

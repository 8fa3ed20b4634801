package flow

import (
	"cmp"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// maxFlags bounds the alternatives that are kept of a flags value; with more of them
// nothing is known.
const maxFlags = 8

const allBits = ^uint64(0)

func (a *analysis) isFlags(t types.Type) bool {
	said := a.env.Model.TypeOf(t)
	return said != nil && said.GFP != nil
}

// flags returns what is known of an allocation-flags value; nothing is known of what
// is loaded from elsewhere. Where a value cannot be told exactly, the result allows
// at least what the value may allow.
func (a *analysis) flags(v ssa.Value) summary.Flags {
	f, ok := a.fold(v, make(map[ssa.Value]bool))
	if !ok {
		return nil
	}
	given := a.flagsParam() >= 0
	for i := range f {
		f[i].Derived = f[i].Param >= 0 || !given
	}
	return normal(f)
}

// flagsParam returns the index of the function's own flags parameter, -1 if it has
// none.
func (a *analysis) flagsParam() int {
	return slices.IndexFunc(a.fn.Params, func(p *ssa.Parameter) bool {
		return p.Name() != "_" && a.isFlags(p.Type()) && (a.fn.Signature.Recv() == nil || p != a.fn.Params[0])
	})
}

func normal(f summary.Flags) summary.Flags {
	slices.SortFunc(f, func(x, y summary.Flag) int {
		return cmp.Or(cmp.Compare(x.Param, y.Param), cmp.Compare(x.And, y.And), cmp.Compare(x.Or, y.Or))
	})
	f = slices.Compact(f)
	if len(f) > maxFlags {
		return nil
	}
	return f
}

// fold computes the alternatives of v; false when they are not known. A cycle through
// a phi adds nothing.
func (a *analysis) fold(v ssa.Value, seen map[ssa.Value]bool) (summary.Flags, bool) {
	if seen[v] {
		return nil, true
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil {
			return nil, false
		}
		bits, ok := bitsOf(v.Value)
		return summary.Flags{{Param: -1, Or: bits}}, ok
	case *ssa.Parameter:
		// What is converted from a number is not known, and nobody says what it is.
		if i := a.paramIndex(v); i >= 0 && a.isFlags(v.Type()) {
			return summary.Flags{{Param: i, And: allBits}}, true
		}
	case *ssa.Convert:
		return a.fold(v.X, seen)
	case *ssa.ChangeType:
		return a.fold(v.X, seen)
	case *ssa.Phi:
		seen[v] = true
		defer delete(seen, v)
		var all summary.Flags
		for _, edge := range v.Edges {
			f, ok := a.fold(edge, seen)
			if !ok {
				return nil, false
			}
			all = append(all, f...)
		}
		return all, len(all) <= 4*maxFlags
	case *ssa.BinOp:
		return a.foldBinary(v, seen)
	case *ssa.UnOp:
		return a.foldUnary(v, seen)
	case *ssa.FreeVar:
		return a.foldFree(v, seen)
	case *ssa.Call:
		return a.foldCall(v, seen)
	}
	return nil, false
}

func bitsOf(v constant.Value) (uint64, bool) {
	v = constant.ToInt(v)
	if v.Kind() != constant.Int {
		return 0, false
	}
	if bits, exact := constant.Uint64Val(v); exact {
		return bits, true
	}
	bits, exact := constant.Int64Val(v)
	return uint64(bits), exact
}

func (a *analysis) foldUnary(v *ssa.UnOp, seen map[ssa.Value]bool) (summary.Flags, bool) {
	switch v.Op {
	case token.XOR:
		f, ok := a.fold(v.X, seen)
		if !ok || slices.ContainsFunc(f, func(x summary.Flag) bool { return x.Param >= 0 }) {
			return nil, false
		}
		for i := range f {
			f[i].Or = ^f[i].Or
		}
		return f, true
	case token.MUL:
		switch addr := v.X.(type) {
		case *ssa.Alloc:
			return a.foldVariable(addr, addr.Parent(), seen)
		case *ssa.FreeVar:
			return a.foldFree(addr, seen)
		}
	}
	return nil, false
}

// foldVariable joins all that a variable is set to in this function and its literals.
func (a *analysis) foldVariable(addr ssa.Value, fn *ssa.Function, seen map[ssa.Value]bool) (summary.Flags, bool) {
	seen[addr] = true
	defer delete(seen, addr)
	var all summary.Flags
	for _, store := range storesTo(addr, fn) {
		f, ok := a.fold(store.Val, seen)
		if !ok {
			return nil, false
		}
		all = append(all, f...)
	}
	return all, len(all) > 0
}

// foldFree is the flags value of a captured variable: what the enclosing function
// makes of it if those are constants, else parametric.
func (a *analysis) foldFree(v *ssa.FreeVar, seen map[ssa.Value]bool) (summary.Flags, bool) {
	if binding := bindingOf(v); binding != nil {
		f, ok := a.fold(binding, seen)
		if alloc, isAlloc := binding.(*ssa.Alloc); isAlloc {
			f, ok = a.foldVariable(alloc, alloc.Parent(), seen)
		}
		if ok {
			return f, true
		}
	}
	if i := a.paramIndex(v); i >= 0 && a.isFlags(deref(v.Type())) && (v.Referrers() == nil || len(storesTo(v, a.fn)) == 0) {
		return summary.Flags{{Param: i, And: allBits}}, true
	}
	return nil, false
}

// foldCall is the flags value that a call returns, where the callee's summary says.
func (a *analysis) foldCall(v *ssa.Call, seen map[ssa.Value]bool) (summary.Flags, bool) {
	fn := v.Call.StaticCallee()
	if fn == nil || !a.isFlags(v.Type()) {
		return nil, false
	}
	targets := a.valueTargets(v.Call.Value, v.Call.Args)
	if len(targets) != 1 {
		return nil, false
	}
	sum := a.env.Summary(Key(targets[0].fn))
	if sum == nil || len(sum.Net.Flags) == 0 {
		return nil, false
	}
	var all summary.Flags
	for _, flag := range sum.Net.Flags {
		if flag.Param < 0 {
			all = append(all, summary.Flag{Param: -1, Or: flag.Or})
			continue
		}
		arg := targets[0].argument(flag.Param)
		if arg == nil {
			return nil, false
		}
		f, ok := a.fold(arg, seen)
		if !ok {
			return nil, false
		}
		for _, x := range f {
			all = append(all, masked(x, flag.And, flag.Or))
		}
	}
	return all, true
}

// masked returns x & and | or.
func masked(x summary.Flag, and, or uint64) summary.Flag {
	return summary.Flag{Param: x.Param, And: x.And & and, Or: x.Or&and | or}
}

func (a *analysis) foldBinary(v *ssa.BinOp, seen map[ssa.Value]bool) (summary.Flags, bool) {
	switch v.Op {
	case token.AND, token.OR, token.AND_NOT, token.XOR:
	default:
		return nil, false
	}
	xs, xok := a.fold(v.X, seen)
	ys, yok := a.fold(v.Y, seen)
	if v.Op == token.AND && xok != yok {
		// A mask that is not known can only narrow.
		if xok {
			return xs, true
		}
		return ys, true
	}
	if v.Op == token.AND_NOT && xok && !yok {
		return xs, true
	}
	if v.Op == token.AND_NOT && !xok && yok && len(ys) == 1 && ys[0].Param < 0 {
		// Of a value that is not known, one knows what was taken out of it.
		return summary.Flags{{Param: -1, Or: ^ys[0].Or}}, true
	}
	if !xok || !yok {
		return nil, false
	}
	var all summary.Flags
	for _, x := range xs {
		for _, y := range ys {
			f, ok := combine(v.Op, x, y)
			if !ok {
				return nil, false
			}
			all = append(all, f...)
		}
	}
	return all, len(all) <= 4*maxFlags
}

// combine returns x op y. Two parametric operands are not one masked parameter: the
// result then allows at least what the value does.
func combine(op token.Token, x, y summary.Flag) (summary.Flags, bool) {
	if x.Param < 0 && y.Param >= 0 && (op == token.AND || op == token.OR) {
		x, y = y, x
	}
	constant := y.Param < 0
	switch op {
	case token.AND:
		if constant {
			return summary.Flags{masked(x, y.Or, 0)}, true
		}
		return summary.Flags{x}, true
	case token.OR:
		if constant {
			return summary.Flags{masked(x, allBits, y.Or)}, true
		}
		return summary.Flags{x, y}, true
	case token.AND_NOT:
		if constant {
			return summary.Flags{masked(x, ^y.Or, 0)}, true
		}
		return summary.Flags{x}, true
	case token.XOR:
		if constant && x.Param < 0 {
			return summary.Flags{{Param: -1, Or: x.Or ^ y.Or}}, true
		}
	}
	return nil, false
}

// dropped reports whether flags of the given type allow reclaim in a function that
// was given flags from which they do not derive, and returns those that do.
func (a *analysis) dropped(f summary.Flags, t types.Type) summary.Flags {
	said := a.env.Model.TypeOf(t)
	if said == nil || said.GFP == nil || a.flagsParam() < 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(f), func(x summary.Flag) bool {
		return x.Derived || x.Or&said.GFP.Reclaim == 0
	})
}

// allocDropped records an allocation whose flags ignore those the function was given,
// or that takes none.
func (a *analysis) allocDropped(s *state, c called, flags model.Place, op summary.Op) {
	if !a.record || a.flagsParam() < 0 {
		return
	}
	switch v := a.value(c, flags); {
	case v != nil:
		if f := a.dropped(op.Flags, v.Type()); len(f) > 0 {
			a.addDropped(s, c, f)
		}
	case flags.Base == model.None:
		// The callee cannot be told anything: it allocates as it likes.
		all := a.env.Model.TypeOf(a.fn.Params[a.flagsParam()].Type()).GFP
		a.addDropped(s, c, summary.Flags{{Param: -1, Or: all.Reclaim | all.IO | all.FS}})
	}
}

// flagsDropped does the same for a call that hands such flags to what allocates.
func (a *analysis) flagsDropped(s *state, c called, group []target) {
	if a.flagsParam() < 0 {
		return
	}
	for _, t := range group {
		sum := a.env.Summary(Key(t.fn))
		if sum == nil {
			continue
		}
		for _, param := range sum.Params {
			if arg := t.argument(param); arg != nil && a.isFlags(arg.Type()) {
				if f := a.dropped(a.flags(arg), arg.Type()); len(f) > 0 {
					a.addDropped(s, c, f)
					return
				}
			}
		}
	}
}

func (a *analysis) addDropped(s *state, c called, f summary.Flags) {
	a.addOp(summary.Op{
		Kind: summary.OpFlagsDropped, On: noObject().Object, Flags: f,
		Callee: c.name, Site: a.site(s, c.common.Pos(), c.common),
	})
}

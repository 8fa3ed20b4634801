package flow

import (
	"cmp"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/fencelint/fencelint/analyzer/capture"
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

// unknown is a flags value of which nothing is known. It allows everything, and is
// nobody's choice in sight.
func unknown() summary.Flags { return summary.Flags{{Param: -1, Or: allBits, Derived: true}} }

func isUnknown(f summary.Flags) bool { return slices.Contains(f, unknown()[0]) }

// maxFolds bounds the work for one value: where branches follow each other, the ways
// through them are many more than the alternatives.
const maxFolds = 500

// folding is the evaluation of one value: what is being evaluated, and the work done.
type folding struct {
	seen  map[ssa.Value]bool
	steps int
}

// flags returns what is known of an allocation-flags value; nothing is known of what
// is loaded from elsewhere, beyond how it is masked. Where a value cannot be told
// exactly, the result allows at least what the value may allow.
func (a *analysis) flags(v ssa.Value) summary.Flags {
	f := a.fold(v, &folding{seen: make(map[ssa.Value]bool)})
	if isUnknown(f) {
		return nil
	}
	given := a.flagsParam() >= 0
	for i := range f {
		f[i].Derived = f[i].Derived || f[i].Param >= 0 || !given
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

// normal sorts alternatives; nothing is known where there are too many.
func normal(f summary.Flags) summary.Flags {
	f = slices.Clone(f)
	slices.SortFunc(f, func(x, y summary.Flag) int {
		return cmp.Or(cmp.Compare(x.Param, y.Param), cmp.Compare(x.And, y.And), cmp.Compare(x.Or, y.Or),
			compareBool(x.Derived, y.Derived))
	})
	f = slices.Compact(f)
	if len(f) > maxFlags {
		return nil
	}
	return f
}

// fold computes the alternatives of v. A cycle through a phi adds none.
func (a *analysis) fold(v ssa.Value, w *folding) summary.Flags {
	if w.seen[v] {
		return nil
	}
	if w.steps++; w.steps > maxFolds {
		return unknown()
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil {
			if bits, ok := bitsOf(v.Value); ok {
				return summary.Flags{{Param: -1, Or: bits}}
			}
		}
	case *ssa.Parameter:
		// What is converted from a number is not known, and nobody says what it is.
		if i := a.paramIndex(v); i >= 0 && a.isFlags(v.Type()) {
			return summary.Flags{{Param: i, And: allBits}}
		}
	case *ssa.Convert:
		return a.fold(v.X, w)
	case *ssa.ChangeType:
		return a.fold(v.X, w)
	case *ssa.Phi:
		w.seen[v] = true
		defer delete(w.seen, v)
		return a.foldAll(v.Edges, w)
	case *ssa.BinOp:
		return a.foldBinary(v, w)
	case *ssa.UnOp:
		return a.foldUnary(v, w)
	case *ssa.FreeVar:
		return a.foldFree(v, w)
	case *ssa.Alloc: // a variable, handed by address to a literal that captures it
		return a.foldVariable(v, w)
	case *ssa.Call:
		return a.foldCall(v, w)
	}
	return unknown()
}

func (a *analysis) foldAll(values []ssa.Value, w *folding) summary.Flags {
	var all summary.Flags
	for _, v := range values {
		all = append(all, a.fold(v, w)...)
	}
	return bounded(all)
}

// bounded gives up on a value with too many alternatives.
func bounded(f summary.Flags) summary.Flags {
	if len(f) > 4*maxFlags {
		return unknown()
	}
	return f
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

func (a *analysis) foldUnary(v *ssa.UnOp, w *folding) summary.Flags {
	switch v.Op {
	case token.XOR:
		f := slices.Clone(a.fold(v.X, w))
		if slices.ContainsFunc(f, func(x summary.Flag) bool { return x.Param >= 0 || x.Derived }) {
			return unknown()
		}
		for i := range f {
			f[i].Or = ^f[i].Or
		}
		return f
	case token.MUL:
		switch addr := v.X.(type) {
		case *ssa.Alloc:
			return a.foldVariable(addr, w)
		case *ssa.FreeVar:
			return a.foldFree(addr, w)
		}
	}
	return unknown()
}

// foldVariable joins all that a variable is set to in this function and its literals.
func (a *analysis) foldVariable(addr ssa.Value, w *folding) summary.Flags {
	w.seen[addr] = true
	defer delete(w.seen, addr)
	var values []ssa.Value
	for _, store := range capture.Stores(addr) {
		values = append(values, store.Val)
	}
	if len(values) == 0 {
		return unknown()
	}
	return a.foldAll(values, w)
}

// foldFree is the flags value of a captured variable: what the enclosing function
// makes of it if that is known there, else parametric.
func (a *analysis) foldFree(v *ssa.FreeVar, w *folding) summary.Flags {
	if binding := capture.Binding(v); binding != nil {
		var f summary.Flags
		if alloc, ok := binding.(*ssa.Alloc); ok {
			f = a.foldVariable(alloc, w)
		} else {
			f = a.fold(binding, w)
		}
		if !isUnknown(f) {
			return f
		}
	}
	if i := a.paramIndex(v); i >= 0 && a.isFlags(deref(v.Type())) && len(capture.Stores(v)) == 0 {
		return summary.Flags{{Param: i, And: allBits}}
	}
	return unknown()
}

// foldCall is the flags value that a call returns, where the callee's summary says.
func (a *analysis) foldCall(v *ssa.Call, w *folding) summary.Flags {
	if v.Call.StaticCallee() == nil || !a.isFlags(v.Type()) {
		return unknown()
	}
	targets := a.valueTargets(v.Call.Value, v.Call.Args)
	if len(targets) != 1 {
		return unknown()
	}
	sum := a.env.Summary(a.key(targets[0].fn))
	if sum == nil || len(sum.Net.Flags) == 0 {
		return unknown()
	}
	var all summary.Flags
	for _, flag := range sum.Net.Flags {
		if flag.Param < 0 {
			all = append(all, summary.Flag{Param: -1, Or: flag.Or})
			continue
		}
		arg := targets[0].argument(flag.Param)
		if arg == nil {
			return unknown()
		}
		for _, x := range a.fold(arg, w) {
			all = append(all, masked(x, flag.And, flag.Or))
		}
	}
	return bounded(all)
}

// masked returns x & and | or.
func masked(x summary.Flag, and, or uint64) summary.Flag {
	return summary.Flag{Param: x.Param, And: x.And & and, Or: x.Or&and | or, Derived: x.Derived}
}

func (a *analysis) foldBinary(v *ssa.BinOp, w *folding) summary.Flags {
	var all summary.Flags
	for _, x := range a.fold(v.X, w) {
		for _, y := range a.fold(v.Y, w) {
			all = append(all, combine(v.Op, x, y)...)
		}
	}
	return bounded(all)
}

// combine returns x op y. Two operands that are not constants are not one masked
// value: the result then allows at least what the value does.
func combine(op token.Token, x, y summary.Flag) summary.Flags {
	constant := func(f summary.Flag) bool { return f.Param < 0 && !f.Derived }
	if constant(x) && !constant(y) && (op == token.AND || op == token.OR) {
		x, y = y, x
	}
	switch {
	case op == token.AND && constant(y):
		return summary.Flags{masked(x, y.Or, 0)}
	case op == token.AND && y.Param >= 0 && x.Param < 0:
		return summary.Flags{y}
	case op == token.AND:
		return summary.Flags{x}
	case op == token.OR && constant(y):
		return summary.Flags{masked(x, allBits, y.Or)}
	case op == token.OR:
		return summary.Flags{x, y}
	case op == token.AND_NOT && constant(y):
		return summary.Flags{masked(x, ^y.Or, 0)}
	case op == token.AND_NOT:
		return summary.Flags{x}
	case op == token.XOR && constant(x) && constant(y):
		return summary.Flags{{Param: -1, Or: x.Or ^ y.Or}}
	}
	return unknown()
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
		sum := a.env.Summary(a.key(t.fn))
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
		Kind: summary.OpFlagsDropped, On: noObject().Object, Flags: f, Via: c.contractVia(),
		Callee: c.name, Site: a.site(s, c.common.Pos(), c.common),
	})
}

package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// typeArgs returns what type arguments are called in a summary of the function; none where
// one of them is made of the function's own type parameters in any way but by being one.
func (a *analysis) typeArgs(args []types.Type) summary.TypeArgs {
	own := slices.Collect(outermost(a.fn).TypeParams().TypeParams())
	var names []string
	for _, arg := range args {
		i := slices.IndexFunc(own, func(p *types.TypeParam) bool { return types.Identical(arg, p) })
		switch {
		case i >= 0:
			names = append(names, summary.OwnArg(i))
		case len(own) == 0 || closed(arg):
			names = append(names, types.TypeString(arg, nil))
		default:
			return ""
		}
	}
	return summary.NewTypeArgs(names)
}

// closed reports whether a type is certainly made of no type parameter.
func closed(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return true
	case *types.Pointer:
		return closed(t.Elem())
	case *types.Slice:
		return closed(t.Elem())
	case *types.Named:
		return t.TypeArgs().Len() == 0
	case *types.Struct:
		return t.NumFields() == 0
	}
	return false
}

// argsOf returns the type arguments that a function is called with.
func (a *analysis) argsOf(fn *ssa.Function) summary.TypeArgs {
	top := outermost(fn)
	if top != outermost(a.fn) {
		return a.typeArgs(top.TypeArgs())
	}
	// A literal of this function, or this function again.
	var names []string
	for i := range top.TypeParams().Len() {
		names = append(names, summary.OwnArg(i))
	}
	return summary.NewTypeArgs(names)
}

// outermost returns the declared function that the text of fn stands in.
func outermost(fn *ssa.Function) *ssa.Function {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn
}

// target returns a target as the summary has it.
func (a *analysis) target(t target) summary.Target {
	return summary.Target{Func: a.key(t.fn), Args: a.argsOf(t.fn), Via: t.via}
}

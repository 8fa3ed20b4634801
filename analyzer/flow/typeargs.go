package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// typeArgs returns what type arguments are called in a summary of the function; none where
// one of them is neither the function's own nor has a simple name.
func (a *analysis) typeArgs(args []types.Type) summary.TypeArgs {
	own := slices.Collect(outermost(a.fn).TypeParams().TypeParams())
	var names []string
	for _, arg := range args {
		if i := slices.IndexFunc(own, func(p *types.TypeParam) bool { return types.Identical(arg, p) }); i >= 0 {
			names = append(names, summary.OwnArg(i))
			continue
		}
		name := spelled(arg)
		if name == "" {
			return ""
		}
		names = append(names, name)
	}
	return summary.NewTypeArgs(names)
}

// spelled returns the name of a type, one for types that are identical, whatever aliases
// the source calls them by; "" where it may be made of type parameters, or is not simple.
func spelled(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return types.Typ[t.Kind()].Name() // byte is uint8
	case *types.Pointer:
		return prefixed("*", t.Elem())
	case *types.Slice:
		return prefixed("[]", t.Elem())
	case *types.Named:
		if t.TypeArgs().Len() == 0 {
			return types.TypeString(t, nil)
		}
	case *types.Interface:
		if t.Empty() {
			return "any"
		}
	case *types.Struct:
		if t.NumFields() == 0 {
			return "struct{}"
		}
	}
	return ""
}

func prefixed(prefix string, t types.Type) string {
	name := spelled(t)
	if name == "" {
		return ""
	}
	return prefix + name
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

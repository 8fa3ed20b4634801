package callee

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// bind keeps what an instance has for the type parameters of the generic function, of which the
// engine walks the body.
func (g *Graph) bind(instance *ssa.Function) {
	origin := instance.Origin()
	if origin == nil {
		return // a literal in one
	}
	args := instance.TypeArgs()
	for i := range min(origin.TypeParams().Len(), len(args)) {
		p := origin.TypeParams().At(i)
		g.arguments[p] = append(g.arguments[p], args[i])
	}
}

// argumentsOf returns the types that a type parameter stands for; false where there may be more, as
// one of them is an interface.
func (g *Graph) argumentsOf(p *types.TypeParam) (all []types.Type, known bool) {
	seen := make(map[*types.TypeParam]bool)
	known = true
	var add func(p *types.TypeParam)
	add = func(p *types.TypeParam) {
		seen[p] = true
		for _, arg := range g.arguments[p] {
			switch of, ok := types.Unalias(arg).(*types.TypeParam); {
			case !ok:
				all = append(all, arg)
				known = known && !types.IsInterface(arg)
			case !seen[of]: // a generic function calls another
				add(of)
			}
		}
	}
	add(p)
	return all, known
}

// parameterIn returns the type parameter that what is in an interface value is of, nil if it is of
// none.
func parameterIn(v ssa.Value) *types.TypeParam {
	for {
		if p, ok := types.Unalias(v.Type()).(*types.TypeParam); ok {
			return p
		}
		switch made := v.(type) {
		case *ssa.ChangeInterface:
			v = made.X
		case *ssa.ChangeType:
			v = made.X
		case *ssa.MakeInterface:
			v = made.X
		default:
			return nil
		}
	}
}

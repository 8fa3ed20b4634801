package callee

import (
	"cmp"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Functions returns the functions that the files of a package declare, with their
// literals and the package's initialiser, in the order of their positions. Generic
// functions are there as themselves and not as their instances.
func Functions(pkg *ssa.Package, info *types.Info) []*ssa.Function {
	var fns []*ssa.Function
	var add func(fn *ssa.Function)
	add = func(fn *ssa.Function) {
		fns = append(fns, fn)
		for _, literal := range fn.AnonFuncs {
			add(literal)
		}
	}
	if init := pkg.Func("init"); init != nil {
		add(init)
	}
	for _, object := range info.Defs {
		declared, ok := object.(*types.Func)
		if !ok {
			continue
		}
		// Interface methods are declared too, but have no function.
		if fn := pkg.Prog.FuncValue(declared); fn != nil && fn.Pkg == pkg {
			add(fn)
		}
	}
	slices.SortFunc(fns, func(a, b *ssa.Function) int {
		if at := cmp.Compare(a.Pos(), b.Pos()); at != 0 {
			return at
		}
		return cmp.Compare(a.String(), b.String()) // long to spell
	})
	return slices.Compact(fns)
}

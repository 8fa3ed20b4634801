package analyzer

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/explore"
)

// dropBodies lets go of the bodies of functions that nobody looks into any more: calls are
// resolved, and neither do summaries speak of them nor are they run, as those of packages
// that are named are. What they make is asked for still, and so is what initialises variables.
func dropBodies(fns []*ssa.Function, named func(path string) bool) {
	for _, fn := range fns {
		if fn.Pkg == nil || len(fn.Blocks) == 0 || fn == fn.Pkg.Func("init") {
			continue
		}
		if path := fn.Pkg.Pkg.Path(); named(path) || !standard(path) || explore.Transparent(path) {
			continue
		}
		dropBodies(fn.AnonFuncs, named)
		var made []ssa.Instruction
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				if makes(instr) {
					made = append(made, instr)
				}
				if v, ok := instr.(ssa.Value); ok && v.Referrers() != nil {
					*v.Referrers() = nil
				}
			}
			block.Instrs, block.Preds, block.Succs = nil, nil, nil
		}
		for _, param := range fn.Params {
			*param.Referrers() = nil
		}
		for _, free := range fn.FreeVars {
			*free.Referrers() = nil
		}
		fn.Blocks = slices.Clip(slices.Clone(fn.Blocks[:1]))
		fn.Blocks[0].Instrs = made
		fn.Locals, fn.Recover = nil, nil
	}
}

// makes reports whether an instruction may start something, or make something to wait for.
func makes(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Go, *ssa.MakeChan, *ssa.Alloc:
		return true
	case *ssa.UnOp:
		return instr.Op == token.ARROW
	}
	return false
}

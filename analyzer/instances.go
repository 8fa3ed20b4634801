package analyzer

import "golang.org/x/tools/go/ssa"

// parametric reports whether a function, or one that it is a literal of, has type parameters of
// which nothing is known.
func parametric(fn *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		if fn.TypeParams().Len() > len(fn.TypeArgs()) {
			return true
		}
	}
	return false
}

// instances returns, of each generic function that functions refer to with known type
// arguments, the first instance in the order of the functions: the others differ from it in what
// methods of the type arguments do, and in nothing else.
func instances(fns []*ssa.Function) []*ssa.Function {
	var found []*ssa.Function
	seen := map[*ssa.Function]bool{}
	var operands []*ssa.Value
	look := func(fn *ssa.Function) {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				operands = instr.Operands(operands[:0])
				for _, operand := range operands {
					of, ok := (*operand).(*ssa.Function)
					if ok && of.Origin() != nil && len(of.TypeArgs()) > 0 && !seen[of.Origin()] {
						seen[of.Origin()] = true
						found = append(found, of)
					}
				}
			}
		}
	}
	for _, fn := range fns {
		if !parametric(fn) {
			look(fn)
		}
	}
	for i := 0; i < len(found); i++ {
		look(found[i])
		for _, literal := range found[i].AnonFuncs {
			look(literal)
		}
	}
	return found
}

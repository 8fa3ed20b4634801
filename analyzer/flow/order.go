package flow

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// order returns the blocks of the function that can be come to, each after those that lead to it,
// but for the ways back to where a loop begins, and whether there is one.
func (o *Outline) order() (blocks []*ssa.BasicBlock, loops bool) {
	if o.visiting == nil {
		const open, done = 1, 2
		states := make([]uint8, len(o.fn.Blocks))
		var visit func(b *ssa.BasicBlock)
		visit = func(b *ssa.BasicBlock) {
			states[b.Index] = open
			for _, succ := range slices.Backward(b.Succs) {
				switch states[succ.Index] {
				case open:
					o.loops = true
				case 0:
					visit(succ)
				}
			}
			states[b.Index] = done
			o.visiting = append(o.visiting, b)
		}
		visit(o.fn.Blocks[0])
		slices.Reverse(o.visiting)
	}
	return o.visiting, o.loops
}

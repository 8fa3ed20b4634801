package flow

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/scc"
)

// order returns the blocks of the function, each after those that lead to it but for the ways back
// to where a loop begins, and whether there is one.
func (o *Outline) order() (blocks []*ssa.BasicBlock, loops bool) {
	if o.visiting != nil {
		return o.visiting, o.loops
	}
	all := make([]int, len(o.fn.Blocks))
	for i := range all {
		all[i] = i
	}
	order := scc.Order(all, func(at int) (next []int) {
		for _, succ := range slices.Backward(o.fn.Blocks[at].Succs) {
			next = append(next, succ.Index)
		}
		return next
	})
	come := make([]bool, len(order))
	for _, at := range slices.Backward(order) {
		block := o.fn.Blocks[at]
		come[at] = true
		o.visiting = append(o.visiting, block)
		o.loops = o.loops || slices.ContainsFunc(block.Succs, func(succ *ssa.BasicBlock) bool { return come[succ.Index] })
	}
	return o.visiting, o.loops
}

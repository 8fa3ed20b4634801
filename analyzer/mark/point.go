package mark

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// point is an instruction of a function.
type point struct {
	block *ssa.BasicBlock
	index int
}

func pointOf(instr ssa.Instruction) point {
	return point{instr.Block(), slices.Index(instr.Block().Instrs, instr)}
}

func (p point) instr() ssa.Instruction { return p.block.Instrs[p.index] }

// after reports whether every way to a point leads past an instruction.
func (p point) after(instr ssa.Instruction) bool {
	at := pointOf(instr)
	if at.block == p.block {
		return at.index < p.index
	}
	return at.block.Dominates(p.block)
}

// between iterates over the instructions on the ways from the begin of a block to a point
// that do not come back to the block.
func (p point) between(from *ssa.BasicBlock, yield func(ssa.Instruction)) {
	ahead := flood([]*ssa.BasicBlock{from}, func(b *ssa.BasicBlock) []*ssa.BasicBlock { return b.Succs }, nil)
	behind := flood([]*ssa.BasicBlock{p.block}, func(b *ssa.BasicBlock) []*ssa.BasicBlock { return b.Preds }, from)
	again := p.block != from && slices.ContainsFunc(p.block.Succs, func(b *ssa.BasicBlock) bool { return behind[b] && b != from })
	for _, b := range p.block.Parent().Blocks {
		if !ahead[b] || !behind[b] {
			continue
		}
		for i, instr := range b.Instrs {
			if b != p.block || i < p.index || again {
				yield(instr)
			}
		}
	}
}

// flood returns the blocks that next leads to, not beyond stop.
func flood(todo []*ssa.BasicBlock, next func(*ssa.BasicBlock) []*ssa.BasicBlock, stop *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	seen := map[*ssa.BasicBlock]bool{todo[0]: true}
	for len(todo) > 0 {
		b := todo[0]
		todo = todo[1:]
		if b == stop {
			continue
		}
		for _, n := range next(b) {
			if !seen[n] {
				seen[n] = true
				todo = append(todo, n)
			}
		}
	}
	return seen
}

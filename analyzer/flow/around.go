package flow

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// loopAround returns the blocks of the innermost loop around an instruction, its block alone
// if there is none. A loop that is the first thing in another begins in the same block as
// that one, and a continue goes back to where its loop begins: which of the ways back are
// those of one loop is what the statements around the instruction say.
func loopAround(instr ssa.Instruction) []*ssa.BasicBlock {
	block := instr.Block()
	around := roundsAt(block.Parent().Syntax(), instr.Pos())
	for head := block; head != nil; head = head.Idom() {
		tails := backEdges(head)
		for _, s := range around {
			of := slices.DeleteFunc(slices.Clone(tails), func(b *ssa.BasicBlock) bool { return !s.has(endOf(b)) })
			if blocks := loopWith(block, head, of); blocks != nil {
				return blocks
			}
		}
		if blocks := loopWith(block, head, tails); blocks != nil {
			return blocks
		}
	}
	return []*ssa.BasicBlock{block}
}

// loopWith returns the blocks of the loop that begins in head and goes back to it from tails,
// nil if block is not one of them.
func loopWith(block, head *ssa.BasicBlock, tails []*ssa.BasicBlock) []*ssa.BasicBlock {
	in := loopOf(head, tails...)
	if len(tails) == 0 || !in[block.Index] {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(block.Parent().Blocks), func(b *ssa.BasicBlock) bool { return !in[b.Index] })
}

// span is a piece of the source.
type span struct{ from, to token.Pos }

func (s span) has(pos token.Pos) bool { return s.from <= pos && pos < s.to }

// roundsAt returns what goes round in the text of a function and has pos in it, from the
// innermost outwards: for statements, and what lies between a label and a goto back to it.
func roundsAt(root ast.Node, pos token.Pos) []span {
	if root == nil {
		return nil
	}
	var spans []span
	labels := map[string]token.Pos{}
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			spans = append(spans, span{n.Pos(), n.End()})
		case *ast.LabeledStmt:
			labels[n.Label.Name] = n.Pos()
		case *ast.BranchStmt:
			if n.Tok == token.GOTO && labels[n.Label.Name].IsValid() {
				spans = append(spans, span{labels[n.Label.Name], n.End()})
			}
		}
		return true
	})
	spans = slices.DeleteFunc(spans, func(s span) bool { return !s.has(pos) })
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.to-a.from, b.to-b.from) })
	return spans
}

// endOf returns where in the source a block ends, or the nearest before it that stands there.
func endOf(block *ssa.BasicBlock) token.Pos {
	for ; block != nil; block = block.Idom() {
		for _, instr := range slices.Backward(block.Instrs) {
			// A variable has the position of its declaration, wherever it is merged.
			if _, merged := instr.(*ssa.Phi); !merged && instr.Pos().IsValid() {
				return instr.Pos()
			}
		}
	}
	return token.NoPos
}

// backEdges returns the blocks that go back to the head of a loop.
func backEdges(head *ssa.BasicBlock) []*ssa.BasicBlock {
	return slices.DeleteFunc(slices.Clone(head.Preds), func(b *ssa.BasicBlock) bool { return !head.Dominates(b) })
}

// loopOf returns which blocks are in the loop that begins in head and goes back to it from
// tails: those from which a way leads to one of them, and head itself.
func loopOf(head *ssa.BasicBlock, tails ...*ssa.BasicBlock) []bool {
	in := make([]bool, len(head.Parent().Blocks))
	in[head.Index] = true
	flood(in, tails, head.Index, func(b *ssa.BasicBlock) []*ssa.BasicBlock { return b.Preds })
	return in
}

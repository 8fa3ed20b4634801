package flow

import (
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// turnsHolding records where a turn of a loop ends with a lock held that it has taken and
// that other ways through the body release. Either it is of what is another thing in the
// next turn, so that nobody has it in hand any more, or the next turn takes it again.
func (a *analysis) turnsHolding(w *ways) {
	for _, head := range a.fn.Blocks {
		for _, end := range turnEnds(head) {
			s := w.on(end)
			if s == nil {
				continue
			}
			loop := loopOf(head, backEdges(head)...)
			for _, h := range s.held {
				lost := within(loop, h.obj.place) && !a.keptInTurn(loop, h.obj.place)
				if h.obj.Class.Kind == summary.Lock && h.must && !h.stale && loop[h.at.block] && (lost || a.takenAgain(w, head, end.from, h)) &&
					a.releasedInTurn(w, head, h) && !a.deferredInTurn(loop, s) {
					a.at = point{block: end.from.Index, instr: len(end.from.Instrs) - 1}
					a.addOp(summary.Op{Kind: summary.OpUnlockMissing, On: h.obj.Object, Turn: true, Site: a.turnSite(s, end.from, end.i, h)})
				}
			}
		}
	}
}

// turnEnds returns the ways on which a turn of the loop that begins in a block ends: those back
// to it, or to what a for statement does after each turn.
func turnEnds(head *ssa.BasicBlock) []way {
	var ends []way
	for _, last := range head.Preds {
		if !head.Dominates(last) {
			continue
		}
		into, froms := head, []*ssa.BasicBlock{last}
		if last.Comment == "for.post" {
			into, froms = last, last.Preds
		}
		for _, from := range froms {
			for i, next := range from.Succs {
				if end := (way{from, i}); next == into && !slices.Contains(ends, end) {
					ends = append(ends, end)
				}
			}
		}
	}
	return ends
}

// takenAgain reports whether each turn of a loop takes for itself what h says is held at the
// end of one: always the same thing, and still held then. Where the turn has a say in whether
// there is another one, it may have seen to it that there is none.
func (a *analysis) takenAgain(w *ways, head, from *ssa.BasicBlock, h entry) bool {
	taken := a.fn.Blocks[h.at.block]
	if h.shared || h.fn != "" || !h.obj.place.known() || !taken.Dominates(from) || !a.heldBefore(w, h) {
		return false
	}
	branch, ok := head.Instrs[len(head.Instrs)-1].(*ssa.If)
	return taken == head || ok && turns(branch.Cond, maxHeld)
}

// heldBefore reports whether a turn may come to where h was taken with what an earlier turn has
// taken there still held. A loop that is come to with the lock held, and gives it up for a
// while in each turn, does not.
func (a *analysis) heldBefore(w *ways, h entry) bool {
	s := w.in[h.at.block].clone()
	recorded := a.record
	a.record = false
	defer func() { a.record = recorded }()
	a.instructions(a.fn.Blocks[h.at.block], h.at.instr, s)
	return slices.ContainsFunc(s.held, func(e entry) bool { return e.at == h.at })
}

// within reports whether what is at p is named by a value that each turn of a loop computes
// anew.
func within(loop []bool, p place) bool {
	return inside(loop, p.base) || slices.ContainsFunc(p.steps, func(s step) bool { return inside(loop, s.at) })
}

// inside reports whether each turn of a loop computes a value anew.
func inside(loop []bool, v ssa.Value) bool {
	instr, ok := v.(ssa.Instruction)
	return ok && instr.Block() != nil && loop[instr.Block().Index]
}

// releasedInTurn reports whether a way on from where h was taken ends the turn, or the
// function, without it.
func (a *analysis) releasedInTurn(w *ways, head *ssa.BasicBlock, h entry) bool {
	taken := a.fn.Blocks[h.at.block]
	for _, end := range turnEnds(head) {
		if s := w.on(end); s != nil && taken.Dominates(end.from) && !holds(s.held, h) {
			return true
		}
	}
	return slices.ContainsFunc(a.exits, func(e exit) bool {
		return taken.Dominates(e.ret.Block()) && !holds(e.state.held, h)
	})
}

// keptInTurn reports whether something in a loop keeps what leads to p beyond the turn: puts it
// in a list, in a variable from outside, or where it cannot be followed.
func (a *analysis) keptInTurn(loop []bool, p place) bool {
	leads := func(v ssa.Value) bool {
		if v == nil {
			return false
		}
		q := a.place(v)
		return q.known() && q.within(p) && within(loop, q) && len(q.steps) < len(p.steps)
	}
	for _, block := range a.fn.Blocks {
		for _, instr := range block.Instrs {
			if phi, ok := instr.(*ssa.Phi); ok && slices.ContainsFunc(phi.Edges, leads) {
				return true
			}
			if !loop[block.Index] {
				continue
			}
			switch instr := instr.(type) {
			case *ssa.Store:
				alloc, variable := instr.Addr.(*ssa.Alloc)
				if leads(instr.Val) && !(variable && loop[alloc.Block().Index]) {
					return true
				}
			case *ssa.MapUpdate:
				if leads(instr.Value) || leads(instr.Key) {
					return true
				}
			case *ssa.Send:
				if leads(instr.X) {
					return true
				}
			case *ssa.MakeInterface:
				if leads(instr.X) {
					return true
				}
			case *ssa.MakeClosure:
				if slices.ContainsFunc(instr.Bindings, leads) {
					return true
				}
			case ssa.CallInstruction:
				kept := false
				a.handedOver(instr, func(net *summary.Net) []int { return net.Escaped }, func(v ssa.Value) { kept = kept || leads(v) })
				if kept {
					return true
				}
			}
		}
	}
	return false
}

// deferredInTurn reports whether a call that was deferred in a loop releases something.
func (a *analysis) deferredInTurn(loop []bool, s *state) bool {
	return slices.ContainsFunc(s.defers, func(d deferred) bool {
		if d.call.Parent() == a.fn && !loop[d.call.Block().Index] {
			return false
		}
		c := a.resolve(d.call)
		if slices.ContainsFunc(append(c.annotated, c), func(known called) bool {
			return known.contract.HasEffects() && slices.ContainsFunc(known.contract.Effects, func(e model.Effect) bool { return e.Kind == model.Releases })
		}) {
			return true
		}
		return slices.ContainsFunc(c.targets, func(t target) bool {
			sum := a.env.Summary(a.key(t.fn))
			return sum != nil && (len(sum.Net.Released) > 0 || slices.ContainsFunc(sum.Ops, func(op summary.Op) bool { return op.Kind == summary.OpRelease }))
		})
	})
}

// turnSite returns where a turn ends: at the continue statement that a block leads to the
// next by, or where h was taken if there is none.
func (a *analysis) turnSite(s *state, from *ssa.BasicBlock, i int, h entry) summary.Site {
	site := a.site(s, a.continues(from, i), nil)
	if site.Text == "" {
		site.Pos, site.Text = h.pos, h.text
	}
	return site
}

// continues returns the position of the continue statement that a way from a block to the
// head of its loop is.
func (a *analysis) continues(from *ssa.BasicBlock, i int) token.Pos {
	last := token.NoPos
	for _, instr := range slices.Backward(from.Instrs) {
		if branch, ok := instr.(*ssa.If); ok && branch.Cond.Pos().IsValid() {
			last = branch.Cond.Pos()
		} else if instr.Pos().IsValid() {
			last = instr.Pos()
		}
		if last.IsValid() {
			break
		}
	}
	found := token.NoPos
	if a.fn.Syntax() == nil || !last.IsValid() {
		return found
	}
	_, branches := from.Instrs[len(from.Instrs)-1].(*ssa.If)
	ast.Inspect(a.fn.Syntax(), func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.IfStmt:
			if branches && i == 1 && node.Cond.Pos() <= last && last < node.Cond.End() {
				last = node.Body.End() // the way on is not the one into the body
			}
		case *ast.BlockStmt:
			// What comes after it in the innermost list of statements is the nearest.
			for _, stmt := range node.List {
				if branch, ok := stmt.(*ast.BranchStmt); ok && branch.Tok == token.CONTINUE && branch.Pos() > last && !found.IsValid() {
					found = branch.Pos()
				}
			}
		}
		return true
	})
	return found
}

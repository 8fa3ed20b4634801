package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/fencelint/fencelint/analyzer/escape"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// heapEvents finds, for each allocation that the compiler reports in the function, the
// instruction that is nearest to it: what is open there is open at the allocation.
func (a *analysis) heapEvents() map[ssa.Instruction][]escape.Event {
	if a.env.Heap == nil || a.fn.Syntax() == nil {
		return nil
	}
	root := a.fn.Syntax()
	first, last := a.pos(root.Pos()), a.pos(root.End())
	if _, ok := root.(*ast.FuncLit); ok {
		first.Col++ // that it is made is the business of the outer function
	}
	events := make(map[ssa.Instruction][]escape.Event)
	inner := literalsIn(root)
	for _, e := range a.env.Heap.In(first.File, first.Line, last.Line) {
		if before(e, first) || !before(e, last) || a.inside(e, inner) {
			continue
		}
		if at := a.nearest(e); at != nil {
			events[at] = append(events[at], e)
		}
	}
	return events
}

// literalsIn returns the function literals of a function, which are functions of their
// own.
func literalsIn(root ast.Node) []*ast.FuncLit {
	var all []*ast.FuncLit
	ast.Inspect(root, func(node ast.Node) bool {
		literal, ok := node.(*ast.FuncLit)
		if ok && node != root {
			all = append(all, literal)
			return false
		}
		return true
	})
	return all
}

func (a *analysis) inside(e escape.Event, literals []*ast.FuncLit) bool {
	for _, literal := range literals {
		if before(e, a.pos(literal.End())) && !before(e, a.pos(literal.Pos()+1)) {
			return true
		}
	}
	return false
}

func before(e escape.Event, p model.Pos) bool {
	return e.Line < p.Line || e.Line == p.Line && e.Col < p.Col
}

// nearest returns the instruction whose source is nearest to an event, the function's
// first where none has any.
func (a *analysis) nearest(e escape.Event) ssa.Instruction {
	var best ssa.Instruction
	least := 0
	for _, block := range a.fn.Blocks {
		for _, instr := range block.Instrs {
			if best == nil {
				best, least = instr, distance(e, model.Pos{})
			}
			if !instr.Pos().IsValid() {
				continue
			}
			if d := distance(e, a.pos(instr.Pos())); d < least {
				best, least = instr, d
			}
		}
	}
	return best
}

// distance is how far an event is from a position: lines weigh more than columns.
func distance(e escape.Event, p model.Pos) int {
	const line = 1 << 12
	return max(e.Line-p.Line, p.Line-e.Line)*line + max(e.Col-p.Col, p.Col-e.Col)
}

// onHeap records what an instruction allocates on the Go heap: what the compiler says,
// and what is only decided at run time.
func (a *analysis) onHeap(s *state, instr ssa.Instruction) {
	if grows := a.grows(instr); grows != "" {
		site := a.site(s, instr.Pos(), nil)
		if site.Text == "" {
			site.Text = grows
		}
		a.addOp(summary.Op{Kind: summary.OpHeap, On: noObject().Object, Callee: grows, Site: site})
		return
	}
	for _, e := range a.heap[instr] {
		site := a.site(s, instr.Pos(), nil)
		site.Pos = a.pos(a.fn.Syntax().Pos())
		site.Pos.Line, site.Pos.Col = e.Line, e.Col
		site.Text = cut(e.What)
		a.addOp(summary.Op{Kind: summary.OpHeap, On: noObject().Object, Site: site})
	}
}

// grows says what an instruction does that takes memory of a size known at run time, or
// of the runtime's own: "" if it does not. The compiler has no word on those, or says
// only that a first small piece is on the stack.
func (a *analysis) grows(instr ssa.Instruction) string {
	switch instr := instr.(type) {
	case *ssa.MakeSlice:
		return "a make of a slice"
	case *ssa.MakeChan:
		return "a make of a channel"
	case *ssa.MapUpdate:
		return "an assignment to a map"
	case *ssa.Go:
		return "a go statement"
	case *ssa.BinOp:
		if instr.Op == token.ADD && isString(instr.Type()) {
			return "a concatenation"
		}
	case *ssa.Convert:
		if from, to := instr.X.Type(), instr.Type(); isString(from) && isSlice(to) || isSlice(from) && isString(to) {
			return "a conversion of a string"
		}
	case ssa.CallInstruction:
		common := instr.Common()
		if builtin, ok := common.Value.(*ssa.Builtin); ok && builtin.Name() == "append" {
			return "an append"
		}
		if fn := common.StaticCallee(); fn != nil && a.outside(fn) {
			return "the standard library"
		}
	}
	return ""
}

// outside reports whether a function is one of the standard library's that may
// allocate: it is not looked into, and neither frugal nor said to be.
func (a *analysis) outside(fn *ssa.Function) bool {
	declared := declaredFunc(fn)
	if declared == nil || declared.Pkg() == nil || a.env.Standard == nil || !a.env.Standard(declared.Pkg().Path()) {
		return false
	}
	if contract := a.env.Model.Func(declared); contract != nil && contract.Runs.Has(model.NoHeap) {
		return false
	}
	return !frugal(declared.Pkg().Path())
}

// frugal reports whether nothing that a package of the standard library exports
// allocates on the way, memory of its own that is kept for ever excepted.
func frugal(path string) bool {
	switch path {
	case "sync", "cmp", "unsafe", "unicode", "runtime":
		return true
	}
	return strings.HasPrefix(path, "sync/atomic") || strings.HasPrefix(path, "unicode/") ||
		path == "math" || path == "math/bits"
}

func isString(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

func isSlice(t types.Type) bool {
	_, ok := t.Underlying().(*types.Slice)
	return ok
}

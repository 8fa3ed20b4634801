package flow

import (
	"cmp"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// maxRounds bounds the iteration to a fixpoint; the states are small and monotone, so
// real functions need two or three rounds.
const maxRounds = 50

// exit is a return of the function with what is known there.
type exit struct {
	ret   *ssa.Return
	at    point
	state *state
}

// walk computes the state at every block and records what the function does there. Blocks are
// come to after those that lead to them but for loops, and what they do is recorded the first time:
// that holds if no loop brings anything new to where it begins. Else it is recorded once more, when
// the states are known.
func (a *analysis) walk() {
	order, loops := a.order()
	w := ways{
		in:    make([]*state, len(a.fn.Blocks)),
		over:  make([][]*state, len(a.fn.Blocks)),
		stale: make([]bool, len(a.fn.Blocks)),
		once:  !loops,
	}
	w.in[0] = a.outset()
	w.stale[0] = true
	a.promises(w.in[0])
	r := a.recording(len(order))
	for round := range maxRounds {
		for _, block := range order {
			if w.stale[block.Index] {
				a.record = round == 0
				fresh := a.visit(&w, block, &r)
				w.again = w.again || fresh && round > 0
			}
		}
		if !slices.Contains(w.stale, true) {
			break
		}
	}
	a.record = true
	if w.again {
		r.discard()
		for _, block := range a.fn.Blocks {
			if w.in[block.Index] != nil {
				a.block(block, w.in[block.Index].clone())
			}
		}
	} else {
		r.sort()
	}
	if !w.once {
		a.turnsHolding(&w)
	}
}

// visit takes the state through a block, if it is a new one, and on to those that the
// block leads to. It reports whether it is.
func (a *analysis) visit(w *ways, block *ssa.BasicBlock, r *recording) bool {
	w.stale[block.Index] = false
	fresh := block.Index == 0 || w.join(block) || w.exhausted[block]
	if !fresh || w.in[block.Index] == nil {
		return false
	}
	delete(w.exhausted, block)
	in := w.in[block.Index]
	if !w.once {
		in = in.clone() // the next visit compares with it
	}
	r.next(block)
	out := a.block(block, in)
	a.record = false
	for i, succ := range block.Succs {
		if out.dead {
			break
		}
		edge := out
		if i+1 < len(block.Succs) {
			edge = out.clone()
		}
		edge = a.edge(block, i, edge)
		a.gaveBack(w, block, i, edge)
		if a.enter(succ, block, edge) || w.gaveBack(succ, block, edge) {
			w.exhaust(succ)
		}
		a.chosen(edge, block, succ)
		w.lead(way{block, i}, edge)
		w.stale[succ.Index] = true
	}
	return true
}

// ways are the states at the beginnings of blocks, and on the ways to them. What is so
// on one of them only hangs on what is known there; so they are joined anew each time.
type ways struct {
	in    []*state
	over  [][]*state // by block and successor, see on
	stale []bool     // by block: a way to it has a new state
	once  bool       // there are no loops: every block is come to once
	again bool       // a block was come to with a state that was not known the first time
	// exhausted are the heads of loops whose way out has a new state: see retry.
	exhausted map[*ssa.BasicBlock]bool
}

// exhaust has the head of a loop looked at again, whose way out has a new state.
func (w *ways) exhaust(head *ssa.BasicBlock) {
	if w.exhausted == nil {
		w.exhausted = make(map[*ssa.BasicBlock]bool)
	}
	w.exhausted[head] = true
}

// on returns the state on a way, nil if nobody has come to it.
func (w *ways) on(at way) *state {
	if states := w.over[at.from.Index]; states != nil {
		return states[at.i]
	}
	return nil
}

// lead sets the state on a way.
func (w *ways) lead(at way, s *state) {
	states := &w.over[at.from.Index]
	if *states == nil {
		*states = make([]*state, len(at.from.Succs))
	}
	(*states)[at.i] = s
}

// way is the i-th successor of a block.
type way struct {
	from *ssa.BasicBlock
	i    int
}

// join computes the state at the beginning of a block, and reports whether it is new. It
// may be that on the one way there.
func (w *ways) join(block *ssa.BasicBlock) bool {
	var all *state
	joined := false
	for at, pred := range block.Preds {
		if slices.Index(block.Preds, pred) < at {
			continue // both ways of a branch
		}
		for i, succ := range pred.Succs {
			edge := w.on(way{pred, i})
			switch {
			case succ != block || edge == nil:
			case all == nil:
				all = edge
			default:
				if !joined {
					all, joined = all.clone(), true
				}
				all.merge(edge)
			}
		}
	}
	before := w.in[block.Index]
	if all == nil || before != nil && before.equal(all) {
		return false
	}
	w.in[block.Index] = all
	return true
}

// block takes the state through a block.
func (a *analysis) block(block *ssa.BasicBlock, s *state) *state {
	a.instructions(block, len(block.Instrs), s)
	return s
}

// instructions takes the state through the first n instructions of a block.
func (a *analysis) instructions(block *ssa.BasicBlock, n int, s *state) {
	for i, instr := range block.Instrs[:n] {
		a.at = point{block: block.Index, instr: i}
		if v, ok := instr.(ssa.Value); ok {
			s.refresh(v)
		}
		a.instruction(instr, s)
		if s.dead {
			break
		}
	}
}

func (a *analysis) instruction(instr ssa.Instruction, s *state) {
	if a.record && a.env.Heap != nil {
		a.onHeap(s, instr)
	}
	switch instr := instr.(type) {
	case *ssa.Call:
		a.call(s, instr, summary.Static)
	case *ssa.Go:
		a.spawn(s, instr)
	case *ssa.Defer:
		if bodyOf(a.fn) == nil {
			a.deferCall(s, instr)
		}
	case *ssa.RunDefers:
		a.runDefers(s)
	case *ssa.Return:
		a.runDefers(s)
		if a.record {
			a.exits = append(a.exits, exit{ret: instr, at: a.at, state: s}) // nothing comes after it
		}
	case *ssa.Panic:
		a.panics(s, instr)
	case *ssa.Send:
		a.send(s, instr)
	case *ssa.UnOp:
		if instr.Op == token.ARROW {
			a.receive(s, instr)
		}
	case *ssa.Select:
		a.selects(s, instr)
	case *ssa.Store:
		a.store(s, instr)
		a.noteWrite(s, instr.Addr, instr.Pos(), written{change: a.changeOf(instr)})
	case *ssa.MapUpdate:
		a.escape(s, instr.Value)
		a.noteWrite(s, instr.Map, instr.Pos(), written{change: summary.Rises}) // it has as many elements, or one more
	case *ssa.MakeClosure:
		a.closure(s, instr)
	case *ssa.Alloc, *ssa.BinOp, *ssa.ChangeInterface, *ssa.ChangeType, *ssa.Convert, *ssa.DebugRef, *ssa.Extract,
		*ssa.Field, *ssa.FieldAddr, *ssa.If, *ssa.Index, *ssa.IndexAddr, *ssa.Jump, *ssa.Lookup, *ssa.MakeChan,
		*ssa.MakeInterface, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MultiConvert, *ssa.Next, *ssa.Phi,
		*ssa.Range, *ssa.Slice, *ssa.SliceToArrayPointer, *ssa.TypeAssert:
	default:
		a.newInstruction(s, instr)
	}
}

// newInstruction notes that an instruction is newer than this analysis: what it does is
// not known, as with a call of what is not in sight.
func (a *analysis) newInstruction(s *state, instr ssa.Instruction) {
	kind := summary.NewInstruction + strings.TrimPrefix(reflect.TypeOf(instr).String(), "*ssa.")
	if !a.record || slices.ContainsFunc(a.sum.Calls, func(c summary.Call) bool { return c.Unresolved == kind }) {
		return
	}
	a.addCall(summary.Call{FromParam: -1, Unresolved: kind, Site: a.site(s, cmp.Or(instr.Pos(), a.fn.Pos()), nil)})
}

func (a *analysis) deferCall(s *state, instr *ssa.Defer) {
	d := deferred{at: a.at, call: instr}
	if instr.Parent() == a.fn {
		s.learn(fact{cond: a.deferral(instr), holds: true})
	}
	for _, known := range s.defers {
		if known.call == instr {
			return
		}
	}
	s.defers = append(s.defers, d)
}

// runDefers makes the deferred calls, the last first. One that was deferred on some of
// the ways here is made on those.
func (a *analysis) runDefers(s *state) {
	for len(s.defers) > 0 {
		last := s.defers[len(s.defers)-1]
		s.defers = s.defers[:len(s.defers)-1]
		a.at.sub++
		if last.call.Parent() != a.fn {
			a.call(s, last.call, summary.Deferred)
			continue
		}
		cond := a.deferral(last.call)
		if _, known := s.facts.says(cond); known {
			a.call(s, last.call, summary.Deferred)
			continue
		}
		other := s.clone()
		other.learn(fact{cond: cond})
		s.learn(fact{cond: cond, holds: true})
		a.call(s, last.call, summary.Deferred)
		if s.dead {
			*s = *other
			continue
		}
		s.merge(other)
	}
}

// edge returns the state on the way from a block to its i-th successor, made of that at its
// end: what the branch has learned of a try or of a failure.
func (a *analysis) edge(block *ssa.BasicBlock, i int, s *state) *state {
	branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
	if !ok {
		return s
	}
	if r, ok := retryOf(block); ok && i == r.out && a.exhausted[block] != nil {
		s = a.exhausted[block].clone()
	}
	a.alreadySo(s, block, i)
	a.foundMore(s, block, i)
	cond, taken := branch.Cond, i == 0
	failed := a.failedCall(cond, taken)
	a.failQuietly(s, failed)
	a.unpublish(s, failed)
	if f, ok := a.decided(cond, taken); ok {
		s.learn(f)
	}
	for part, is := range a.conjuncts(cond, taken) {
		if f, ok := a.decided(part, is); ok {
			s.learn(f)
		}
	}
	cond, same := stripNot(cond)
	taken = taken == same
	if cmp, ok := cond.(*ssa.BinOp); ok && (cmp.Op == token.EQL || cmp.Op == token.NEQ) {
		x, y := cmp.X, cmp.Y
		if isNil(x) {
			x, y = y, x
		}
		if cmp.Op == token.NEQ {
			taken = !taken
		}
		switch {
		case isNil(y) && isError(x.Type()):
			s.failed = s.failed || !taken
			if taken {
				a.succeed(s, a.through(x))
			}
		case isTruth(y, true):
			if taken {
				a.succeed(s, a.through(x))
			}
		}
		return s
	}
	if taken {
		a.succeed(s, a.through(cond))
	}
	return s
}

// through follows the loads of local variables to the value they hold.
func (a *analysis) through(v ssa.Value) ssa.Value {
	for range maxHeld {
		load, ok := v.(*ssa.UnOp)
		if !ok || load.Op != token.MUL {
			return v
		}
		alloc, ok := load.X.(*ssa.Alloc)
		if !ok {
			return v
		}
		stored := a.variable(alloc, load)
		if stored == nil {
			return v
		}
		v = stored
	}
	return v
}

func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}

func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// stripNot returns what a condition negates, and whether it is true when that is.
func stripNot(cond ssa.Value) (asked ssa.Value, same bool) {
	same = true
	for {
		not, ok := cond.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			return cond, same
		}
		cond, same = not.X, !same
	}
}

// bodyOf returns the function whose range-over-func loop fn is the body of, nil if it
// is none.
func bodyOf(fn *ssa.Function) *ssa.Function {
	if fn.Synthetic == "range-over-func yield" {
		return fn.Parent()
	}
	return nil
}

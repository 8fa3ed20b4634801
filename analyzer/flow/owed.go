package flow

import (
	"math"
	"slices"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// signalPoint is where a fence is signalled, here or by what is called.
type signalPoint struct {
	at  point
	obj object
}

func isWait(e model.Effect) bool { return e.Kind == model.Waits }

// attachOwed adds the regions in which a fence is owed: from where the function gets
// hold of a fence that it did not make to where it is signalled. Whether the region
// is one is for the caller to say, where the fence came from it: Owes.
func (a *analysis) attachOwed() {
	for _, signal := range a.signals {
		for _, o := range a.sources(signal.obj) {
			if o.Class.Kind == summary.Fence && !a.created(o.place) && !a.publishesItself(o) {
				a.attachSection(o, signal.at)
			}
		}
	}
}

func (a *analysis) attachSection(o object, signal point) {
	origin, owes := a.origin(o)
	region := summary.Region{
		Kind: summary.Owed, Context: model.Signalling, Fence: o.Object, Owes: owes, Pos: a.sum.Pos, Text: a.sum.Display,
	}
	switch {
	case origin == nil:
		a.attachWhere(a.between(nil, signal), region)
		return
	case o.Param >= 0:
		// It was within reach from the start, although only now is it known which one.
		region.Owes = o.Param
		a.attachWhere(a.sinceIdle(signal), region)
	default:
		region.Pos = a.pos(a.syntax.start(origin.Pos()))
		region.Text = a.syntax.text(origin.Pos())
	}
	a.attachWhere(a.between(origin, signal), region)
}

func (a *analysis) attachWhere(inside func(point) bool, region summary.Region) {
	for i := range a.sum.Ops {
		if inside(a.opsAt[i]) {
			attach(&a.sum.Ops[i].Site, region)
		}
	}
	for i := range a.sum.Calls {
		if inside(a.callsAt[i]) {
			attach(&a.sum.Calls[i].Site, region)
		}
	}
	for i := range a.sum.Spawns {
		if inside(a.spawnsAt[i]) {
			attach(&a.sum.Spawns[i].Site, region)
		}
	}
}

// sinceIdle returns the test for being on a way to the signal on which nothing more
// is waited for: a loop that waits for its next item is idle, and owes nothing yet.
func (a *analysis) sinceIdle(signal point) func(point) bool {
	idle := a.idlePoints()
	last := func(block, before int) int {
		at := -1
		for _, p := range idle {
			if p.block == block && p.instr < before {
				at = max(at, p.instr)
			}
		}
		return at
	}
	reaches := make([]bool, len(a.fn.Blocks)) // from the end of the block
	if last(signal.block, signal.instr) < 0 {
		flood(reaches, a.fn.Blocks[signal.block].Preds, -1, func(b *ssa.BasicBlock) []*ssa.BasicBlock {
			if last(b.Index, math.MaxInt) >= 0 {
				return nil
			}
			return b.Preds
		})
	}
	return func(p point) bool {
		if p.block == signal.block && p.instr > last(p.block, signal.instr) && p.compare(signal) <= 0 {
			return true
		}
		return reaches[p.block] && p.instr > last(p.block, math.MaxInt)
	}
}

// idlePoints returns where the function waits for its next item, itself or in what it
// calls.
func (a *analysis) idlePoints() []point {
	var idle []point
	for i, op := range a.sum.Ops {
		if idles(op) {
			idle = append(idle, a.opsAt[i])
		}
	}
	for i, call := range a.sum.Calls {
		if slices.ContainsFunc(call.Targets, func(t summary.Target) bool {
			sum := a.env.Summary(t.Func)
			return sum != nil && slices.ContainsFunc(sum.Ops, idles)
		}) {
			idle = append(idle, a.callsAt[i])
		}
	}
	return idle
}

func idles(op summary.Op) bool {
	if op.Kind != summary.OpWait || op.Try {
		return false
	}
	switch op.On.Class.Kind {
	case summary.WaitQueue, summary.Channel, summary.Cond:
		return true
	}
	return false
}

func attach(site *summary.Site, region summary.Region) {
	if !slices.ContainsFunc(site.Within, func(r summary.Region) bool {
		return r.Kind == region.Kind && r.Fence == region.Fence && r.Owes == region.Owes
	}) {
		site.Within = append(slices.Clip(site.Within), region)
	}
}

// origin returns the instruction by which the function gets hold of a fence and -1,
// or no instruction and the parameter it came with.
func (a *analysis) origin(o object) (ssa.Instruction, int) {
	for i := len(o.place.steps) - 1; i >= 0; i-- {
		at, ok := o.place.steps[i].at.(ssa.Instruction)
		if ok && (o.place.steps[i].index == "" || ownsField(o.place.steps[:i+1])) {
			return a.yields(o.place.base, at), -1
		}
	}
	if o.Param >= 0 {
		return nil, o.Param
	}
	if instr, ok := o.place.base.(ssa.Instruction); ok && instr.Parent() == a.fn {
		if extract, ok := instr.(*ssa.Extract); ok {
			if tuple, ok := extract.Tuple.(ssa.Instruction); ok {
				return tuple, -1
			}
		}
		return instr, -1
	}
	return nil, -1
}

// ownsField reports whether steps lead through a field: what is taken out of a
// field is got hold of there, an element of what came as a slice came with it.
func ownsField(steps []step) bool {
	return slices.ContainsFunc(steps, func(s step) bool { return s.field != nil })
}

// yields returns where a variable that literals assign gets its value: the call that
// was handed the literal. For other values it is where they are loaded.
func (a *analysis) yields(base ssa.Value, load ssa.Instruction) ssa.Instruction {
	alloc, ok := base.(*ssa.Alloc)
	if !ok {
		return load
	}
	for _, ref := range *alloc.Referrers() {
		closure, ok := ref.(*ssa.MakeClosure)
		if !ok {
			continue
		}
		for _, use := range *closure.Referrers() {
			if call, ok := use.(*ssa.Call); ok {
				return call
			}
		}
	}
	return load
}

// between returns the test for being on a way from origin (the entry if nil) to the
// signal that does not pass the origin again. The origin is outside, the signal
// inside.
func (a *analysis) between(origin ssa.Instruction, signal point) func(point) bool {
	start := point{block: 0, instr: -1}
	if origin != nil {
		start = a.pointOf(origin)
	}
	blocks := a.fn.Blocks
	// From the origin: the rest of its block, what follows, and, if that leads back,
	// its block up to it.
	forward := make([]bool, len(blocks))
	flood(forward, blocks[start.block].Succs, start.block, func(b *ssa.BasicBlock) []*ssa.BasicBlock { return b.Succs })
	// To the signal: its block up to it, what leads there, and the rest of the
	// origin's block.
	backward := make([]bool, len(blocks))
	straight := origin != nil && signal.block == start.block && signal.instr > start.instr
	again := forward[start.block] && start.instr > 0 && !straight
	if !straight {
		flood(backward, blocks[signal.block].Preds, start.block, func(b *ssa.BasicBlock) []*ssa.BasicBlock { return b.Preds })
	}
	return func(p point) bool {
		if p.block == start.block {
			if p.instr > start.instr {
				return backward[p.block] || p.block == signal.block && p.compare(signal) <= 0
			}
			return again && signal.instr < start.instr && p.block == signal.block && p.compare(signal) <= 0
		}
		return forward[p.block] && (backward[p.block] || p.block == signal.block && p.compare(signal) <= 0)
	}
}

// flood marks the blocks that next leads to from the given ones; it does not go on
// from the one where it is to stop.
func flood(marked []bool, from []*ssa.BasicBlock, stop int, next func(*ssa.BasicBlock) []*ssa.BasicBlock) {
	work := slices.Clone(from)
	for len(work) > 0 {
		block := work[len(work)-1]
		work = work[:len(work)-1]
		if marked[block.Index] {
			continue
		}
		marked[block.Index] = true
		if block.Index != stop {
			work = append(work, next(block)...)
		}
	}
}

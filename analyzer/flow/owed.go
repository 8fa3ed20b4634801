package flow

import (
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
		if a.created(signal.obj.place) || signal.obj.Class.Kind != summary.Fence {
			continue
		}
		origin, owes := a.origin(signal.obj)
		region := summary.Region{
			Kind: summary.Owed, Context: model.Signalling, Fence: signal.obj.Object, Owes: owes, Pos: a.sum.Pos, Text: a.sum.Display,
		}
		if origin != nil {
			region.Pos = a.pos(a.syntax.start(origin.Pos()))
			region.Text = a.syntax.text(origin.Pos())
		}
		inside := a.between(origin, signal.at)
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
		if ok && (o.Param < 0 || ownsField(o.place.steps[:i+1])) {
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
	again := forward[start.block] && start.instr > 0
	// To the signal: its block up to it, what leads there, and the rest of the
	// origin's block.
	backward := make([]bool, len(blocks))
	straight := origin != nil && signal.block == start.block && signal.instr > start.instr
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

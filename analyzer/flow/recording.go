package flow

import (
	"cmp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// recording is what a function was found to do, as blocks were come to.
type recording struct {
	*analysis
	before summary.Summary
	visits []visited
}

// visited is how much had been recorded of each kind when a block was come to, and when it was
// left.
type visited struct {
	block         int
	before, after lengths
}

// lengths are those of the lists that are recorded, by kind.
type lengths [kinds]int32

// kinds is the number of lists that are recorded.
const kinds = 9

// recording begins one over so many blocks.
func (a *analysis) recording(blocks int) recording {
	return recording{analysis: a, before: *a.sum, visits: make([]visited, 0, blocks)}
}

func (r *recording) lengths() (n lengths) {
	for kind, length := range [kinds]int{
		len(r.sum.Ops), len(r.sum.Calls), len(r.sum.Spawns), len(r.sum.Waits), len(r.sum.Repeats),
		len(r.signals), len(r.takes), len(r.exits), len(r.broken),
	} {
		n[kind] = int32(length)
	}
	return n
}

// next says that what is recorded from now on is of a block.
func (r *recording) next(block *ssa.BasicBlock) {
	if r.record {
		r.visits = append(r.visits, visited{block: block.Index, before: r.lengths()})
	}
}

// discard forgets what was recorded.
func (r *recording) discard() {
	*r.sum = r.before
	r.opsAt, r.callsAt, r.spawnsAt, r.published, r.ended = nil, nil, nil, nil, nil
	r.signals, r.takes, r.exits, r.broken = nil, nil, nil, nil
}

// sort brings what was recorded into the order of the blocks.
func (r *recording) sort() {
	byBlock := func(a, b visited) int { return cmp.Compare(a.block, b.block) }
	if slices.IsSortedFunc(r.visits, byBlock) {
		return
	}
	end := r.lengths()
	for i, v := range slices.Backward(r.visits) {
		r.visits[i].after, end = end, v.before
	}
	slices.SortFunc(r.visits, byBlock)
	inOrder(r.visits, 0, &r.sum.Ops)
	inOrder(r.visits, 0, &r.opsAt)
	inOrder(r.visits, 1, &r.sum.Calls)
	inOrder(r.visits, 1, &r.callsAt)
	inOrder(r.visits, 2, &r.sum.Spawns)
	inOrder(r.visits, 2, &r.spawnsAt)
	inOrder(r.visits, 3, &r.sum.Waits)
	inOrder(r.visits, 4, &r.sum.Repeats)
	inOrder(r.visits, 5, &r.signals)
	inOrder(r.visits, 6, &r.takes)
	inOrder(r.visits, 7, &r.exits)
	inOrder(r.visits, 8, &r.broken)
}

func inOrder[T any](visits []visited, kind int, list *[]T) {
	if len(*list) < 2 {
		return
	}
	sorted := make([]T, 0, len(*list))
	for _, v := range visits {
		sorted = append(sorted, (*list)[v.before[kind]:v.after[kind]]...)
	}
	*list = sorted
}

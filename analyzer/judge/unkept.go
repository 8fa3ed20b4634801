package judge

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// unkept judges bodies that do not do what callers rely on: to signal a fence, or to see
// to it that it is.
func (j *judgement) unkept() {
	for _, sum := range j.program.Summaries() {
		if !j.program.Report(sum.Package) {
			continue
		}
		for _, ops := range forgotten(sum) {
			if op := j.unkeptAt(sum, ops); op != nil {
				c := &candidate{own: sum, reached: graph.Reached{Op: op}}
				c.Rule, c.Level, c.Promise = "never-signalled", finding.Error, op.Promise.By
				c.Op, c.What, c.On = op.Kind, op.Text, graph.Named(op.On.Class)
				j.candidates = append(j.candidates, c)
			}
		}
	}
}

// forgotten returns the operations of a function that forget a promise, those of each
// promise together.
func forgotten(sum *summary.Summary) [][]*summary.Op {
	type promise struct{ by, fence string }
	index := map[promise]int{}
	var all [][]*summary.Op
	for i := range sum.Ops {
		op := &sum.Ops[i]
		if op.Kind != summary.OpDutyLost || op.Promise == nil {
			continue
		}
		key := promise{op.Promise.By, op.On.Instance}
		at, known := index[key]
		if !known {
			at = len(all)
			index[key] = at
			all = append(all, nil)
		}
		all[at] = append(all[at], op)
	}
	return all
}

// unkeptAt returns the first return on which a promise is broken, nil if it is kept: on
// every way, or anywhere if no more is promised. Where it is kept on one, another that is
// taken for what the fence was found to be may have nothing to do.
func (j *judgement) unkeptAt(sum *summary.Summary, ops []*summary.Op) *summary.Op {
	broken := slices.DeleteFunc(slices.Clone(ops), func(op *summary.Op) bool {
		return j.graph.MaySettle(sum.Func, op.On, &op.Site)
	})
	if len(broken) < len(ops) {
		broken = slices.DeleteFunc(broken, func(op *summary.Op) bool { return op.Promise.Anywhere || op.Promise.Asked })
	}
	if len(broken) == 0 {
		return nil
	}
	return broken[0]
}

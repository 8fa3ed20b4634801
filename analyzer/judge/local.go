package judge

import (
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// rescuers judges the queues that fences are signalled from.
func (j *judgement) rescuers() {
	for _, c := range j.graph.Carried() {
		if j.graph.Is(c.Spawn.In.Class(c.Spawn.On), func(t *model.Type) bool { return t.Rescuer }) {
			continue
		}
		fences := []summary.Class{c.Fence}
		way := j.whole.WayTo(c.Worker, c.Fence, true)
		if way == nil {
			continue
		}
		edge := graph.Edge{
			From: c.Fence, To: c.Worker, Provenance: finding.Seen,
			Witness: &graph.Witness{Spawn: c.Spawn, Path: c.Signal.Path},
		}
		found := &candidate{carried: &c, cycle: append([]graph.Edge{edge}, way...)}
		found.Rule, found.Level = "no-rescuer", finding.Error
		found.Context, found.Opened = model.Signalling, ByDuty
		found.What, found.Op = c.Spawn.Text, summary.OpSignal
		found.On, found.Owed = c.Spawn.In.Class(c.Spawn.On), fences
		j.candidates = append(j.candidates, found)
	}
}

// local judges what is wrong with a function by itself.
func (j *judgement) local() {
	for key, sum := range j.program.Summaries() {
		for i := range sum.Ops {
			op := &sum.Ops[i]
			c := &candidate{own: sum}
			c.Level = finding.Error
			switch {
			case op.Kind == summary.OpFlagsDropped:
				c.Rule, c.Level = "gfp-dropped", finding.Warning
			case op.Kind == summary.OpDutyLost && op.Promise != nil:
				continue // see unkept
			case op.Kind == summary.OpDutyLost && op.Lent && !j.graph.Uncalled(key):
				continue
			case op.Kind == summary.OpDutyLost && op.Failure:
				c.Rule = "fail-after-publish"
			case op.Kind == summary.OpDutyLost:
				c.Rule = "never-signalled"
			case op.Kind == summary.OpUnlockMissing && op.Turn && j.releasedElsewhere(op.On.Class):
				continue
			case op.Kind == summary.OpUnlockMissing && op.Kept && (!j.program.inSight(op.On.Class) || j.releasedElsewhere(op.On.Class)):
				continue
			case op.Kind == summary.OpUnlockMissing && op.Panics:
				recovered := j.graph.Recovered(key, op.On)
				if recovered == nil {
					continue
				}
				// Who panics has found something that he holds to be impossible.
				c.Rule, c.Level, c.Recovered = "missing-unlock", finding.Warning, recovered.Display
			case op.Kind == summary.OpUnlockMissing:
				c.Rule, c.Through, c.Turn, c.Kept = "missing-unlock", op.Through, op.Turn, op.Kept
			default:
				continue
			}
			c.reached.Op = op
			c.Op, c.What, c.Callee, c.On = op.Kind, op.Text, op.Callee, graph.Named(op.On.Class)
			j.candidates = append(j.candidates, c)
		}
	}
}

// releasedElsewhere reports whether a function releases locks of a class that it has not
// taken itself: who leaves them locked may do so for it.
func (j *judgement) releasedElsewhere(lock summary.Class) bool {
	if j.released == nil {
		j.released = map[summary.Class]bool{}
		for _, sum := range j.program.Summaries() {
			for i := range sum.Ops {
				op := &sum.Ops[i]
				if op.GivesBack() {
					j.released[op.On.Class] = true
				}
			}
		}
	}
	return j.released[lock]
}

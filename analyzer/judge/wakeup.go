package judge

import (
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/analyzer/wake"
)

// Wakes returns who wakes whom in a program.
func (p *Program) Wakes() []wake.Wait {
	return wake.Table(&wake.Program{Model: p.Model, Summary: p.Summary, Funcs: p.Funcs, Whole: p.Whole, InSight: p.inSight})
}

// wakeups judges the predicates that are waited for: writes after which nobody wakes,
// loops that come back to a wait which does not wait, and waits that nobody ends.
func (j *judgement) wakeups() {
	for _, w := range j.program.Wakes() {
		if w.Queue.Kind == summary.Cond && j.graph.Deserted(w.Queue) && !j.spared(&w) {
			j.predicate(&w, w.Func, "no-partner", finding.Error, summary.Op{Kind: summary.OpWait, Site: summary.Site{Pos: w.Pos, Text: w.Text}})
		}
		if w.Spin.Line > 0 {
			site := summary.Site{Pos: w.Pos, Text: w.Text}
			c := j.predicate(&w, w.Func, "wait-spins", finding.Warning, summary.Op{Kind: summary.OpSpins, Site: site})
			c.Branch, c.BranchPos = w.SpinText, w.Spin
		}
		for _, f := range w.Fields {
			for _, writer := range f.Writers {
				if !writer.Missing() {
					continue
				}
				site := summary.Site{Pos: writer.Pos, Text: writer.Text}
				level := finding.Error
				if len(w.Fields) > 1 && !j.graph.Is(graph.Named(w.Queue), func(t *model.Type) bool { return !t.Model }) {
					level = finding.Warning // another field may keep it false, and nobody has said that any change counts
				}
				c := j.predicate(&w, writer.Func, "wake-missing", level, summary.Op{Kind: summary.OpWakeMissing, Site: site})
				c.Branch = f.Name
			}
		}
	}
}

// spared reports whether nobody comes to a wait.
func (j *judgement) spared(w *wake.Wait) bool {
	return j.program.Spared != nil && j.program.Spared(w.Func, w.Pos)
}

// predicate files what is wrong about a predicate in the function called key.
func (j *judgement) predicate(w *wake.Wait, key, rule string, level finding.Level, op summary.Op) *candidate {
	op.On = w.On
	c := &candidate{own: j.program.Summary(key)}
	c.Rule, c.Level = rule, level
	c.reached.Op = &op
	c.Op, c.What, c.On = op.Kind, op.Text, graph.Named(w.Queue)
	c.Waiter = j.program.Summary(w.Func).Display
	j.candidates = append(j.candidates, c)
	return c
}

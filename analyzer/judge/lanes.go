package judge

import (
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// fill completes a candidate that was picked: its verdict, edges, lanes.
func (j *judgement) fill(c *candidate) {
	c.Verdict = verdict(c.cycle)
	c.Root = c.root().Display
	c.Annotated = true
	c.Edges = edges(c.cycle)
	for _, e := range c.cycle {
		c.Cycle = append(c.Cycle, e.From)
	}
	c.Lanes = []finding.Lane{c.first()}
	if len(c.cycle) > 1 {
		second := finding.Lane{Title: "waits for " + graph.ShortName(c.cycle[0].From)}
		for _, e := range c.cycle[1:] {
			second.Steps = append(second.Steps, edgeSteps(e)...)
		}
		c.Lanes = append(c.Lanes, second)
	}
	c.Closing = closing(c.cycle)
}

// first is the lane that owes.
func (c *candidate) first() finding.Lane {
	switch {
	case c.carried != nil:
		return finding.Lane{Title: "owes " + names(c.Owed), Steps: carriedSteps(c.carried)}
	case c.own != nil:
		return finding.Lane{Title: c.own.Display, Steps: ownSteps(c.own, c.reached.Op)}
	}
	title := "in " + c.Context.String()
	if c.Context == model.Signalling {
		title = "owes " + names(c.Owed)
		if len(c.cycle) > 0 {
			title = "owes " + graph.ShortName(c.cycle[0].From)
		}
	}
	steps := append([]finding.Step{sectionStep(c.section)}, pathSteps(c.reached.Path, c.reached.Op)...)
	return finding.Lane{Title: title, Steps: steps}
}

// names lists classes as a reader calls them.
func names(classes []summary.Class) string {
	var out []string
	for _, c := range classes {
		out = append(out, graph.ShortName(c))
	}
	return strings.Join(out, ", ")
}

// sectionStep says what put code into a context.
func sectionStep(s *reach.Section) finding.Step {
	root := s.Root()
	step := finding.Step{Pos: root.Pos, Func: root.Display, Text: root.Display + ", runs " + s.Context.String()}
	switch {
	case s.Call != nil:
		step.Pos, step.Text = s.Call.Pos, s.Call.Text
	case s.Spawn != nil:
		step.Pos, step.Func, step.Text = s.Spawn.Pos, s.Spawn.In.Summary.Display, s.Spawn.Text
	case s.Region != nil:
		step.Pos, step.Text = s.Region.Pos, s.Region.Text
	case root.RunsVia != "":
		step.Text += " by " + shortFunc(root.RunsVia)
	}
	return step
}

// shortFunc is the name of a function without the path of its package.
func shortFunc(name string) string {
	i := strings.LastIndexByte(name, '/')
	if i < 0 {
		return name
	}
	return name[:len(name)-len(strings.TrimLeft(name, "(*"))] + name[i+1:]
}

// pathSteps are the calls of a path and the operation it leads to.
func pathSteps(path *reach.Path, op *summary.Op) []finding.Step {
	var steps []finding.Step
	for _, p := range path.Frames()[1:] {
		steps = append(steps, finding.Step{
			Pos: p.Call.Pos, Func: p.Up.State.Summary.Display, Text: p.Call.Text, Via: p.Via.String(),
		})
	}
	return append(steps, opStep(path.State.Summary, op))
}

func opStep(in *summary.Summary, op *summary.Op) finding.Step {
	return finding.Step{Pos: op.Pos, Func: in.Display, Text: op.Text, Via: op.Via.String()}
}

// edgeSteps are the steps by which an edge was seen, or the sentence that decrees it.
func edgeSteps(e graph.Edge) []finding.Step {
	w := e.Witness
	switch {
	case w == nil:
		return []finding.Step{{Text: decree(e)}}
	case w.Spawn != nil && w.Op == nil:
		return []finding.Step{{Pos: w.Spawn.Pos, Func: w.Spawn.In.Summary.Display, Text: w.Spawn.Text, Via: summary.Go.String()}}
	case w.Then != nil:
		return endSteps(w)
	case w.Section != nil:
		return append([]finding.Step{sectionStep(w.Section)}, pathSteps(w.Path, w.Op)...)
	case w.Held != nil:
		start := w.Path.Start.State.Summary
		step := finding.Step{Pos: w.Held.Pos, Func: start.Display, Text: w.Held.Text}
		if w.Held.Func != "" {
			step.Func = w.Held.Func
		}
		return append([]finding.Step{step}, pathSteps(w.Path, w.Op)...)
	default:
		start := w.Path.Start.State.Summary
		return append([]finding.Step{{Pos: start.Pos, Func: start.Display, Text: "work on " + graph.ShortName(e.From)}}, pathSteps(w.Path, w.Op)...)
	}
}

// endSteps lead to what would end a wait, past what is waited for before.
func endSteps(w *graph.Witness) []finding.Step {
	start := w.Path.Start.State.Summary
	steps := append([]finding.Step{{Pos: start.Pos, Func: start.Display, Text: start.Display}}, pathSteps(w.Path, w.Op)...)
	if w.Then != w.Op {
		steps = append(steps, opStep(w.Path.State.Summary, w.Then))
	}
	return steps
}

// carriedSteps lead from where work is queued to the signal in it.
func carriedSteps(c *graph.Carried) []finding.Step {
	start := finding.Step{Pos: c.Spawn.Pos, Func: c.Spawn.In.Summary.Display, Text: c.Spawn.Text}
	return append([]finding.Step{start}, pathSteps(c.Signal.Path, c.Signal.Op)...)
}

// ownSteps lead from where a fence was published to the operation at fault.
func ownSteps(in *summary.Summary, op *summary.Op) []finding.Step {
	var steps []finding.Step
	for _, r := range slices.Backward(op.Within) {
		if r.Kind == summary.Published && op.Kind == summary.OpDutyLost {
			steps = append(steps, finding.Step{Pos: r.Pos, Func: in.Display, Text: r.Text})
			break
		}
	}
	step := opStep(in, op)
	if len(steps) == 0 {
		step.Via = ""
	}
	return append(steps, step)
}

package judge

import (
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// fill completes a candidate that was picked: its verdict, edges, lanes.
func (j *judgement) fill(c *candidate) {
	c.Verdict = verdict(c.cycle)
	c.Root = c.root().Display
	c.Annotated = j.annotated(c)
	if j.doubtful(c) {
		c.Level = finding.Warning
	}
	c.Edges = edges(c.cycle)
	for _, e := range c.cycle {
		c.Cycle = append(c.Cycle, e.From)
	}
	if c.stuck != nil {
		c.Lanes, c.Closing, c.Holder = c.stuck.lanes(c.Rule), c.stuck.closing(), c.stuck.holder()
		return
	}
	c.Lanes = []finding.Lane{c.first()}
	if len(c.cycle) > 0 {
		c.Lanes = append(c.Lanes, c.second())
	}
	c.Closing = closing(c.cycle)
}

// doubtful reports whether a cycle was not seen when its functions were run, and nobody has
// said that it goes there, that no branch on a long way keeps it from happening, that it
// comes to what is for what must not happen, or that who took a lock is who gives it back.
func (j *judgement) doubtful(c *candidate) bool {
	return !c.run && (likely(c.cycle) || (dynamic(c.cycle) || far(c.cycle) || doomed(c.cycle) || j.handedOver(c.cycle)) && !j.annotated(c))
}

// first is the lane that owes.
func (c *candidate) first() finding.Lane {
	switch {
	case c.carried != nil:
		return finding.Lane{Title: "owes " + names(c.Owed), Steps: carriedSteps(c.carried)}
	case c.beside != nil:
		return finding.Lane{Title: "delays " + c.Delays, Steps: besideSteps(c.beside)}
	case c.own != nil && c.reached.Path != nil:
		return finding.Lane{Title: c.own.Display, Steps: graph.PathSteps(c.reached.Path, c.reached.Op)}
	case c.own != nil:
		return finding.Lane{Title: c.own.Display, Steps: ownSteps(c.own, c.reached.Op)}
	case c.loop:
		return finding.Lane{Title: "holds " + graph.ShortName(c.cycle[0].From), Steps: c.cycle[0].Steps()}
	}
	title := "in " + c.Context.String()
	if c.Context == model.Signalling {
		title = "owes " + names(c.Owed)
		if len(c.cycle) > 0 {
			title = "owes " + graph.ShortName(c.cycle[0].From)
		}
	}
	steps := append(graph.SectionSteps(c.section), graph.PathSteps(c.reached.Path, c.reached.Op)...)
	return finding.Lane{Title: title, Steps: steps}
}

// second is the lane that waits: for what the first owes. Where that is waited for
// itself, both end in one operation.
func (c *candidate) second() finding.Lane {
	lane := finding.Lane{Title: "waits for " + graph.ShortName(c.cycle[0].From)}
	for _, e := range c.cycle[1:] {
		lane.Steps = append(lane.Steps, e.Steps()...)
	}
	if first := c.Lanes[0].Steps; len(lane.Steps) == 0 && len(first) > 0 {
		step := first[len(first)-1]
		step.Via = ""
		lane.Steps = append(lane.Steps, step)
	}
	return lane
}

// names lists classes as a reader calls them.
func names(classes []summary.Class) string {
	var out []string
	for _, c := range classes {
		out = append(out, graph.ShortName(c))
	}
	return strings.Join(out, ", ")
}

// carriedSteps lead from where work is queued to the signal in it.
func carriedSteps(c *graph.Carried) []finding.Step {
	start := finding.Step{Pos: c.Spawn.Pos, Func: c.Spawn.In.Summary.Display, Text: c.Spawn.Text}
	return append([]finding.Step{start}, graph.PathSteps(c.Signal.Path, c.Signal.Op)...)
}

// besideSteps lead from the root that blocks to the operation.
func besideSteps(b *graph.Beside) []finding.Step {
	root := b.Spawn.Root.Summary
	start := finding.Step{Pos: root.Pos, Func: root.Display, Text: root.Display}
	return append([]finding.Step{start}, graph.PathSteps(b.Path, b.Op)...)
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
	step := graph.OpStep(in, op)
	if len(steps) == 0 {
		step.Via = ""
	}
	return append(steps, step)
}

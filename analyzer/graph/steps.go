package graph

import (
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Steps are the steps by which the edge was seen, or the sentence that decrees it.
func (e Edge) Steps() []finding.Step {
	w := e.Witness
	switch {
	case w == nil:
		return []finding.Step{{Text: decree(e)}}
	case w.Said != nil:
		return w.Said
	case w.Spawn != nil && w.Op == nil:
		return []finding.Step{{Pos: w.Spawn.Pos, Func: w.Spawn.In.Summary.Display, Text: w.Spawn.Text, Via: summary.Go.String()}}
	case w.Then != nil:
		return endSteps(w)
	case w.Section != nil:
		return append(SectionSteps(w.Section), PathSteps(w.Path, w.Op)...)
	case w.Held != nil:
		step := heldStep(w.Path.Start.State.Summary, w.Held)
		return append([]finding.Step{step}, PathSteps(w.Path, w.Op)...)
	default:
		start := w.Path.Start.State.Summary
		return append([]finding.Step{{Pos: start.Pos, Func: start.Display, Text: "work on " + ShortName(e.From)}}, PathSteps(w.Path, w.Op)...)
	}
}

// endSteps lead to what would end a wait, past what is waited for before.
func endSteps(w *Witness) []finding.Step {
	start := w.Path.Start.State.Summary
	steps := append([]finding.Step{{Pos: start.Pos, Func: start.Display, Text: start.Display}}, PathSteps(w.Path, w.Op)...)
	if w.Then != w.Op {
		in := w.Path.State.Summary
		if w.In != nil {
			in = w.In
		}
		steps = append(steps, OpStep(in, w.Then))
	}
	return steps
}

// SectionSteps say what put code into a context: the root, the way from there to the
// function in which the context opens, and what opens it.
func SectionSteps(s *reach.Section) []finding.Step {
	if s.From == nil || s.From.Up == nil {
		return []finding.Step{opening(s)}
	}
	root := s.Root()
	steps := []finding.Step{{Pos: root.Pos, Func: root.Display, Text: root.Display}}
	for _, p := range s.From.Frames()[1:] {
		steps = append(steps, callStep(p))
	}
	if step := opening(s); step.Pos != s.Start.State.Summary.Pos {
		steps = append(steps, step) // it got hold of the fence in the function, not from its caller
	}
	return steps
}

// opening is the step that opens a section.
func opening(s *reach.Section) finding.Step {
	in := s.Start.State.Summary
	step := finding.Step{Pos: in.Pos, Func: in.Display, Text: in.Display + ", runs " + s.Context.String()}
	switch {
	case s.Call != nil:
		step.Pos, step.Text = s.Call.Pos, s.Call.Text
	case s.Spawn != nil:
		step.Pos, step.Func, step.Text = s.Spawn.Pos, s.Spawn.In.Summary.Display, s.Spawn.Text
	case s.Region != nil:
		step.Pos, step.Text = s.Region.Pos, s.Region.Text
	case in.RunsVia != "":
		step.Text += " by " + ShortFunc(in.RunsVia)
	}
	return step
}

// ShortFunc is the name of a function without the path of its package.
func ShortFunc(name string) string {
	i := strings.LastIndexByte(name, '/')
	if i < 0 {
		return name
	}
	return name[:len(name)-len(strings.TrimLeft(name, "(*"))] + name[i+1:]
}

// PathSteps are the calls of a path and the operation it leads to.
func PathSteps(path *reach.Path, op *summary.Op) []finding.Step {
	var steps []finding.Step
	for _, p := range path.Frames()[1:] {
		steps = append(steps, callStep(p))
	}
	if op.Pos.Line == 0 && len(steps) > 0 {
		return steps // the last call is the operation
	}
	return append(steps, OpStep(path.State.Summary, op))
}

// callStep is the last hop of a path.
func callStep(p *reach.Path) finding.Step {
	return finding.Step{Pos: p.Call.Pos, Func: p.Up.State.Summary.Display, Text: p.Call.Text, Via: p.Via.String()}
}

// OpStep is the step of an operation.
func OpStep(in *summary.Summary, op *summary.Op) finding.Step {
	return finding.Step{Pos: op.Pos, Func: in.Display, Text: op.Text, Via: op.Via.String()}
}

// decree says why an edge exists without having been seen.
func decree(e Edge) string {
	from, to := ShortName(e.From), ShortName(e.To)
	switch e.From.Kind {
	case summary.Reclaim:
		return "by contract, reclaim may wait for any fence, " + to + " included"
	case summary.Notifier:
		return "by contract, a notifier may wait for any fence, " + to + " included"
	case summary.Fence:
		return "by contract, nobody may assume that " + from + " does not depend on " + to
	case summary.Pool:
		return "by contract, what " + from + " gives out comes back as fences signal, " + to + " included"
	case summary.WorkQueue, summary.Worker:
		return "by contract, a queue without rescuer takes memory to run its work"
	default:
		return "by contract, others hold " + from + " while they wait for " + to
	}
}

package graph

import (
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Entry returns the state of a function of whose callers nothing is known, nil if it is
// not in sight.
func (g *Graph) Entry(key string) *reach.State { return g.space.Entry(key) }

// Within returns a way to every function that a section leads to by calls, the one
// it begins in included, nearest first.
func (g *Graph) Within(sec *reach.Section) []*reach.Path {
	return g.space.Functions(sec.Start, avoided(sec))
}

// Hold is a stretch of code in which a lock or a pool's slot is held.
type Hold struct {
	Section *reach.Section
	Held    *summary.Held
}

// Holds returns where a class of that name is held, in a fixed order.
func (g *Graph) Holds(name string) []Hold {
	var all []Hold
	for _, h := range g.held {
		if c := h.state.Class(h.held.On); Name(c) == name {
			all = append(all, Hold{&reach.Section{Start: &reach.Start{State: h.state, In: h.in, Lock: c}}, h.held})
		}
	}
	return all
}

// Step is the step that begins to hold.
func (h Hold) Step() finding.Step { return heldStep(h.Section.Start.State.Summary, h.Held) }

func heldStep(in *summary.Summary, held *summary.Held) finding.Step {
	step := finding.Step{Pos: held.Pos, Func: in.Display, Text: held.Text}
	if held.Func != "" {
		step.Func = ShortFunc(held.Func)
	}
	return step
}

// WaySteps are the calls of a path, and the function that it leads to.
func WaySteps(path *reach.Path) []finding.Step {
	var steps []finding.Step
	for _, p := range path.Frames()[1:] {
		steps = append(steps, callStep(p))
	}
	return append(steps, FuncStep(path.State.Summary))
}

// FuncStep is the step of a function itself.
func FuncStep(s *summary.Summary) finding.Step {
	return finding.Step{Pos: s.Pos, Func: s.Display, Text: s.Display}
}

// SpawnStep is the step that starts something.
func SpawnStep(sp *reach.Spawn) finding.Step {
	via := "go"
	switch sp.Kind {
	case summary.Work:
		via = "queued"
	case summary.Callback:
		via = "called back"
	}
	return finding.Step{Pos: sp.Pos, Func: sp.In.Summary.Display, Text: sp.Text, Via: via}
}

package why

import (
	"cmp"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/audit"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Silence is why nothing is said of a function, as far as something is.
type Silence struct {
	Func *summary.Summary
	// Findings stand in the function or lead through it; those that are suppressed say why.
	Findings []finding.Finding
	// Reached is how each root comes to the function, and what is done there.
	Reached []Reached
	// Callers are the calls of the function, by position.
	Callers []finding.Step
	// Starts are where it is started to run by itself.
	Starts []finding.Step
	// Blind are the unresolved calls that may lead to the function from a root.
	Blind []reach.Blind
	// Own are the operations of the function and of what it calls, for nobody.
	Own []audit.Operation
	// Spoken says that callers see its directives and not its body.
	Spoken bool
}

// Reached is a root that leads to a function.
type Reached struct {
	Root       audit.Root
	Path       []finding.Step
	Operations []audit.Operation // of the function and of what it calls
}

// Silence says why nothing is said of a function, given all that is said.
func (q *Questions) Silence(fn Thing, found []finding.Finding) *Silence {
	s := &Silence{Func: fn.Func, Spoken: fn.Func.Spoken}
	for i := range found {
		if concerns(&found[i], fn.Func) {
			s.Findings = append(s.Findings, found[i])
		}
	}
	roots := audit.Roots(q.graph)
	for i := range roots {
		if r, ok := q.reached(&roots[i], fn.Func.Func); ok {
			s.Reached = append(s.Reached, r)
		}
	}
	s.Callers, s.Starts = q.callers(fn.Func.Func)
	if len(s.Reached) == 0 {
		s.Blind = q.blind(roots)
	}
	if st := q.graph.Entry(fn.Func.Func); st != nil {
		own := &audit.Root{Sections: []*reach.Section{body(st)}}
		s.Own = audit.Operations(q.graph, own)
	}
	return s
}

// concerns reports whether a finding stands in a function, or a step of it does.
func concerns(f *finding.Finding, fn *summary.Summary) bool {
	in := func(pos model.Pos, name string) bool { return name == fn.Display && pos.File == fn.Pos.File }
	return in(f.Pos, f.Func) || slices.ContainsFunc(f.Lanes, func(l finding.Lane) bool {
		return slices.ContainsFunc(l.Steps, func(s finding.Step) bool { return in(s.Pos, s.Func) })
	})
}

// reached says how a root comes to a function.
func (q *Questions) reached(root *audit.Root, key string) (Reached, bool) {
	r := Reached{Root: *root}
	consider := func(sec *reach.Section, way []finding.Step) {
		if steps := append(graph.SectionSteps(sec), way...); r.Path == nil || len(steps) < len(r.Path) {
			r.Path = steps
		}
	}
	for _, sec := range root.Sections {
		for _, p := range q.graph.Within(sec) {
			if p.State.Key() == key {
				consider(sec, calls(p))
				break
			}
		}
		for _, op := range q.graph.Below(sec) {
			if op.Op.Callee == key {
				consider(sec, graph.PathSteps(op.Path, op.Op))
				break
			}
		}
	}
	if r.Path == nil {
		return r, false
	}
	r.Operations = audit.Through(q.graph, root, key)
	return r, true
}

// callers returns where a function is called, and where it is started.
func (q *Questions) callers(key string) (calls, starts []finding.Step) {
	for _, fn := range q.functions {
		for i := range fn.Func.Ops {
			if op := &fn.Func.Ops[i]; op.Callee == key {
				calls = append(calls, graph.OpStep(fn.Func, op))
			}
		}
		for i := range fn.Func.Calls {
			c := &fn.Func.Calls[i]
			for _, t := range c.Targets {
				if t.Func == key {
					calls = append(calls, finding.Step{Pos: c.Pos, Func: fn.Func.Display, Text: c.Text, Via: t.Via.String()})
				}
			}
		}
	}
	for _, sp := range q.graph.Sections().Spawns {
		if sp.Root.Key() == key {
			starts = append(starts, graph.SpawnStep(sp))
		}
	}
	return distinct(calls), distinct(starts)
}

func distinct(steps []finding.Step) []finding.Step {
	slices.SortFunc(steps, func(a, b finding.Step) int {
		return cmp.Or(strings.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col), strings.Compare(a.Via, b.Via))
	})
	return slices.CompactFunc(steps, func(a, b finding.Step) bool { return a.Pos == b.Pos })
}

// blind returns the unresolved calls below roots that may lead to any function.
func (q *Questions) blind(roots []audit.Root) []reach.Blind {
	var all []reach.Blind
	seen := map[*summary.Call]bool{}
	for i := range roots {
		for _, sec := range roots[i].Sections {
			for _, b := range q.graph.Blind(sec) {
				if !seen[b.Call] {
					seen[b.Call] = true
					all = append(all, b)
				}
			}
		}
	}
	return all
}

// calls are the calls of a path.
func calls(p *reach.Path) []finding.Step {
	steps := graph.WaySteps(p)
	return steps[:len(steps)-1]
}

package analyzer

import (
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/callee"
	"github.com/fencelint/fencelint/analyzer/escape"
	"github.com/fencelint/fencelint/analyzer/flow"
	"github.com/fencelint/fencelint/analyzer/inorder"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// engine computes the summaries of functions whose bodies are at hand. Both modes
// use it; they differ in what they know of everything else.
type engine struct {
	fset      *token.FileSet
	source    *flow.Source
	model     *model.Set
	callees   *callee.Graph
	inherited map[string]inheritance
	imported  func(key string) *summary.Summary // functions whose bodies are not at hand
	heap      *escape.Results                   // nil where nobody wants to know

	known    *flow.Keys
	watched  map[string]bool         // fields that a predicate depends on
	pending  map[string]bool         // functions whose bodies are at hand
	crowded  map[string]bool         // functions that calls may reach which are not followed
	crowds   map[**ssa.Function]bool // those of which calls, by the begin of the list
	own      map[string]*summary.Summary
	mu       sync.Mutex
	failures []string // one sentence for each function that could not be analysed
}

// expect has fns counted as those whose bodies are at hand.
func (e *engine) expect(fns []*ssa.Function) {
	e.pending = make(map[string]bool, len(fns))
	for _, fn := range fns {
		e.pending[e.known.Of(fn)] = true
	}
}

// batch is how many functions one processor looks at in turn, where that is soon done.
const batch = 128

// summarise analyses fns, which are expected, callees before callers, each component of the
// call graph to a fixpoint of what callers see.
func (e *engine) summarise(fns []*ssa.Function) {
	e.watched = flow.WatchedFields(fns, e.model, e.callees.Callees)
	e.crowded, e.crowds = make(map[string]bool), make(map[**ssa.Function]bool)
	index := make(map[string]int, len(fns))
	var unique []*ssa.Function
	for _, fn := range fns {
		key := e.known.Of(fn)
		if _, seen := index[key]; !seen {
			index[key] = len(unique)
			unique = append(unique, fn)
		}
	}
	m := &making{engine: e, fns: unique, leads: make([][]int, len(unique)), made: make(map[string]*made, len(unique))}
	for _, fn := range unique {
		m.made[e.known.Of(fn)] = &made{}
	}
	nothing := func(int) []int { return nil }
	inorder.Run((len(unique)+batch-1)/batch, nothing, func(task int, _ func(int)) {
		for v := task * batch; v < min(len(unique), (task+1)*batch); v++ {
			m.leads[v] = e.leadsTo(unique[v], index)
		}
	})
	m.make()
	e.own = make(map[string]*summary.Summary, len(unique))
	for key, made := range m.made {
		e.own[key] = made.summary
	}
	slices.Sort(e.failures)
}

// environment is what the analysis of a function may ask about the rest of the program.
func (e *engine) environment(summaryOf func(key string) *summary.Summary) *flow.Env {
	return &flow.Env{
		Model:    e.model,
		Callees:  e.callees.Callees,
		Behind:   e.callees.Behind,
		Values:   e.callees.Values,
		Methods:  e.callees.Methods,
		Summary:  summaryOf,
		Pending:  func(key string) bool { return e.pending[key] },
		Inherits: func(key string) []string { return slices.Sorted(maps.Keys(e.inherited[key].promises)) },
		Fset:     e.fset,
		Watched:  func(field string) bool { return e.watched[field] },
		Heap:     e.heap,
		Keys:     e.known,
		Standard: standard,
	}
}

func (e *engine) look(outline *flow.Outline, fn *ssa.Function, key string) *summary.Summary {
	s := outline.Summary()
	if e.trusted(fn) {
		lendAll(s)
		s.Ops, s.Calls, s.Spawns, s.Net = nil, nil, nil, summary.Net{}
		s.Waits, s.Reads, s.Repeats, s.Hands = nil, nil, nil, nil
	}
	s.Crowded = e.crowded[key]
	from := e.inherited[key]
	if !s.Runs.Has(from.runs) {
		s.Runs |= from.runs
		s.RunsVia = from.via
	}
	s.Promises = slices.Sorted(maps.Keys(from.promises))
	return s
}

// lendAll has what a function does count as done out of sight.
func lendAll(s *summary.Summary) {
	lend := func(o summary.Object) {
		if o.Class.Kind == summary.Channel {
			s.Lent = append(s.Lent, summary.Lent{On: o})
		}
	}
	for _, op := range s.Ops {
		lend(op.On)
		for _, c := range op.Cases {
			lend(c.On)
		}
	}
}

// trusted reports whether the directives speak for fn and not its body: fn, or the
// declared function that its text stands in, is trusted.
func (e *engine) trusted(fn *ssa.Function) bool {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	declared, ok := fn.Object().(*types.Func)
	if !ok {
		return false
	}
	contract := e.model.Func(declared.Origin())
	return contract != nil && contract.Trusted != ""
}

func (e *engine) fail(fn *ssa.Function, why string) {
	text := fmt.Sprintf("%s: %s could not be analysed: %s", e.fset.Position(fn.Pos()), fn, why)
	e.mu.Lock()
	defer e.mu.Unlock()
	if !slices.Contains(e.failures, text) {
		e.failures = append(e.failures, text)
	}
}

func (e *engine) summary(key string) *summary.Summary {
	if s, ok := e.own[key]; ok {
		return s
	}
	return e.imported(key)
}

// keys returns the functions analysed here, sorted.
func (e *engine) keys() []string { return slices.Sorted(maps.Keys(e.own)) }

// leadsTo returns the functions that the summary of fn depends on: those it may
// call, and those it makes or has captured values of, which it may pass to a callee that
// calls them.
func (e *engine) leadsTo(fn *ssa.Function, index map[string]int) []int {
	var to []int
	add := func(target *ssa.Function) {
		for _, fn := range e.callees.Bodies(target) {
			if v, ok := index[e.known.Of(fn)]; ok {
				to = append(to, v)
			}
		}
	}
	for _, literal := range flow.Literals(fn) {
		add(literal)
	}
	var operands [16]*ssa.Value
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			for _, operand := range instr.Operands(operands[:0]) {
				if target, ok := (*operand).(*ssa.Function); ok {
					add(target)
				}
			}
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			if call.Common().StaticCallee() == nil {
				targets, why := e.callees.Callees(call)
				for _, target := range targets {
					add(target)
				}
				if why == callee.TooMany {
					e.crowd(e.callees.Crowd(call))
				}
			}
			for _, arg := range call.Common().Args {
				if signature, ok := arg.Type().Underlying().(*types.Signature); ok {
					values, _ := e.callees.Values(arg, signature)
					for _, value := range values {
						add(value)
					}
				}
			}
			for _, method := range flow.HandedMethods(call.Common(), e.model, e.callees.Methods) {
				add(method)
			}
		}
	}
	slices.Sort(to)
	return slices.Compact(to)
}

// crowd notes the functions that a call may reach which is not followed: they have callers that are
// not known.
func (e *engine) crowd(targets []*ssa.Function) {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := &targets[0]
	if e.crowds[list] {
		return
	}
	e.crowds[list] = true
	for _, target := range targets {
		for _, fn := range e.callees.Bodies(target) {
			e.crowded[e.known.Of(fn)] = true
		}
	}
}

// Package flow turns one function, in SSA form, into its summary: what it does, what
// it holds and owes while it does it, whom it calls, and what is different for its
// caller afterwards. It looks at one function at a time; of others it knows what
// their contracts and summaries say.
package flow

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"

	"github.com/fencelint/fencelint/analyzer/callee"
	"github.com/fencelint/fencelint/analyzer/escape"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// Env is what the analysis of a function may ask about the rest of the program.
type Env struct {
	Model *model.Set
	// Callees resolves a dynamic call: the functions it may reach, in a fixed order,
	// and why there may be more ("" if there are none).
	Callees func(site ssa.CallInstruction) (fns []*ssa.Function, unresolved string)
	// Behind resolves the call of an interface's method that a wrapper consists in; ok is
	// false for functions that are no such wrappers.
	Behind func(wrapper *ssa.Function) (reached []callee.Behind, unresolved string, ok bool)
	// Values returns the functions of a signature that a value may be which a call hands over,
	// and why there may be more.
	Values func(v ssa.Value, signature *types.Signature) (fns []*ssa.Function, unresolved string)
	// Methods returns the methods that a call of an interface's method on a value may reach which
	// is handed to what calls it, see [Asked], and why there may be more.
	Methods func(v ssa.Value, method *types.Func) (fns []*ssa.Function, unresolved string)
	// Summary returns the summary with the given key, nil if there is none (yet).
	Summary func(key string) *summary.Summary
	// Pending reports whether a summary that is not there yet is still to come: it is
	// of a function in the same cycle, and no reason to expect the worst. Nil means no.
	Pending func(key string) bool
	Fset    *token.FileSet
	// Inherits returns the names of the contracts with effects that the function with a
	// key inherits, sorted. Nil: none does.
	Inherits func(key string) []string
	// Watched reports whether some predicate depends on the field with the given full
	// name. Nil: none does.
	Watched func(field string) bool
	// Heap is what the compiler says of the heap; nil where nobody wants to know.
	Heap *escape.Results
	// Keys are those of the program's functions.
	Keys *Keys
	// Standard reports whether a package is one whose bodies are not looked into.
	Standard func(path string) bool
}

// maxBlocks bounds the size of the functions that are analysed: beyond it there is
// only generated code, tables and parsers.
const maxBlocks = 10000

// Analyze returns the summary of fn.
func Analyze(fn *ssa.Function, env *Env) *summary.Summary { return Read(fn, env).Summary() }

// Summary returns the summary of the function. Within a cycle of the call graph it is to be
// called again until what callers see of the summaries no longer changes.
func (o *Outline) Summary() *summary.Summary {
	a := newAnalysis(o)
	fn := a.fn
	if c := a.own(); c != nil {
		a.sum.Runs = c.Runs
	}
	switch {
	case len(fn.Blocks) == 0:
		a.sum.Unknown = "no body"
	case len(fn.Blocks) > maxBlocks:
		a.sum.Unknown = "too large"
	default:
		a.walk()
		a.dropImported()
		a.attachOwed()
		a.markSafe()
		a.finish()
		a.dropRepeated()
		a.reads()
		a.keeps()
		a.sum.Flow, a.sum.Panics = flowOf(fn)
		a.recovers()
		a.sum.NeverReturns = a.neverReturns()
	}
	if c := a.own(); c.HasEffects() {
		a.sum.Spoken, a.sum.Said = true, a.said(c)
	}
	a.sum.Captures = len(fn.Params)
	a.sum.Params = a.params()
	return a.sum
}

// flowOf returns the successors of each block, and the blocks that end in a panic which the
// text of the function says.
func flowOf(fn *ssa.Function) (flow [][]int, panics []int) {
	flow = make([][]int, len(fn.Blocks))
	for i, block := range fn.Blocks {
		if p, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Panic); ok && p.Pos().IsValid() {
			panics = append(panics, i)
		}
		for _, next := range block.Succs {
			flow[i] = append(flow[i], next.Index)
		}
	}
	return flow, panics
}

// analysis is the work on one function.
type analysis struct {
	*Outline
	sum  *summary.Summary
	nets map[netAt]net

	// While walking: the instruction at hand, and whether what it does is recorded (in
	// the last pass) or only its effect on the state matters.
	at                       point
	record                   bool
	exhausted                map[*ssa.BasicBlock]*state // see retry
	opsAt, callsAt, spawnsAt []point
	signals, takes           []signalPoint
	published                []object // by the function itself
	promised                 []entry  // by its directives
	ended                    []object // fences settled, or handed where they cannot be followed
	exits                    []exit
	givenBack                []object        // locks that were taken here and are released on some way
	given                    map[given]place // and what of
	broken                   []broken
}

func newAnalysis(o *Outline) *analysis {
	a := &analysis{
		Outline:   o,
		sum:       &summary.Summary{Func: o.env.Keys.Of(o.fn), Display: display(o.fn), Calls: slices.Grow[[]summary.Call](nil, o.callCount)},
		nets:      make(map[netAt]net),
		exhausted: make(map[*ssa.BasicBlock]*state),
		given:     make(map[given]place),
	}
	if pkg := packageOf(o.fn); pkg != nil {
		a.sum.Package = pkg.Path()
	}
	a.sum.Pos = a.pos(o.fn.Pos())
	return a
}

// unknown reports whether nothing is or will be known of the function of which s is
// the summary.
func (a *analysis) unknown(s *summary.Summary, key string) bool {
	if s == nil {
		return a.env.Pending == nil || !a.env.Pending(key)
	}
	return s.Unknown != ""
}

func (a *analysis) pos(p token.Pos) model.Pos { return position(a.env.Fset, p) }

func position(fset *token.FileSet, p token.Pos) model.Pos {
	if !p.IsValid() {
		return model.Pos{}
	}
	at := fset.Position(p)
	return model.Pos{File: at.Filename, Line: at.Line, Col: at.Column}
}

// paramIndex returns the index of v among the parameters and free variables of the
// function, -1 if it is neither.
func (a *analysis) paramIndex(v ssa.Value) int {
	switch v := v.(type) {
	case *ssa.Parameter:
		return slices.Index(a.fn.Params, v)
	case *ssa.FreeVar:
		if i := slices.Index(a.fn.FreeVars, v); i >= 0 {
			return len(a.fn.Params) + i
		}
	}
	return -1
}

// point is a place in the control flow of the function. Several calls can be made at
// one instruction, where deferred ones run: sub counts them.
type point struct {
	block, instr, sub int
}

func (p point) compare(q point) int {
	return cmp.Or(p.block-q.block, p.instr-q.instr, p.sub-q.sub)
}

package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/escape"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Outline is what a function says by itself, whatever is known of those that it calls: where
// its values come from, where its calls go, what its branches decide. Functions that call each
// other are looked at again and again, and all of that stays.
type Outline struct {
	fn        *ssa.Function
	env       *Env
	syntax    *syntax
	places    map[ssa.Value]place
	calls     map[ssa.CallInstruction]called
	callCount int
	stored    map[fieldKey]bool // fields that the function stores to
	heap      map[ssa.Instruction][]escape.Event
	wrappers  map[*types.Named]wrapper // see wrapperOf

	conditions map[string]*condition
	decisions  map[ssa.Value]decision // see conditionOf
	fieldsSet  []string               // the fields that the function stores to, once asked for
	asked      map[string]bool        // the conditions that are worth knowing about
	senses     map[token.Pos]summary.Change
	setAt      map[variableAt]ssa.Value // see setBefore
	alone      map[*ssa.Alloc]bool      // see setsAlone
	returning  []bool                   // by block: it leads to a return; see leaves
	visiting   []*ssa.BasicBlock        // see order
	loops      bool
}

// Read reads a function.
func Read(fn *ssa.Function, env *Env) *Outline {
	calls := callCount(fn)
	o := &Outline{
		fn:        fn,
		env:       env,
		syntax:    syntaxOf(fn.Syntax()),
		places:    make(map[ssa.Value]place),
		calls:     make(map[ssa.CallInstruction]called, calls),
		callCount: calls,
		stored:    storedFields(fn),
		wrappers:  make(map[*types.Named]wrapper),
		decisions: make(map[ssa.Value]decision),
		senses:    sensesOf(fn),
		setAt:     make(map[variableAt]ssa.Value),
		alone:     make(map[*ssa.Alloc]bool),
	}
	a := &analysis{Outline: o}
	a.readConditions()
	o.heap = a.heapEvents()
	return o
}

// callCount returns the number of calls of a function.
func callCount(fn *ssa.Function) (n int) {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok {
				if _, builtin := call.Common().Value.(*ssa.Builtin); !builtin {
					n++
				}
			}
		}
	}
	return n
}

package flow

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/capture"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// addValue adds the function that v, a function or a closure, is.
func (c *called) addValue(a *analysis, v ssa.Value, args []ssa.Value) {
	fn, free, via := unpack(v)
	free = a.captured(free)
	var bound ssa.Value
	if isBound(fn) {
		// The receiver of a method value is bound by the closure.
		if len(free) == 1 {
			bound = free[0]
		}
		free = nil
	}
	recv, rest := receiver(fn, bound, args)
	c.addTarget(a, fn, recv, rest, free, via)
}

// unpack returns the function of a function value and what it has captured.
func unpack(v ssa.Value) (fn *ssa.Function, free []ssa.Value, via summary.Via) {
	if closure, ok := v.(*ssa.MakeClosure); ok {
		fn = closure.Fn.(*ssa.Function)
		via = summary.Closure
		if isBound(fn) {
			via = summary.Static
		}
		return fn, closure.Bindings, via
	}
	fn = v.(*ssa.Function)
	if fn.Parent() != nil {
		return fn, nil, summary.Closure
	}
	return fn, nil, summary.Static
}

// functions returns what a function value may be, as far as this function's text
// says: functions and closures, or a parameter of this function. It reports false
// where there may be more.
func (a *analysis) functions(v ssa.Value) (values []ssa.Value, param int, ok bool) {
	param, ok = -1, true
	seen := make(map[ssa.Value]bool)
	var visit func(v ssa.Value)
	visit = func(v ssa.Value) {
		if seen[v] {
			return
		}
		seen[v] = true
		switch v := v.(type) {
		case *ssa.Function:
			values = append(values, v)
		case *ssa.MakeClosure:
			values = append(values, v)
		case *ssa.Const:
		case *ssa.Call:
			// What sync.OnceValue and its like return calls what they were given.
			if arg := onceOf(v); arg != nil {
				visit(arg)
				return
			}
			ok = false
		case *ssa.Phi:
			for _, edge := range v.Edges {
				visit(edge)
			}
		default:
			p := a.place(v)
			if global, isGlobal := p.base.(*ssa.Global); isGlobal && len(p.steps) == 0 {
				if initial := initialiser(global); initial != nil {
					visit(initial)
					return
				}
			}
			if len(p.steps) == 0 && p.base != v && p.known() {
				visit(p.base)
				return
			}
			if free, isFree := p.base.(*ssa.FreeVar); isFree && len(p.steps) == 0 && free.Parent() == a.fn && capture.SetOnce(free) {
				if closure := closureIn(free); closure != nil {
					visit(closure)
					return
				}
			}
			if i := a.paramIndex(p.base); i >= 0 && len(p.steps) == 0 && param < 0 {
				param = i
				return
			}
			ok = false
		}
	}
	visit(v)
	return values, param, ok && (param >= 0 || len(values) > 0)
}

// Literals returns the literals that variables which fn has captured hold.
func Literals(fn *ssa.Function) []*ssa.Function {
	var out []*ssa.Function
	for _, free := range fn.FreeVars {
		if closure := closureIn(free); closure != nil {
			out = append(out, closure.Fn.(*ssa.Function))
		}
	}
	return out
}

// closureIn returns the literal that a captured variable holds, nil if it is none.
func closureIn(free *ssa.FreeVar) *ssa.MakeClosure {
	alloc := capture.Origin(free)
	if alloc == nil {
		return nil
	}
	stores := capture.Stores(alloc)
	if len(stores) != 1 {
		return nil
	}
	closure, _ := stores[0].Val.(*ssa.MakeClosure)
	return closure
}

// captured returns what a literal has captured as this function has it: a literal next to it
// was made by the function around both. What it has not is nil.
func (a *analysis) captured(captured []ssa.Value) []ssa.Value {
	out := slices.Clone(captured)
	for i, v := range captured {
		alloc, ok := v.(*ssa.Alloc)
		if free, isFree := v.(*ssa.FreeVar); isFree && free.Parent() != a.fn {
			alloc, ok = capture.Origin(free), true
		}
		if !ok || alloc == nil || alloc.Parent() == a.fn {
			continue
		}
		out[i] = nil
		for _, mine := range a.fn.FreeVars {
			if capture.Origin(mine) == alloc {
				out[i] = mine
			}
		}
	}
	return out
}

// onceOf returns the function that the result of a call calls: nil if it is not one of
// the functions of package sync that wrap one.
func onceOf(call *ssa.Call) ssa.Value {
	fn := call.Call.StaticCallee()
	if fn == nil || declaredFunc(fn) == nil {
		return nil
	}
	switch declaredFunc(fn).FullName() {
	case "sync.OnceFunc", "sync.OnceValue", "sync.OnceValues":
		return call.Call.Args[0]
	}
	return nil
}

// initialiser returns the function that a package variable is initialised with, where
// that wraps one: such a variable is not assigned again.
func initialiser(global *ssa.Global) ssa.Value {
	if global.Pkg == nil || global.Pkg.Func("init") == nil {
		return nil
	}
	for _, block := range global.Pkg.Func("init").Blocks {
		for _, instr := range block.Instrs {
			if store, ok := instr.(*ssa.Store); ok && store.Addr == global {
				if call, ok := store.Val.(*ssa.Call); ok && onceOf(call) != nil {
					return call
				}
			}
		}
	}
	return nil
}

// valueContract returns the contract of a called value: of the field it was loaded
// from, or of its named func type.
func (a *analysis) valueContract(v ssa.Value) (*model.Contract, string) {
	if !isSignature(v.Type()) {
		return nil, ""
	}
	if p := a.place(v); len(p.steps) > 0 {
		last := p.steps[len(p.steps)-1]
		if contract := a.env.Model.Field(last.owner, last.field); contract != nil {
			return contract, contract.Name
		}
	}
	if contract := a.env.Model.FuncType(v.Type()); contract != nil {
		return contract, contract.Name
	}
	return nil, ""
}

// valueTargets returns the functions that a function value may be, called with args.
func (a *analysis) valueTargets(v ssa.Value, args []ssa.Value) []target {
	values, _, _ := a.functions(v)
	var targets []target
	for _, v := range values {
		fn, free, via := unpack(v)
		free = a.captured(free)
		params := args
		if isBound(fn) {
			params = append([]ssa.Value{nil}, args...)
			if len(free) == 1 {
				params[0] = free[0]
			}
			free = nil
		}
		targets = append(targets, a.bodies(fn, via, params, free)...)
	}
	return targets
}

// bodies returns what runs when a function is called: itself, or what is behind it.
func (a *analysis) bodies(fn *ssa.Function, via summary.Via, params, free []ssa.Value) []target {
	if actual := body(fn); actual != nil {
		return []target{{fn: actual, via: via, params: params, free: free}}
	}
	var targets []target
	reached, _ := a.behind(fn)
	for _, r := range reached {
		handed := slices.Clone(params)
		if !r.Direct && len(handed) > 0 {
			handed[0] = nil
		}
		if actual := body(r.Func); actual != nil {
			targets = append(targets, target{fn: actual, via: summary.Interface, params: handed})
		}
	}
	return targets
}

// handedOut reports whether a parameter is a variable that this function, a literal,
// has captured, and the literal was returned or stored: who calls it then does not
// know of the variable.
func (a *analysis) handedOut(param int) bool {
	if param < len(a.fn.Params) {
		return false
	}
	closure := capture.Closure(a.fn)
	if closure == nil {
		return true
	}
	return slices.ContainsFunc(*closure.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case ssa.CallInstruction, *ssa.DebugRef:
			return false
		case *ssa.Store:
			_, variable := ref.Addr.(*ssa.Alloc)
			return !variable
		}
		return true
	})
}

package flow

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// target is a function that a call may reach, and what the call hands to it.
type target struct {
	fn     *ssa.Function
	via    summary.Via
	params []ssa.Value // by the target's parameters, receiver first; nil where not known
	free   []ssa.Value // by its free variables
}

// argument returns what is handed over for a parameter, free variables after them;
// nil if that is not known.
func (t target) argument(param int) ssa.Value {
	n := parameters(t.fn)
	switch {
	case param < 0:
		return nil
	case param < n && param < len(t.params):
		return t.params[param]
	case param >= n && param-n < len(t.free):
		return t.free[param-n]
	}
	return nil
}

// parameters returns the number of fn's parameters, the receiver included. A function
// of an import that has no body has no list of them either.
func parameters(fn *ssa.Function) int {
	if n := len(fn.Params); n > 0 {
		return n
	}
	n := fn.Signature.Params().Len()
	if fn.Signature.Recv() != nil {
		n++
	}
	return n
}

// called is a call taken apart.
type called struct {
	site     ssa.CallInstruction
	common   *ssa.CallCommon
	contract *model.Contract
	name     string // full name of what the contract is of
	recv     ssa.Value
	args     []ssa.Value // without the receiver
	targets  []target
	param    int // the called value is this parameter of the function, or -1
	open     string
	via      summary.Via
}

// resolve takes a call apart, once.
func (a *analysis) resolve(site ssa.CallInstruction) called {
	c, ok := a.calls[site]
	if !ok {
		c = a.takeApart(site)
		a.calls[site] = c
	}
	c.targets = slices.Clone(c.targets)
	return c
}

// takeApart finds by what contract or to which functions a call goes.
func (a *analysis) takeApart(site ssa.CallInstruction) called {
	common := site.Common()
	c := called{site: site, common: common, args: common.Args, param: -1}
	if common.IsInvoke() {
		c.recv, c.name, c.via = common.Value, model.FuncName(common.Method), summary.Interface
		c.contract = a.env.Model.Func(common.Method)
		if c.contract.HasEffects() {
			return c
		}
		var fns []*ssa.Function
		fns, c.open = a.env.Callees(site)
		for _, fn := range fns {
			c.add(fn, append([]ssa.Value{common.Value}, common.Args...), nil, summary.Interface)
		}
		return c
	}
	if c.contract, c.name = a.valueContract(common.Value); c.contract.HasEffects() {
		return c
	}
	if values, param, ok := a.functions(common.Value); ok {
		c.param = param
		c.via = summary.Static
		for _, v := range values {
			c.addValue(a, v)
		}
		if param < 0 || len(values) > 0 {
			if len(c.targets) > 0 {
				c.via = c.targets[0].via
			}
			return c
		}
	}
	c.via = summary.FuncValue
	var fns []*ssa.Function
	fns, c.open = a.env.Callees(site)
	if c.param >= 0 {
		// Who calls this function says what the parameter is.
		c.open = ""
		return c
	}
	for _, fn := range fns {
		params := common.Args
		if isBound(fn) {
			params = append([]ssa.Value{nil}, params...)
		}
		c.add(fn, params, nil, summary.FuncValue)
	}
	return c
}

// addValue adds the function that v, a function or a closure, is; for one function it
// also looks up the contract.
func (c *called) addValue(a *analysis, v ssa.Value) {
	fn, free, via := unpack(v)
	args := c.common.Args
	recv := ssa.Value(nil)
	if isBound(fn) {
		// The receiver of a method value is bound by the closure.
		if len(free) == 1 {
			recv = free[0]
		}
		free = nil
	} else if fn.Signature.Recv() != nil || len(fn.Params) > 0 && wrapped(fn) != nil {
		if len(args) > 0 {
			recv, args = args[0], args[1:]
		}
	}
	if declared := declaredFunc(fn); declared != nil {
		if contract := a.env.Model.Func(declared); contract.HasEffects() {
			c.contract, c.name, c.recv, c.args = contract, declared.FullName(), recv, args
			return
		}
	}
	params := args
	if recv != nil || isBound(fn) {
		params = append([]ssa.Value{recv}, args...)
	}
	c.add(fn, params, free, via)
}

func (c *called) add(fn *ssa.Function, params, free []ssa.Value, via summary.Via) {
	actual := body(fn)
	if actual == nil {
		c.open = "interface"
		return
	}
	c.targets = append(c.targets, target{fn: actual, via: via, params: params, free: free})
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

// call takes the state through a call, and records it.
func (a *analysis) call(s *state, site ssa.CallInstruction, via summary.Via) {
	common := site.Common()
	if builtin, ok := common.Value.(*ssa.Builtin); ok {
		a.builtin(s, site, builtin)
		return
	}
	c := a.resolve(site)
	if c.contract.HasEffects() {
		a.effects(s, c)
		return
	}
	if via == summary.Deferred {
		c.via = via
		for i := range c.targets {
			if !c.targets[i].via.Dynamic() {
				c.targets[i].via = via
			}
		}
	}
	a.emitCalls(s, c, 0)
	a.loopBody(s, c)
	a.applyNet(s, c)
}

// emitCalls records the calls of c: one for each way in which arguments correspond
// to parameters, so that one binding serves all targets of a call.
func (a *analysis) emitCalls(s *state, c called, contexts model.Context) {
	if !a.record {
		return
	}
	site := a.site(s, c.common.Pos(), c.common)
	a.callerSignals(s, c)
	groups := groupTargets(c.targets)
	if len(groups) == 0 || c.param >= 0 {
		if c.open == "" && c.param < 0 && len(c.targets) == 0 {
			return
		}
		call := summary.Call{FromParam: c.param, Contexts: contexts, Unresolved: c.open, Via: c.via, Site: site}
		a.addCall(call)
		if len(groups) == 0 {
			return
		}
	}
	for i, group := range groups {
		call := summary.Call{FromParam: -1, Contexts: contexts, Via: c.via, Site: site}
		if i == 0 {
			call.Unresolved = c.open
		}
		for _, t := range group {
			call.Targets = append(call.Targets, summary.Target{Func: Key(t.fn), Via: t.via})
		}
		call.Binds = a.binds(group)
		a.addCall(call)
		a.flagsDropped(s, c, group)
	}
}

func (a *analysis) addCall(call summary.Call) {
	a.sum.Calls = append(a.sum.Calls, call)
	a.callsAt = append(a.callsAt, a.at)
}

// groupTargets splits targets by what is handed to them, in order.
func groupTargets(targets []target) [][]target {
	var groups [][]target
next:
	for _, t := range targets {
		for i, group := range groups {
			if slices.Equal(group[0].params, t.params) && slices.Equal(group[0].free, t.free) {
				groups[i] = append(group, t)
				continue next
			}
		}
		groups = append(groups, []target{t})
	}
	return groups
}

// spawn records a go statement.
func (a *analysis) spawn(s *state, instr *ssa.Go) {
	if _, ok := instr.Call.Value.(*ssa.Builtin); ok {
		return
	}
	for _, arg := range instr.Call.Args {
		a.escape(s, arg)
	}
	if closure, ok := instr.Call.Value.(*ssa.MakeClosure); ok {
		for _, binding := range closure.Bindings {
			a.escape(s, binding)
		}
	}
	if !a.record {
		return
	}
	c := a.resolve(instr)
	if c.contract.HasEffects() {
		// The goroutine is the annotated function itself: its body speaks.
		c.targets = nil
		if fn := instr.Call.StaticCallee(); fn != nil {
			c.targets = a.valueTargets(instr.Call.Value, instr.Call.Args)
		}
	}
	a.addSpawns(c, summary.Spawn{Kind: summary.Goroutine, Site: a.site(s, instr.Call.Pos(), &instr.Call)})
}

// valueTargets returns the functions that a function value may be, called with args.
func (a *analysis) valueTargets(v ssa.Value, args []ssa.Value) []target {
	values, _, _ := a.functions(v)
	var targets []target
	for _, v := range values {
		fn, free, via := unpack(v)
		params := args
		if isBound(fn) {
			params = append([]ssa.Value{nil}, args...)
			if len(free) == 1 {
				params[0] = free[0]
			}
			free = nil
		}
		if actual := body(fn); actual != nil {
			targets = append(targets, target{fn: actual, via: via, params: params, free: free})
		}
	}
	return targets
}

// addSpawns records a spawn of each group of targets. Where there is none, the spawn
// is of a parameter, or unresolved and then also counted as a call.
func (a *analysis) addSpawns(c called, spawn summary.Spawn) {
	spawn.FromParam = -1
	if spawn.Kind != summary.Work {
		spawn.On = noObject().Object
	}
	for _, group := range groupTargets(c.targets) {
		next := spawn
		for _, t := range group {
			next.Targets = append(next.Targets, summary.Target{Func: Key(t.fn), Via: t.via})
		}
		next.Binds = a.binds(group)
		a.addSpawn(next)
	}
	if c.param >= 0 || len(c.targets) == 0 {
		spawn.FromParam = c.param
		a.addSpawn(spawn)
	}
}

func (a *analysis) addSpawn(spawn summary.Spawn) {
	a.sum.Spawns = append(a.sum.Spawns, spawn)
	a.spawnsAt = append(a.spawnsAt, a.at)
}

// loopBody follows a range-over-func loop: its body runs during the call of the
// iterator, and what the body defers runs when this function returns.
func (a *analysis) loopBody(s *state, c called) {
	for _, arg := range c.common.Args {
		closure, ok := arg.(*ssa.MakeClosure)
		if !ok || bodyOf(closure.Fn.(*ssa.Function)) == nil {
			continue
		}
		body := closure.Fn.(*ssa.Function)
		a.collectDefers(s, body)
		t := target{fn: body, via: summary.Closure, free: closure.Bindings}
		if a.record && !a.callsBack(c, arg) {
			a.addCall(summary.Call{
				Targets:   []summary.Target{{Func: Key(body), Via: summary.Closure}},
				FromParam: -1,
				Binds:     a.binds([]target{t}),
				Via:       summary.Closure,
				Site:      a.site(s, c.common.Pos(), c.common),
			})
		}
		if sum := a.env.Summary(Key(body)); sum != nil {
			a.applyOne(s, c, t, sum, false)
		}
	}
}

// callsBack reports whether every target is known to do something with the function
// it is handed.
func (a *analysis) callsBack(c called, arg ssa.Value) bool {
	if len(c.targets) == 0 || c.open != "" {
		return false
	}
	for _, t := range c.targets {
		sum := a.env.Summary(Key(t.fn))
		i := slices.Index(t.params, arg)
		if sum == nil || i < 0 || !slices.Contains(sum.Params, i) {
			return false
		}
	}
	return true
}

func (a *analysis) collectDefers(s *state, body *ssa.Function) {
	for _, block := range body.Blocks {
		for _, instr := range block.Instrs {
			if d, ok := instr.(*ssa.Defer); ok {
				a.deferCall(s, d)
			}
		}
	}
	for _, inner := range body.AnonFuncs {
		if bodyOf(inner) != nil {
			a.collectDefers(s, inner)
		}
	}
}

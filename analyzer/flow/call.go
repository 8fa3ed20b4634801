package flow

import (
	"go/types"
	"slices"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

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
	// annotated are the targets that a contract speaks for, where the call is dynamic
	// or may go to others as well.
	annotated []called
	// as is the type of the receiver that an annotated target expects, nil if it is
	// that of recv.
	as types.Type
	fn *ssa.Function // an annotated target
	// unlocked says that what the called value releases has been released.
	unlocked bool
}

// resolve takes a call apart, once: what it returns is shared.
func (a *analysis) resolve(site ssa.CallInstruction) called {
	c, ok := a.calls[site]
	if !ok {
		c = a.takeApart(site)
		a.calls[site] = c
	}
	c.targets = slices.Clip(c.targets)
	return c
}

// takeApart finds by what contract or to which functions a call goes.
func (a *analysis) takeApart(site ssa.CallInstruction) called {
	common := site.Common()
	c := called{site: site, common: common, args: common.Args, param: -1}
	if common.IsInvoke() {
		c.recv, c.via = common.Value, summary.Interface
		c.contract = a.env.Model.Func(common.Method)
		if c.contract.HasEffects() {
			c.name = model.FuncName(common.Method)
			return c
		}
		var fns []*ssa.Function
		fns, c.open = a.env.Callees(site)
		for _, fn := range fns {
			c.addTarget(a, fn, common.Value, common.Args, nil, summary.Interface)
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
			c.addValue(a, v, common.Args)
		}
		if len(c.annotated) == 1 && len(values) == 1 && param < 0 {
			return c.annotated[0]
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
	if c.param >= 0 && !a.handedOut(c.param) {
		// Who calls this function says what the parameter is.
		c.open = ""
		return c
	}
	for _, fn := range fns {
		recv, args := receiver(fn, nil, common.Args)
		c.addTarget(a, fn, recv, args, nil, summary.FuncValue)
	}
	return c
}

// receiver splits what fn is called with into its receiver and the other arguments.
func receiver(fn *ssa.Function, bound ssa.Value, args []ssa.Value) (ssa.Value, []ssa.Value) {
	switch {
	case isBound(fn):
		return bound, args
	case len(args) > 0 && hasReceiver(fn):
		return args[0], args[1:]
	}
	return nil, args
}

// hasReceiver reports whether the first parameter of fn is the receiver of a method.
func hasReceiver(fn *ssa.Function) bool {
	return fn.Signature.Recv() != nil || wrapped(fn) != nil && !isBound(fn)
}

// addTarget adds a function that may be called: by its contract if it has one that
// speaks for it.
func (c *called) addTarget(a *analysis, fn *ssa.Function, recv ssa.Value, args, free []ssa.Value, via summary.Via) {
	if declared := declaredFunc(fn); declared != nil {
		if contract := a.env.Model.Func(declared); contract.HasEffects() {
			effects := called{
				site: c.site, common: c.common, fn: fn, contract: contract, name: declared.FullName(),
				recv: recv, args: args, param: -1, via: via,
			}
			if r := declared.Signature().Recv(); r != nil {
				effects.as = r.Type()
			}
			c.annotated = append(c.annotated, effects)
			return
		}
	}
	actual := body(fn)
	if actual == nil {
		c.addBehind(a, fn, recv, args)
		return
	}
	params := args
	if isBound(fn) || hasReceiver(fn) {
		params = append([]ssa.Value{recv}, args...)
	}
	c.targets = append(c.targets, target{fn: actual, via: via, params: params, free: free})
}

// addBehind adds what a wrapper of an interface's method may call.
func (c *called) addBehind(a *analysis, wrapper *ssa.Function, recv ssa.Value, args []ssa.Value) {
	reached, open := a.behind(wrapper)
	for _, r := range reached {
		if r.Direct {
			c.addTarget(a, r.Func, recv, args, nil, summary.Interface)
		} else {
			c.addTarget(a, r.Func, nil, args, nil, summary.Interface)
		}
	}
	if open != "" {
		c.open = open
	}
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
		c.targets = slices.Clone(c.targets)
		for i := range c.targets {
			if !c.targets[i].via.Dynamic() {
				c.targets[i].via = via
			}
		}
	}
	a.unlock(s, &c)
	for _, effects := range c.annotated {
		a.effects(s, effects)
	}
	a.atomicWrite(s, site)
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
		call := summary.Call{FromParam: c.param, Contexts: contexts, Unresolved: c.open, Via: c.via, Sense: a.senses[c.common.Pos()], Site: site}
		if c.param >= 0 {
			call.Binds = a.positional(c.args)
		}
		a.addCall(call)
		if len(groups) == 0 {
			return
		}
	}
	for i, group := range groups {
		call := summary.Call{FromParam: -1, Contexts: contexts, Via: c.via, Sense: a.senses[c.common.Pos()], Site: site}
		if i == 0 {
			call.Unresolved = c.open
		}
		for _, t := range group {
			call.Targets = append(call.Targets, a.target(t))
		}
		call.Binds = a.binds(group)
		if call.Unresolved == "" && a.unsaid(group, call.Binds) {
			call.Unresolved = "func value"
		}
		a.addCall(call)
		a.flagsDropped(s, c, group)
	}
}

func (a *analysis) addCall(call summary.Call) {
	call.Inlined = a.inlined()
	a.sum.Calls = append(a.sum.Calls, call)
	a.callsAt = append(a.callsAt, a.at)
}

// inlined reports whether the compiler replaced the call at hand by the callee's body.
func (a *analysis) inlined() bool {
	if a.env.Heap == nil {
		return false
	}
	instr := a.fn.Blocks[a.at.block].Instrs[a.at.instr]
	p := a.pos(instr.Pos())
	return a.env.Heap.Inlined(p.File, p.Line, p.Col)
}

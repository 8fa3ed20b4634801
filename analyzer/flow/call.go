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
	self     types.Type  // the receiver's type, where recv is an interface that holds it
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
			c.addValue(a, v, len(values) == 1)
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

func (c *called) add(fn *ssa.Function, params, free []ssa.Value, via summary.Via) {
	actual := body(fn)
	if actual == nil {
		c.open = "interface"
		return
	}
	c.targets = append(c.targets, target{fn: actual, via: via, params: params, free: free})
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
	if a.speak(s, &c) {
		return
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

package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// bindFunction says what function is handed over: what the text of the function says, or, where
// that does not say all, what flows to the value.
func (a *analysis) bindFunction(bind *summary.Bind, arg ssa.Value) {
	targets := a.valueTargets(arg, nil)
	for _, target := range targets {
		bind.Targets = append(bind.Targets, a.target(target))
	}
	var all bool
	_, bind.From, all = a.functions(arg)
	if signature, ok := arg.Type().Underlying().(*types.Signature); ok && !all {
		if flowing := a.flowing(arg, signature); len(flowing) > 0 {
			bind.Targets = append(bind.Targets, flowing...)
			return
		}
	}
	if len(targets) == 1 {
		bind.Captured = a.bound(targets[0])
	}
}

// unsaid reports whether a call hands over a function, for the one that it leads to to call, of
// which nothing is known.
func (a *analysis) unsaid(group []target, binds []summary.Bind) bool {
	return slices.ContainsFunc(group, func(t target) bool {
		sum := a.env.Summary(a.key(t.fn))
		return sum != nil && slices.ContainsFunc(sum.Params, func(param int) bool {
			arg := t.argument(param)
			if arg == nil || !isSignature(arg.Type()) || isNil(arg) || speaksOf(binds, param) {
				return false
			}
			return slices.ContainsFunc(sum.Calls, func(c summary.Call) bool { return c.FromParam == param })
		})
	})
}

// flowing returns the functions of a signature that flow to a value which is handed over.
func (a *analysis) flowing(v ssa.Value, signature *types.Signature) []summary.Target {
	var targets []summary.Target
	fns, _ := a.env.Values(v, signature)
	for _, fn := range fns {
		for _, t := range a.bodies(fn, summary.FuncValue, nil, nil) {
			targets = append(targets, a.target(t))
		}
	}
	return targets
}

// unpacked returns what function is handed over in an interface value: to a method of a function
// type, or to what hands it on to one. The method that is called in the end has the function for
// its receiver, and calls that.
func (a *analysis) unpacked(t target, sum *summary.Summary, param int, arg ssa.Value) (summary.Bind, bool) {
	bind := summary.Bind{Param: param, From: -1}
	for {
		changed, ok := arg.(*ssa.ChangeInterface)
		if !ok {
			break
		}
		arg = changed.X
	}
	if made, ok := arg.(*ssa.MakeInterface); ok {
		if !isSignature(made.X.Type()) {
			return bind, false
		}
		a.bindFunction(&bind, made.X)
		return bind, len(bind.Targets) > 0 || bind.From >= 0
	}
	signature := t.function(param)
	var flowing []summary.Target
	if signature != nil {
		flowing = a.flowing(arg, signature)
	}
	if from := a.paramIndex(arg); from >= 0 && (signature != nil || handsOn(sum, param)) {
		bind.From, bind.Otherwise = from, flowing
		return bind, true
	}
	bind.Targets = flowing
	return bind, len(flowing) > 0
}

// function returns the signature of a parameter that is a function, nil if it is none.
func (t target) function(param int) *types.Signature {
	if param >= len(t.fn.Params) {
		return nil
	}
	signature, _ := t.fn.Params[param].Type().Underlying().(*types.Signature)
	return signature
}

// handsOn reports whether a function hands on the function that it is given in an interface.
func handsOn(sum *summary.Summary, param int) bool {
	from := func(b summary.Bind) bool { return b.From == param }
	return slices.ContainsFunc(sum.Calls, func(c summary.Call) bool { return slices.ContainsFunc(c.Binds, from) }) ||
		slices.ContainsFunc(sum.Spawns, func(s summary.Spawn) bool { return slices.ContainsFunc(s.Binds, from) })
}

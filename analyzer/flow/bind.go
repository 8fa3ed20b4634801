package flow

import (
	"go/types"
	"slices"

	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// binds returns what a call hands to the parameters that matter to its targets, all
// of which are handed the same.
func (a *analysis) binds(group []target) []summary.Bind {
	var binds, unpacked []summary.Bind
	for _, t := range group {
		sum := a.env.Summary(a.key(t.fn))
		if sum == nil {
			continue
		}
		for _, param := range sum.Params {
			arg := t.argument(param)
			if arg == nil {
				continue
			}
			if !speaksOf(binds, param) {
				if bind, ok := a.bind(param, arg); ok {
					binds = append(binds, bind)
				}
			}
			if types.IsInterface(arg.Type()) && !speaksOf(unpacked, param) {
				if bind, ok := a.unpacked(t, sum, param, arg); ok {
					unpacked = append(unpacked, bind)
				}
			}
		}
	}
	binds = append(binds, unpacked...)
	slices.SortStableFunc(binds, func(a, b summary.Bind) int { return a.Param - b.Param })
	return binds
}

func speaksOf(binds []summary.Bind, param int) bool {
	return slices.ContainsFunc(binds, func(b summary.Bind) bool { return b.Param == param })
}

// positional returns what a call of a function value hands over: of its parameters
// nothing is known but their places.
func (a *analysis) positional(args []ssa.Value) []summary.Bind {
	var binds []summary.Bind
	for i, arg := range args {
		if isBasic(arg.Type()) && !a.isFlags(arg.Type()) && !isBool(arg.Type()) {
			continue
		}
		if bind, ok := a.bind(i, arg); ok {
			binds = append(binds, bind)
		}
	}
	return binds
}

// bind returns what handing arg to a parameter says; it reports false if nothing.
func (a *analysis) bind(param int, arg ssa.Value) (summary.Bind, bool) {
	bind := summary.Bind{Param: param, From: -1}
	t := arg.Type()
	if _, ok := arg.(*ssa.FreeVar); ok || isCapture(arg) {
		t = deref(t)
	}
	if a.isFlags(t) {
		bind.Flags = a.flags(arg)
		return bind, len(bind.Flags) > 0
	}
	if isBool(deref(t)) {
		bind.Truth, bind.From = a.truth(arg)
		return bind, bind.Truth != summary.Unknown || bind.From >= 0
	}
	if isSignature(t) {
		a.bindFunction(&bind, arg)
		return bind, len(bind.Targets) > 0 || bind.From >= 0
	}
	p := a.place(arg)
	if made, ok := arg.(*ssa.MakeInterface); ok && p.known() && a.kindAt(p, summary.NoClass) == summary.NoClass {
		// A struct that stands for the lock that it embeds.
		isLock := func(t types.Type) bool { return kindSaid(a.env.Model.TypeOf(t)) != summary.NoClass }
		if field := embedded(p.typ, isLock); field >= 0 && promotes(made, field) {
			p = a.field(p, deref(p.typ), field)
		}
	}
	o := a.objectAt(p, summary.NoClass).Object
	if o.Instance == "" {
		return bind, false
	}
	bind.Object = &o
	return bind, true
}

// promotes reports whether all that can be done with an interface value goes to one field of
// the struct in it, which the struct embeds.
func promotes(made *ssa.MakeInterface, field int) bool {
	i, ok := made.Type().Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for m := range i.Methods() {
		_, index, _ := types.LookupFieldOrMethod(made.X.Type(), true, m.Pkg(), m.Name())
		if len(index) < 2 || index[0] != field {
			return false
		}
	}
	return true
}

// bound returns the objects that a function value has captured.
func (a *analysis) bound(t target) []summary.Bind {
	sum := a.env.Summary(a.key(t.fn))
	if sum == nil {
		return nil
	}
	var binds []summary.Bind
	for _, param := range sum.Params {
		arg := t.argument(param)
		if arg == nil || isSignature(deref(arg.Type())) {
			continue
		}
		if bind, ok := a.bind(param, arg); ok && bind.Object != nil {
			binds = append(binds, bind)
		}
	}
	slices.SortFunc(binds, func(a, b summary.Bind) int { return a.Param - b.Param })
	return binds
}

// isCapture reports whether v is a variable, bound by address to a literal that
// captures it.
func isCapture(v ssa.Value) bool {
	alloc, ok := v.(*ssa.Alloc)
	return ok && captured(alloc)
}

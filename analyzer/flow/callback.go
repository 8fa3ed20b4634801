package flow

import (
	"go/types"
	"slices"

	"github.com/fencelint/fencelint/analyzer/capture"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/analyzer/timing"
	"golang.org/x/tools/go/ssa"
)

// runCallback records the call of a function that was handed to an annotated one.
func (a *analysis) runCallback(s *state, c called, p model.Place, contexts model.Context) {
	callback := a.callback(c, p)
	for _, effects := range callback.annotated {
		in := s
		if contexts != 0 {
			in = s.clone()
			add(&in.regions, entry{
				obj: noObject(), at: a.at, must: true, context: contexts,
				pos: a.callPos(c.common), text: a.callText(c.common),
			})
		}
		a.effects(in, effects)
	}
	a.emitCalls(s, callback, contexts)
	a.applyNet(s, callback)
}

// callback returns the call that an annotated function makes of what it is handed.
func (a *analysis) callback(c called, p model.Place) called {
	callback := called{site: c.site, common: c.common, param: -1, via: summary.FuncValue, open: "func value"}
	v := a.root(c, p)
	if v == nil {
		return callback
	}
	if method := methodAt(v, p); method != nil {
		callback.addMethod(a, v, method)
		return callback
	}
	if c.as != nil && isSignature(c.as) && p == (model.Place{}) && types.IsInterface(v.Type()) {
		// The receiver is the function itself.
		made := concrete(v)
		if made == nil || !isSignature(made.X.Type()) {
			callback.addFlowing(a, v, c.as)
			return callback
		}
		v = made.X
	}
	values, param, all := []ssa.Value(nil), -1, false
	if p.Path != "" {
		values = a.assignedTo(v, p.Path)
		all = len(values) > 0
	} else if isSignature(v.Type()) {
		values, param, all = a.functions(v)
	}
	for _, v := range values {
		callback.addValue(a, v, nil)
	}
	callback.param = param
	switch {
	case all:
		callback.open = ""
	case p.Path == "" && isSignature(v.Type()):
		callback.addFlowing(a, v, v.Type())
	}
	if len(callback.targets) > 0 {
		callback.via = callback.targets[0].via
	}
	return callback
}

// addFlowing adds the functions of a type that flow to a value of which the text of the function
// does not say what it is.
func (c *called) addFlowing(a *analysis, v ssa.Value, as types.Type) {
	fns, open := a.env.Values(v, as.Underlying().(*types.Signature))
	for _, fn := range fns {
		recv, args := receiver(fn, nil, nil)
		c.addTarget(a, fn, recv, args, nil, summary.FuncValue)
	}
	if c.open != "interface" || open != "" {
		c.open = open
	}
}

// asserts reports whether a call has a Once run what never returns: that says that the Once
// has been done, and nobody is waited for.
func (a *analysis) asserts(c called) bool {
	if c.name != "(*sync.Once).Do" {
		return false
	}
	callback := a.callback(c, model.Place{Base: model.Param})
	return callback.open == "" && len(callback.targets) > 0 && !slices.ContainsFunc(callback.targets, func(t target) bool {
		sum := a.env.Summary(a.key(t.fn))
		return sum == nil || !sum.Net.NoReturn
	})
}

// assignedTo returns the functions that a field of the struct at v is set to: of a
// variable, in the function that declares it; of a package variable, where that is
// initialised.
func (a *analysis) assignedTo(v ssa.Value, field string) []ssa.Value {
	base := a.place(v).base
	for {
		free, ok := base.(*ssa.FreeVar)
		if !ok || capture.Binding(free) == nil {
			break
		}
		base = capture.Binding(free)
	}
	return a.setIn(base, field, maxHeld)
}

// setIn returns the functions that a field of the variable at base is set to, by
// itself or with the whole struct.
func (a *analysis) setIn(base ssa.Value, field string, depth int) []ssa.Value {
	var values []ssa.Value
	if depth == 0 {
		return nil
	}
	for _, ref := range uses(base) {
		switch ref := ref.(type) {
		case *ssa.FieldAddr:
			if ref.X != base || fieldOf(ref) != field {
				continue
			}
			for _, use := range *ref.Referrers() {
				if store, ok := use.(*ssa.Store); ok && store.Addr == ref {
					found, _, _ := a.functions(store.Val)
					values = append(values, found...)
				}
			}
		case *ssa.Store:
			if load, ok := ref.Val.(*ssa.UnOp); ok && ref.Addr == base && load.X != base {
				if literal, ok := load.X.(*ssa.Alloc); ok {
					values = append(values, a.setIn(literal, field, depth-1)...)
				}
			}
		}
	}
	return values
}

// uses returns the instructions that may use a variable: for a package variable those
// of the initialiser.
func uses(base ssa.Value) []ssa.Instruction {
	switch base := base.(type) {
	case *ssa.Alloc:
		return *base.Referrers()
	case *ssa.Global:
		var all []ssa.Instruction
		if base.Pkg != nil && base.Pkg.Func("init") != nil {
			for _, block := range base.Pkg.Func("init").Blocks {
				all = append(all, block.Instrs...)
			}
		}
		return all
	}
	return nil
}

func fieldOf(addr *ssa.FieldAddr) string {
	if st, ok := deref(addr.X.Type()).Underlying().(*types.Struct); ok {
		return st.Field(addr.Field).Name()
	}
	return ""
}

// spawnCallback records that a function handed to an annotated one runs later.
func (a *analysis) spawnCallback(s *state, c called, p model.Place, spawn summary.Spawn) {
	callback := a.callback(c, p)
	for _, effects := range callback.annotated {
		// It starts something of its own, and what it is annotated with happens there.
		if actual := body(effects.fn); actual != nil {
			callback.targets = append(callback.targets, target{fn: actual, via: effects.via, params: []ssa.Value{effects.recv}})
		}
	}
	for _, t := range callback.targets {
		for _, v := range append(t.params, t.free...) {
			if v != nil {
				a.escape(s, v)
			}
		}
	}
	defer a.giveAway(s, callback.targets)
	if !a.record {
		return
	}
	spawn.Site = a.site(s, c.common.Pos(), c.common)
	if group := a.actual(c, model.Place{Base: model.Recv}, summary.NoClass); group.Class.Kind == summary.WaitGroup {
		spawn.On = group.Object // it waits for what it starts
	}
	spawn.Carrier = timing.Carrier(c.site, c.recv)
	spawn.Delay = timing.Among(c.args)
	a.addSpawns(callback, spawn)
}

// installed returns the spawn of a callback: on what fence, where the function that
// is called is the fence's.
func (a *analysis) installed(c called, effect model.Effect) summary.Spawn {
	spawn := summary.Spawn{Kind: summary.Callback, Contexts: effect.Contexts, On: noObject().Object}
	if c.recv == nil {
		return spawn
	}
	on := a.object(c.recv, summary.NoClass)
	if on.Class.Kind != summary.Fence {
		return spawn
	}
	spawn.On = on.Object
	if call := callOf(on.place.base); call != nil && len(on.place.steps) == 0 {
		for _, t := range a.resolve(call).targets {
			spawn.Source = append(spawn.Source, summary.Target{Func: a.key(t.fn), Via: t.via})
		}
	}
	return spawn
}

package vta

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// targets are functions that a call may reach. Calls that reach the same have the same.
type targets struct {
	fns    []*ssa.Function
	method bool // they are methods of what is called
}

// call adds what flows by a static call, and keeps a dynamic one for later.
func (b *builder) call(call ssa.CallInstruction) {
	common := call.Common()
	if builtin, ok := common.Value.(*ssa.Builtin); ok {
		if v, ok := call.(ssa.Value); ok && builtin.Name() == "recover" {
			b.flow(b.recovered, b.value(v))
		}
	} else if callee := common.StaticCallee(); callee != nil {
		b.link(call, callee)
	} else {
		b.sites = append(b.sites, call)
	}
}

// link adds what flows between a call and a function that it reaches. A receiver is an interface
// here and a concrete type there: nothing of interest flows to it, unless it is a function.
func (b *builder) link(call ssa.CallInstruction, fn *ssa.Function) {
	common := call.Common()
	params := fn.Params // none of functions without a body
	if common.IsInvoke() && len(params) > 0 {
		if isFunction(params[0].Type()) {
			b.flow(b.value(common.Value), b.value(params[0]))
		}
		params = params[1:]
	}
	for i, param := range params[:min(len(params), len(common.Args))] {
		b.assign(b.value(param), b.value(common.Args[i]))
	}
	for i := range fn.Signature.Results().Len() {
		if to := b.returned(call, i); to != 0 {
			b.flow(b.result(fn, i), to)
		}
	}
}

// returned returns the node of a result at a call, 0 if the call has no results.
func (b *builder) returned(call ssa.CallInstruction, index int) node {
	v, ok := call.(ssa.Value)
	if !ok {
		return 0 // go or defer
	}
	tuple, ok := v.Type().(*types.Tuple)
	if !ok {
		return b.value(v)
	}
	return b.component(v, index, tuple.At(index).Type())
}

// hub is where what flows from many calls to many functions, and back, comes together: an edge
// for each call and each function, and not for each pair.
type hub struct {
	receiver node // 0 where no target is a method of a function type
	params   []node
	results  []node
}

// reach adds what flows between a dynamic call and its targets.
func (b *builder) reach(call ssa.CallInstruction, to *targets, hubs map[*targets]*hub) {
	switch len(to.fns) {
	case 0:
		return
	case 1:
		b.link(call, to.fns[0])
		return
	}
	h := hubs[to]
	if h == nil {
		h = b.hub(to)
		hubs[to] = h
	}
	common := call.Common()
	if h.receiver != 0 {
		b.flow(b.value(common.Value), h.receiver)
	}
	for i, arg := range common.Args[:min(len(common.Args), len(h.params))] {
		b.assign(h.params[i], b.value(arg))
	}
	for i, from := range h.results {
		if to := b.returned(call, i); to != 0 {
			b.flow(from, to)
		}
	}
}

func (b *builder) hub(to *targets) *hub {
	h := &hub{}
	between := func(t types.Type) node {
		e := b.types.of(t)
		return b.add(e.inflow, e.reference, 0)
	}
	for _, fn := range to.fns {
		params := fn.Params
		if to.method && len(params) > 0 {
			if isFunction(params[0].Type()) {
				if h.receiver == 0 {
					h.receiver = b.add(true, false, 0)
				}
				b.flow(h.receiver, b.value(params[0]))
			}
			params = params[1:]
		}
		for i, param := range params {
			if i == len(h.params) {
				h.params = append(h.params, between(param.Type()))
			}
			b.assign(b.value(param), h.params[i])
		}
		for i := range fn.Signature.Results().Len() {
			if i == len(h.results) {
				h.results = append(h.results, between(fn.Signature.Results().At(i).Type()))
			}
			b.flow(b.result(fn, i), h.results[i])
		}
	}
	return h
}

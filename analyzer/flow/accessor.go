package flow

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// accessor returns what a call returns, where it goes to one function, which returns a part
// of what it is given: a channel, or a pointer to what is waited for.
func (a *analysis) accessor(call *ssa.Call) place {
	if !a.waitable(call) {
		return place{}
	}
	c := a.resolve(call)
	if len(c.targets) != 1 || len(c.annotated) > 0 || c.open != "" || c.contract.HasEffects() {
		return place{}
	}
	t := c.targets[0]
	param, fields := part(t.fn)
	arg := t.argument(param)
	if len(fields) == 0 || arg == nil {
		return place{}
	}
	p := a.place(arg)
	if recv := t.fn.Signature.Recv(); recv != nil && param == 0 && p.known() {
		p.typ = recv.Type() // an interface holds what has the method
	}
	for _, name := range fields {
		p = a.fieldByName(p, name)
	}
	if p.known() {
		p.typ = call.Type()
	}
	return p
}

// part returns the fields by which what a function returns, and nothing else, is reached
// from a parameter of it; none if that is not all that it ever returns.
func part(fn *ssa.Function) (param int, fields []string) {
	for _, b := range fn.Blocks {
		if len(b.Instrs) == 0 {
			return -1, nil // a body that is not looked at, and was let go
		}
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		if len(ret.Results) != 1 {
			return -1, nil
		}
		from, path := reachedBy(ret.Results[0])
		i := slices.Index(fn.Params, from)
		if i < 0 || len(path) == 0 || fields != nil && (i != param || !slices.Equal(path, fields)) {
			return -1, nil
		}
		param, fields = i, path
	}
	return param, fields
}

// reachedBy returns the parameter that a value is read from, and the fields on the way; nil
// if there is none.
func reachedBy(v ssa.Value) (from *ssa.Parameter, fields []string) {
	for {
		switch x := v.(type) {
		case *ssa.ChangeType:
			v = x.X
		case *ssa.FieldAddr:
			fields = append(fields, fieldOf(x))
			v = x.X
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return nil, nil
			}
			v = x.X
		case *ssa.Parameter:
			slices.Reverse(fields)
			return x, fields
		default:
			return nil, nil
		}
	}
}

// answers notes by which name the channel is known that a call through an interface
// returns: those of all functions that it may go to.
func (a *analysis) answers(call *ssa.Call) {
	if !call.Call.IsInvoke() || !isChan(call.Type()) || isDone(call) || a.place(call).base != call {
		return
	}
	c := a.resolve(call)
	in := a.object(call, summary.Channel).Class
	seen := len(c.targets) > 0 && len(c.annotated) == 0 && c.open == ""
	for _, t := range c.targets {
		key := a.key(t.fn)
		seen = seen && t.fn.Blocks != nil && !a.unknown(a.env.Summary(key), key)
		a.sum.Kept = append(a.sum.Kept, summary.Kept{In: in, Of: summary.Object{Param: -1, Class: summary.Class{Kind: in.Kind, Name: key + "()", Type: in.Type}}})
	}
	if !seen {
		a.sum.Kept = append(a.sum.Kept, summary.Kept{In: in, Of: summary.Object{Param: -1, Class: summary.Class{Kind: in.Kind}}})
	}
}

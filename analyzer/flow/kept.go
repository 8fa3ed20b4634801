package flow

import (
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/capture"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// keeps finds what becomes of channels, and of pointers to what is waited for: by which
// other names they are known, and where they leave what is in sight.
func (a *analysis) keeps() {
	for _, block := range a.fn.Blocks {
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case *ssa.MakeChan:
				a.sum.Made = append(a.sum.Made, summary.Made{On: a.object(instr, summary.Channel).Object, Cap: capacity(instr.Size)})
			case *ssa.Store:
				a.keepAt(a.homeAt(instr.Addr), instr.Val)
				if a.severalAt(instr.Addr) {
					a.mix(instr.Val)
				}
				if _, element := instr.Addr.(*ssa.IndexAddr); element && !isChan(instr.Val.Type()) {
					a.lend(instr.Val)
				}
			case *ssa.MapUpdate:
				a.keepAt(a.place(instr.Map), instr.Value)
				a.mix(instr.Value)
				if !isChan(instr.Value.Type()) {
					a.lend(instr.Value)
				}
			case *ssa.Phi:
				if a.place(instr).base == instr {
					for _, edge := range instr.Edges {
						a.mix(edge)
					}
				}
			case *ssa.Return:
				a.keepResults(instr)
			case *ssa.MakeInterface:
				a.lend(instr.X)
			case *ssa.Send:
				a.lend(instr.X)
			case *ssa.Select:
				for _, state := range instr.States {
					a.lend(state.Send)
				}
			case ssa.CallInstruction:
				a.lendArguments(instr)
				if call, ok := instr.(*ssa.Call); ok {
					a.answers(call)
				}
			}
		}
	}
	a.sum.Kept = distinctBy(a.sum.Kept, func(k summary.Kept) string { return k.In.String() + " " + k.Of.String() })
	a.sum.Lent = distinctBy(a.sum.Lent, func(l summary.Lent) string { return l.String() })
}

// capacity returns the size of a buffer, -1 if it is no constant.
func capacity(size ssa.Value) int {
	if c, ok := size.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.Int {
		return int(c.Int64())
	}
	return -1
}

// waitable reports whether v is a channel, or a pointer to what is waited for.
func (a *analysis) waitable(v ssa.Value) bool {
	if v == nil || isNil(v) {
		return false
	}
	switch t := v.Type().Underlying().(type) {
	case *types.Chan:
		return true
	case *types.Pointer:
		switch kindSaid(a.env.Model.TypeOf(t.Elem())) {
		case summary.Lock, summary.WaitGroup, summary.Cond, summary.Pool:
			return true
		}
	}
	return false
}

// homeAt is the place that an address is, without looking at what was stored there; not
// known for a variable of the function's own.
func (a *analysis) homeAt(addr ssa.Value) place {
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		return a.rawField(addr)
	case *ssa.Global:
		return a.place(addr)
	case *ssa.IndexAddr:
		return a.place(addr.X)
	}
	return place{}
}

// keepAt notes what is kept at a place: v or, if that is a list, what is in it.
func (a *analysis) keepAt(at place, v ssa.Value) {
	if !at.known() {
		return
	}
	name, own := a.ownerName(at)
	if global, ok := at.base.(*ssa.Global); ok && !own && global.Package() != nil {
		name, own = a.baseName(at), true
	}
	if own {
		a.keepAs(name, v)
	}
}

func (a *analysis) keepAs(name string, v ssa.Value) {
	var places []place
	switch v.Type().Underlying().(type) {
	case *types.Slice, *types.Array, *types.Map:
		if t := elementType(v.Type()); !isChan(t) {
			return
		}
		places = a.contents(v, make(map[ssa.Value]bool))
	default:
		if !a.waitable(v) {
			return
		}
		places = []place{a.place(v)}
	}
	for _, p := range places {
		x := a.objectAt(p, summary.Channel)
		if !a.traced(p) {
			x.Object = summary.Object{Param: -1, Class: summary.Class{Kind: x.Class.Kind}}
		}
		in := x.Class
		in.Name = name
		if in != x.Class {
			a.sum.Kept = append(a.sum.Kept, summary.Kept{In: in, Of: x.Object})
		}
	}
}

func isChan(t types.Type) bool { _, ok := t.Underlying().(*types.Chan); return ok }

// traced reports whether the name of what is at a place is that of all that may be there.
func (a *analysis) traced(p place) bool {
	if !p.known() {
		return false
	}
	if _, own := a.ownerName(p); own {
		return true
	}
	switch v := p.base.(type) {
	case *ssa.MakeChan, *ssa.Alloc, *ssa.Parameter, *ssa.FreeVar, *ssa.Global:
		return true
	case *ssa.Call:
		return !v.Call.IsInvoke() && v.Call.StaticCallee() != nil
	}
	return false
}

// keepResults notes what is returned, which callers know by the name of the function.
func (a *analysis) keepResults(ret *ssa.Return) {
	exported := a.fn.Object() != nil && a.fn.Object().Exported()
	for _, v := range ret.Results {
		if !a.waitable(v) {
			continue
		}
		if len(ret.Results) == 1 {
			a.keepAs(a.sum.Func+"()", v)
		} else {
			a.lend(v)
		}
		if exported {
			a.lendAs(v, summary.Lent{ToCaller: true})
		}
	}
}

// severalAt reports whether what is stored at an address may be known as one of several
// things afterwards.
func (a *analysis) severalAt(addr ssa.Value) bool {
	switch addr := addr.(type) {
	case *ssa.Global:
		return false
	case *ssa.FieldAddr:
		_, own := a.ownerName(a.rawField(addr))
		return !own
	case *ssa.Alloc:
		return len(capture.Stores(addr)) > 1
	}
	return true
}

// mix notes that the channel v may be known as one of several.
func (a *analysis) mix(v ssa.Value) {
	if v != nil && isChan(v.Type()) {
		a.lendAs(v, summary.Lent{Mixed: true})
	}
}

// lend notes that v goes where it cannot be followed.
func (a *analysis) lend(v ssa.Value) { a.lendAs(v, summary.Lent{}) }

func (a *analysis) lendAs(v ssa.Value, lent summary.Lent) {
	if !a.waitable(v) {
		return
	}
	lent.On = a.object(v, summary.Channel).Object
	if lent.On.Class.Kind == summary.Lock {
		return // whoever takes it there gives it back
	}
	if channel, ok := v.Type().Underlying().(*types.Chan); ok {
		switch channel.Dir() {
		case types.SendOnly:
			lent.For = summary.Send
		case types.RecvOnly:
			lent.For = summary.Receive
		}
	}
	if lent.On.Class.Name != "" {
		a.sum.Lent = append(a.sum.Lent, lent)
	}
}

// lendArguments notes what is handed to functions that are not in sight.
func (a *analysis) lendArguments(site ssa.CallInstruction) {
	if _, ok := site.Common().Value.(*ssa.Builtin); ok || !slices.ContainsFunc(site.Common().Args, a.waitable) {
		return
	}
	c := a.resolve(site)
	if c.contract.HasEffects() {
		return
	}
	seen := len(c.targets)+len(c.annotated) > 0 && c.open == "" || c.param >= 0
	for _, t := range c.targets {
		if key := a.key(t.fn); t.fn.Blocks == nil || a.unknown(a.env.Summary(key), key) {
			seen = false
		}
	}
	lent := summary.Lent{ToCaller: seen}
	if seen && c.param < 0 {
		return
	}
	for _, arg := range c.args {
		a.lendAs(arg, lent)
	}
}

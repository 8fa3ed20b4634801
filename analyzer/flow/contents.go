package flow

import (
	"go/token"
	"go/types"

	"github.com/fencelint/fencelint/analyzer/capture"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// sources returns the objects that o can be where it was taken out of a slice or
// array of the function's own: what was put in. A list of what is done, made by
// moving it there from a list of what is pending, hides nothing.
func (a *analysis) sources(o object) []object {
	base, rest := o.place.base, o.place.steps
	for len(rest) > 0 && rest[0].field == nil && rest[0].index == "" {
		rest = rest[1:] // the version of a variable
	}
	if len(rest) == 0 || rest[0].index == "" || !local(base) {
		return []object{o}
	}
	var found []object
	for _, p := range a.contents(base, make(map[ssa.Value]bool)) {
		for _, s := range rest[1:] {
			if s.field != nil {
				p = a.fieldByName(p, s.field.Name())
			} else {
				p = p.any()
			}
		}
		if p.known() && p.base != base {
			p.typ = o.place.typ
			found = append(found, a.objectAt(p, summary.Fence))
		}
	}
	if len(found) == 0 {
		return []object{o}
	}
	return found
}

// local reports whether v is a slice or array that the function builds.
func local(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Phi, *ssa.Call, *ssa.Extract, *ssa.Alloc, *ssa.MakeSlice:
		return true
	}
	return false
}

// contents returns the places of the elements that were put into the slice or array
// v. A function that is given a slice and returns one of the same type is taken to
// keep what is in it.
func (a *analysis) contents(v ssa.Value, seen map[ssa.Value]bool) []place {
	if seen[v] {
		return nil
	}
	seen[v] = true
	var found []place
	switch v := v.(type) {
	case *ssa.Phi:
		for _, edge := range v.Edges {
			found = append(found, a.contents(edge, seen)...)
		}
	case *ssa.Slice:
		found = a.contents(v.X, seen)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			found = a.passed(call, v, seen)
		}
	case *ssa.Call:
		found = a.passed(v, v, seen)
	case *ssa.UnOp:
		alloc, ok := v.X.(*ssa.Alloc)
		if v.Op != token.MUL || !ok {
			return a.element(v)
		}
		found = a.contents(alloc, seen)
	case *ssa.Alloc:
		for _, store := range capture.Stores(v) {
			found = append(found, a.contents(store.Val, seen)...)
		}
		found = append(found, a.assigned(v)...)
	case *ssa.MakeSlice:
		found = a.assigned(v)
	case *ssa.Const:
	default:
		found = a.element(v)
	}
	return found
}

// passed returns what is in the slices of result's type that a call is given.
func (a *analysis) passed(call *ssa.Call, result ssa.Value, seen map[ssa.Value]bool) []place {
	var found []place
	for _, arg := range call.Call.Args {
		if types.Identical(arg.Type(), result.Type()) {
			found = append(found, a.contents(arg, seen)...)
		}
	}
	return found
}

// assigned returns what elements of v are set to.
func (a *analysis) assigned(v ssa.Value) []place {
	var found []place
	for _, ref := range *v.Referrers() {
		addr, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, use := range *addr.Referrers() {
			if store, ok := use.(*ssa.Store); ok && store.Addr == addr {
				found = append(found, a.place(store.Val))
			}
		}
	}
	return found
}

// element returns the place of any element of the slice v.
func (a *analysis) element(v ssa.Value) []place {
	if p := a.place(v).any(); p.known() {
		return []place{p}
	}
	return nil
}

// any returns the place of any element of p, which is unknown where p has none.
func (p place) any() place {
	if !p.known() {
		return place{}
	}
	container, ok := deref(p.typ).Underlying().(interface{ Elem() types.Type }) // a slice, array, map
	if !ok {
		return place{}
	}
	return p.step(step{index: anyElement}, container.Elem())
}

// anyElement is the index of an element that nothing more is known of, as a path
// spells it.
const anyElement = "[]"

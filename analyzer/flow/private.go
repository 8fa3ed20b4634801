package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// deepest bounds the structs in structs that are looked into.
const deepest = 4

// share notes that others can reach what v leads to from here on.
func (a *analysis) share(s *state, v ssa.Value) {
	p := a.place(v)
	base, ok := p.base.(*ssa.Alloc)
	if !ok || !a.bearsLock(deref(base.Type()), deepest) || !a.exposes(p) {
		return
	}
	add(&s.shared, entry{obj: object{Object: summary.Object{Param: -1, Instance: base.Name()}, place: place{base: base}}, must: true})
}

// private reports whether what is at p was made by the function and nobody else can reach
// it yet: its locks nobody waits for.
func (a *analysis) private(s *state, p place) bool {
	base, ok := p.base.(*ssa.Alloc)
	if !ok || !a.bearsLock(deref(base.Type()), deepest) {
		return false
	}
	for _, step := range p.steps {
		if step.field == nil || step.at != nil {
			return false // what it leads to may be somebody else's
		}
		if _, inside := step.field.Type().Underlying().(*types.Struct); !inside {
			return false
		}
	}
	return !slices.ContainsFunc(s.shared, func(e entry) bool { return e.obj.place.base == base })
}

// bearsLock reports whether a struct has a lock in it.
func (a *analysis) bearsLock(t types.Type, depth int) bool {
	st, ok := t.Underlying().(*types.Struct)
	if !ok || depth == 0 {
		return false
	}
	if kindSaid(a.env.Model.TypeOf(t)) == summary.Lock {
		return true
	}
	for i := range st.NumFields() {
		if a.bearsLock(st.Field(i).Type(), depth-1) {
			return true
		}
	}
	return false
}

package vta

import (
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/fencelint/fencelint/analyzer/model"
)

// entry is what is known of a type, and of all that are identical to it.
type entry struct {
	typ       types.Type
	inflow    bool   // an interface or a function, or a pointer to one: of interest is what flows there
	reference bool   // a pointer: what is stored by one is seen by another
	abstract  bool   // an interface
	below     *entry // of a pointer to pointers, the interface or function at their end
	receiver  prop   // what a value of the type is to the methods it has; 0 if it has none, or is an interface's
	nodes     [kinds]node
}

// kind tells apart the nodes that a type has.
type kind int

const (
	source   kind = iota // any value of a type to which nothing of interest flows
	constant             // constants
	nested               // all that is behind pointers to pointers
	mapKey               // the keys of maps
	mapValue             // and their values
	element              // the elements of slices and arrays
	sent                 // what is sent on channels
	kinds
)

// table has the entry of each type.
type table struct {
	known  map[types.Type]*entry
	unique typeutil.Map // of *entry, one for all identical types
}

func (t *table) of(typ types.Type) *entry {
	if e := t.known[typ]; e != nil {
		return e
	}
	e, _ := t.unique.At(typ).(*entry)
	if e == nil {
		e = &entry{typ: typ}
		t.describe(e)
		t.unique.Set(typ, e)
	}
	t.known[typ] = e
	return e
}

func (t *table) describe(e *entry) {
	e.abstract = types.IsInterface(e.typ)
	end := pointee(e.typ)
	e.inflow = e.abstract || isFunction(e.typ) || end != nil
	if ptr, ok := types.Unalias(e.typ).(*types.Pointer); ok {
		e.reference = true
		if elem := ptr.Elem(); end != nil && !types.IsInterface(elem) && !isFunction(elem) {
			e.below = t.of(end)
		}
	}
}

func isFunction(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// pointee returns the interface or function at the end of pointers, nil if there is none.
func pointee(t types.Type) types.Type {
	seen := make(map[types.Type]bool)
	for {
		ptr, ok := t.Underlying().(*types.Pointer)
		if !ok || seen[t] {
			return nil
		}
		seen[t] = true
		t = ptr.Elem()
		if types.IsInterface(t) || isFunction(t) {
			return t
		}
	}
}

// elementOf returns the type of the elements of what can be indexed, nil if that is not known.
func elementOf(t types.Type) types.Type {
	switch t := model.Core(t).(type) {
	case *types.Pointer:
		return elementOf(t.Elem())
	case *types.Array:
		return t.Elem()
	case *types.Slice:
		return t.Elem()
	case *types.Basic:
		return types.Typ[types.Byte]
	}
	return nil
}

// parametrised reports whether a type has type parameters that no arguments stand for.
func parametrised(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return true
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			if parametrised(arg) {
				return true
			}
		}
		return t.TypeArgs().Len() < t.TypeParams().Len()
	case *types.Map:
		return parametrised(t.Key()) || parametrised(t.Elem())
	case interface{ Elem() types.Type }: // a pointer, slice, array or channel
		return parametrised(t.Elem())
	}
	return false
}

package flow

import (
	"go/types"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// A struct that has one field, a lock, and that can be locked and unlocked itself, is that
// lock under another name: its class is where the struct is, and not the field in it, which
// all that are wrapped so would share.

// lockIn returns the type of the lock that a type wraps, however often; the type itself if it
// wraps none.
func (a *analysis) lockIn(t types.Type) types.Type {
	named := model.NamedOf(t)
	if named == nil {
		return t
	}
	inner, known := a.around[named]
	if !known {
		a.around[named] = nil // a type that leads back to itself wraps no lock
		inner = a.wrapped(named)
		a.around[named] = inner
	}
	if inner == nil {
		return t
	}
	return inner
}

func (a *analysis) wrapped(named *types.Named) types.Type {
	st, ok := named.Underlying().(*types.Struct)
	if !ok || st.NumFields() != 1 || kindSaid(a.env.Model.TypeOf(named)) != summary.NoClass {
		return nil
	}
	field := st.Field(0)
	if _, inside := field.Type().Underlying().(*types.Struct); !inside || kindSaid(a.env.Model.Type(model.FieldName(named, field))) != summary.NoClass {
		return nil
	}
	lock := a.lockIn(field.Type())
	if kindSaid(a.env.Model.TypeOf(lock)) != summary.Lock || !hasMethod(named, "Lock") || !hasMethod(named, "Unlock") {
		return nil
	}
	return lock
}

func hasMethod(named *types.Named, name string) bool {
	method, _, _ := types.LookupFieldOrMethod(types.NewPointer(named), true, named.Obj().Pkg(), name)
	_, ok := method.(*types.Func)
	return ok
}

// inLock reports whether a step leads from what wraps a lock to the lock.
func (a *analysis) inLock(s step) bool {
	return s.field != nil && s.owner != nil && a.lockIn(s.owner) != types.Type(s.owner)
}

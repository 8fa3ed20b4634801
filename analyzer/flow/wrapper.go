package flow

import (
	"go/types"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// A struct with a lock in it that can be locked and unlocked itself, and nothing else, is that
// lock under another name: its class is where the struct is, and not the field in it, which
// all that are wrapped so would share.

// lockIn returns the type of the lock that a type wraps, however often; the type itself if it
// wraps none.
func (a *analysis) lockIn(t types.Type) types.Type {
	if w := a.wrapperOf(t); w.lock != nil {
		return w.lock
	}
	return t
}

// inLock reports whether a step leads from what wraps a lock to the lock.
func (a *analysis) inLock(s step) bool {
	return s.field != nil && s.owner != nil && a.wrapperOf(s.owner).field == s.field
}

// wrapperName is the name of a lock of a wrapping type where nobody says where it is;
// otherwise is that of one of another type.
func (a *analysis) wrapperName(t types.Type, otherwise string) string {
	if w := a.wrapperOf(t); w.lock != nil {
		return model.FieldName(model.NamedOf(t), w.field)
	}
	return otherwise
}

// wrapper is what is known of a type that wraps a lock: the field it is in and the type of the
// innermost. There is no lock if it wraps none.
type wrapper struct {
	field *types.Var
	lock  types.Type
}

func (a *analysis) wrapperOf(t types.Type) wrapper {
	named := model.NamedOf(t)
	if named == nil {
		return wrapper{}
	}
	w, known := a.wrappers[named]
	if !known {
		a.wrappers[named] = wrapper{} // a type that leads back to itself wraps no lock
		w = a.wraps(named)
		a.wrappers[named] = w
	}
	return w
}

func (a *analysis) wraps(named *types.Named) wrapper {
	st, ok := named.Underlying().(*types.Struct)
	if !ok || kindSaid(a.env.Model.TypeOf(named)) != summary.NoClass || st.NumFields() != 1 && !onlyLocks(named) {
		return wrapper{}
	}
	var w wrapper
	for field := range st.Fields() {
		if _, inside := field.Type().Underlying().(*types.Struct); !inside {
			continue
		}
		lock := a.lockIn(field.Type())
		if kindSaid(a.env.Model.TypeOf(lock)) != summary.Lock {
			continue
		}
		if w.lock != nil || kindSaid(a.env.Model.FieldType(named, field)) != summary.NoClass {
			return wrapper{}
		}
		w = wrapper{field, lock}
	}
	if !hasMethod(named, "Lock") || !hasMethod(named, "Unlock") {
		return wrapper{}
	}
	return w
}

// onlyLocks reports whether all that can be done with values of a type is to lock and unlock
// them.
func onlyLocks(named *types.Named) bool {
	for method := range named.Methods() {
		if name := method.Name(); !strings.Contains(name, "Lock") && !strings.Contains(name, "lock") {
			return false
		}
	}
	return named.NumMethods() > 0
}

func hasMethod(named *types.Named, name string) bool {
	method, _, _ := types.LookupFieldOrMethod(types.NewPointer(named), true, named.Obj().Pkg(), name)
	_, ok := method.(*types.Func)
	return ok
}

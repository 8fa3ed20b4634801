package flow

import (
	"go/types"

	"github.com/fencelint/fencelint/analyzer/model"
)

// declarer returns the named type that declares the fields of a struct type: T also for what
// is converted to U, where the source says type U T. Both have the fields of one struct, and
// the locks in them are the same. It is nil for a struct without a name.
func (a *analysis) declarer(t types.Type) *types.Named {
	named := model.NamedOf(t)
	if named == nil || named.TypeArgs().Len() > 0 || named.Obj().Pkg() == nil || named.Obj().Pkg() != packageOf(a.fn) {
		return named
	}
	st, ok := named.Underlying().(*types.Struct)
	if !ok {
		return named
	}
	if first := a.env.Keys.declarers(named.Obj().Pkg())[st]; first != nil {
		return first
	}
	return named
}

// declarers returns the types of a package by the structs that they declare.
func (k *Keys) declarers(pkg *types.Package) map[*types.Struct]*types.Named {
	if k == nil {
		return nil
	}
	k.mu.RLock()
	known, ok := k.declared[pkg]
	k.mu.RUnlock()
	if ok {
		return known
	}
	found := make(map[*types.Struct]*types.Named)
	for _, name := range pkg.Scope().Names() {
		object, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || object.IsAlias() {
			continue
		}
		named, ok := object.Type().(*types.Named)
		if !ok {
			continue
		}
		st, ok := named.Underlying().(*types.Struct)
		if !ok || st.NumFields() == 0 {
			continue
		}
		// The declaration that the fields stand in is the last that begins before them.
		if first := found[st]; first == nil || first.Obj().Pos() < object.Pos() && object.Pos() < st.Field(0).Pos() || first.Obj().Pos() > st.Field(0).Pos() {
			found[st] = named
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.declared[pkg] = found
	return found
}

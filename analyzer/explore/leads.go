package explore

import "go/types"

// leads reports whether a value of a type may be, or lead to, something to wait for: a
// channel, a lock, a function that has captured one, or what an interface hides. What an
// error leads to nobody waits for.
func (x *explorer) leads(t types.Type) bool {
	found, known := x.leading[t]
	if !known {
		found = x.leadsOn(t, map[types.Type]bool{})
		x.leading[t] = found
	}
	return found
}

// leadsOn does, for a type that others have led to.
func (x *explorer) leadsOn(t types.Type, seen map[types.Type]bool) bool {
	if found, known := x.leading[t]; known || seen[t] {
		return found
	}
	seen[t] = true
	if isError(t) {
		return false
	}
	if named, ok := types.Unalias(t).(*types.Named); ok {
		if pkg := named.Obj().Pkg(); pkg != nil && pkg.Path() == "sync" || x.options.Annotated(named) {
			return true
		}
	}
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return false
	case *types.Pointer:
		return x.leadsOn(t.Elem(), seen)
	case *types.Slice:
		return x.leadsOn(t.Elem(), seen)
	case *types.Array:
		return x.leadsOn(t.Elem(), seen)
	case *types.Map:
		return x.leadsOn(t.Key(), seen) || x.leadsOn(t.Elem(), seen)
	case *types.Struct:
		for f := range t.Fields() {
			if x.leadsOn(f.Type(), seen) {
				return true
			}
		}
		return false
	case *types.Tuple:
		for v := range t.Variables() {
			if x.leadsOn(v.Type(), seen) {
				return true
			}
		}
		return false
	}
	return true
}

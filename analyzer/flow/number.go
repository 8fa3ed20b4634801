package flow

import "go/types"

// signed reports whether a value of a type may be a number that is less than 0.
func signed(t types.Type) bool {
	if _, parameter := types.Unalias(t).(*types.TypeParam); !parameter && !isBasic(t) {
		return false
	}
	return !ofKind(t, types.IsUnsigned)
}

func isBasic(t types.Type) bool {
	_, basic := t.Underlying().(*types.Basic)
	return basic
}

func isInteger(t types.Type) bool { return ofKind(t, types.IsInteger) }

// ofKind reports whether a type is a basic one of some kind, or a type parameter that stands for
// such alone.
func ofKind(t types.Type, kind types.BasicInfo) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&kind != 0
	case *types.Interface: // a type parameter's constraint
		for embedded := range u.EmbeddedTypes() {
			if ofKind(embedded, kind) {
				return true
			}
		}
	case *types.Union:
		for term := range u.Terms() {
			if !ofKind(term.Type(), kind) {
				return false
			}
		}
		return true
	}
	return false
}

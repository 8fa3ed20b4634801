package directive

import (
	"fmt"
	"go/types"

	"github.com/fencelint/fencelint/analyzer/model"
)

// misfit says why what an effect names cannot be what the effect is about, "" if it
// can. Whether a type is a fence or a lock another package may decide; that a number
// is none is certain.
func misfit(e model.Effect, sig *types.Signature, pkg *types.Package) string {
	function := false
	switch e.Kind {
	case model.Calls, model.Queues:
		function = true
	case model.Waits, model.Wakes, model.Signals, model.Publishes, model.Takes:
	default:
		return ""
	}
	v := named(sig, pkg, e.X)
	if v == nil {
		return ""
	}
	_, isFunc := v.Type().Underlying().(*types.Signature)
	_, basic := types.Unalias(v.Type()).(*types.Basic)
	_, param := types.Unalias(v.Type()).(*types.TypeParam)
	switch {
	case param:
		return ""
	case function && !isFunc:
		return fmt.Sprintf("%s (%s) is no function", v.Name(), types.TypeString(v.Type(), types.RelativeTo(pkg)))
	case !function && (basic || isFunc):
		return fmt.Sprintf("%s (%s) is nothing to wait for", v.Name(), types.TypeString(v.Type(), types.RelativeTo(pkg)))
	}
	return ""
}

// named returns the variable or field that a place names, nil if none.
func named(sig *types.Signature, pkg *types.Package, place model.Place) *types.Var {
	for _, v := range variables(sig) {
		if v.place.Base != place.Base || v.place.Index != place.Index {
			continue
		}
		if place.Path == "" {
			return v.Var
		}
		_, last, err := fieldPath(v.Type(), pkg, v.Name(), place.Path)
		if err != nil {
			return nil
		}
		return last
	}
	return nil
}

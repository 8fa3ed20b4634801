// Package timing finds what is started to come after a while, and how long that is: a
// timer that is set, work that is queued with a delay, and durations in fields.
package timing

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Among returns the delay that is among the arguments of a call, nil if there is none.
func Among(args []ssa.Value) *summary.Delay {
	for _, arg := range args {
		if isDuration(arg.Type()) {
			return of(arg)
		}
	}
	return nil
}

// of says what is known of a duration.
func of(v ssa.Value) *summary.Delay {
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.Int {
			if n, exact := constant.Int64Val(v.Value); exact {
				return &summary.Delay{Known: true, Value: n}
			}
		}
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return &summary.Delay{Field: Field(v.X)}
		}
	case *ssa.Field:
		return &summary.Delay{Field: model.FieldAt(v.X.Type(), v.Field)}
	case *ssa.Convert:
		return of(v.X)
	case *ssa.ChangeType:
		return of(v.X)
	}
	return &summary.Delay{}
}

func isDuration(t types.Type) bool {
	named := model.NamedOf(t)
	return named != nil && model.TypeName(named) == "time.Duration"
}

// Field returns the full name of the field, or package variable, at an address: "" if
// it is neither.
func Field(addr ssa.Value) string {
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		return model.FieldAt(addr.X.Type(), addr.Field)
	case *ssa.Global:
		if v, ok := addr.Object().(*types.Var); ok {
			return model.VarName(v)
		}
	}
	return ""
}

// Carrier returns the field that holds what a call is of: the timer or item that is its
// receiver or one of its arguments or, where the call makes it, what its result is
// stored in. It is "" if there is none.
func Carrier(call ssa.CallInstruction, recv ssa.Value) string {
	if recv != nil {
		if name := HeldIn(recv); name != "" {
			return name
		}
	}
	if v := call.Value(); v != nil && v.Referrers() != nil {
		for _, use := range *v.Referrers() {
			if store, ok := use.(*ssa.Store); ok && store.Val == v {
				if name := Field(store.Addr); name != "" {
					return name
				}
			}
		}
	}
	return ""
}

// HeldIn returns the field in which an object is, or to which the pointer to it is read.
func HeldIn(v ssa.Value) string {
	if name := Field(v); name != "" {
		return name
	}
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		return Field(load.X)
	}
	return ""
}

package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// A function that directives speak for may call methods of an interface value that it is handed:
// "calls arg0.Less".

// methodAt returns the method that a place in a contract is of an interface value, nil if it is
// none.
func methodAt(v ssa.Value, p model.Place) *types.Func {
	if v == nil || p.Path == "" || !types.IsInterface(v.Type()) {
		return nil
	}
	object, _, _ := types.LookupFieldOrMethod(v.Type(), false, nil, p.Path)
	method, _ := object.(*types.Func)
	return method
}

// handedMethods calls yield for each interface value of which a call has methods called, and each
// of these.
func handedMethods(common *ssa.CallCommon, set *model.Set, yield func(ssa.Value, *types.Func)) {
	contract, args := (&scan{set: set}).contract(common)
	if !contract.HasEffects() {
		return
	}
	for _, e := range contract.Effects {
		if e.Kind != model.Calls || e.X.Base != model.Param || e.X.Index >= len(args) {
			continue
		}
		if v := args[e.X.Index]; methodAt(v, e.X) != nil {
			yield(v, methodAt(v, e.X))
		}
	}
}

// Asked returns the interface values, in functions, of which what they are handed to calls
// methods, by what a model says, and that do not say themselves what is in them.
func Asked(fns []*ssa.Function, set *model.Set) []ssa.Value {
	var asked []ssa.Value
	for _, fn := range fns {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok {
					handedMethods(call.Common(), set, func(v ssa.Value, _ *types.Func) {
						if concrete(v) == nil {
							asked = append(asked, v)
						}
					})
				}
			}
		}
	}
	return asked
}

// HandedMethods returns the methods that a call has called of interface values.
func HandedMethods(common *ssa.CallCommon, set *model.Set, methods func(ssa.Value, *types.Func) ([]*ssa.Function, string)) []*ssa.Function {
	var all []*ssa.Function
	handedMethods(common, set, func(v ssa.Value, method *types.Func) {
		fns, _ := methodsOf(v, method, methods)
		all = append(all, fns...)
	})
	return all
}

// addMethod adds what the call of a method of an interface value may reach.
func (c *called) addMethod(a *analysis, v ssa.Value, method *types.Func) {
	via := summary.Interface
	if concrete(v) != nil {
		via = summary.Static
	}
	var fns []*ssa.Function
	fns, c.open = methodsOf(v, method, a.env.Methods)
	for _, fn := range fns {
		c.addTarget(a, fn, v, nil, nil, via)
	}
	c.via = via
}

// methodsOf returns the methods of what is in an interface value, and why there may be more.
func methodsOf(v ssa.Value, method *types.Func, methods func(ssa.Value, *types.Func) ([]*ssa.Function, string)) ([]*ssa.Function, string) {
	if nothing, ok := v.(*ssa.Const); ok && nothing.IsNil() {
		return nil, ""
	}
	made := concrete(v)
	if made == nil {
		return methods(v, method)
	}
	prog := made.Parent().Prog
	fn := prog.LookupMethod(made.X.Type(), method.Pkg(), method.Name())
	if fn == nil { // of a type with parameters of which nothing is known
		object, _, _ := types.LookupFieldOrMethod(made.X.Type(), true, method.Pkg(), method.Name())
		fn = prog.FuncValue(object.(*types.Func).Origin())
	}
	if fn == nil {
		return nil, "interface"
	}
	return []*ssa.Function{fn}, ""
}

// concrete returns where an interface value is made of one of a known type, nil if that is not
// in sight.
func concrete(v ssa.Value) *ssa.MakeInterface {
	for {
		switch made := v.(type) {
		case *ssa.ChangeInterface:
			v = made.X
		case *ssa.MakeInterface:
			if _, parameter := types.Unalias(made.X.Type()).(*types.TypeParam); parameter {
				return nil
			}
			return made
		default:
			return nil
		}
	}
}

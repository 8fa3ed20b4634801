package flow

import (
	"go/types"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// own returns the contract of the function itself, nil if it has none.
func (a *analysis) own() *model.Contract {
	declared := declaredFunc(a.fn)
	if declared == nil {
		return nil
	}
	return a.env.Model.Func(declared)
}

// declares reports whether the function's own contract has an effect of the kind, for
// the object.
func (a *analysis) declares(kind model.EffectKind, o summary.Object) bool {
	c := a.own()
	if c == nil {
		return false
	}
	for _, effect := range c.Effects {
		if effect.Kind != kind {
			continue
		}
		index := effect.X.Index
		switch effect.X.Base {
		case model.Recv:
			index = 0
		case model.Param:
			if a.fn.Signature.Recv() != nil {
				index++
			}
		default:
			return true
		}
		if o.Param == index {
			return true
		}
	}
	return false
}

func (a *analysis) publishes(o object) bool { return a.declares(model.Publishes, o.Object) }

func (a *analysis) acquires(o object) bool { return a.declares(model.Acquires, o.Object) }

// contracted follows a parameter stored in a field whose contract says in which contexts
// it runs: the function that a caller hands over is a root from then on.
func (a *analysis) contracted(s *state, instr *ssa.Store) {
	addr, ok := instr.Addr.(*ssa.FieldAddr)
	if !ok || !a.record || !isSignature(instr.Val.Type()) {
		return
	}
	st, ok := deref(addr.X.Type()).Underlying().(*types.Struct)
	owner := model.NamedOf(addr.X.Type())
	if !ok || owner == nil {
		return
	}
	c := a.env.Model.Field(owner, st.Field(addr.Field))
	if c == nil || c.Runs == 0 {
		return
	}
	if _, param, _ := a.functions(instr.Val); param >= 0 {
		a.addSpawns(called{param: param}, summary.Spawn{
			Kind: summary.Callback, Contexts: c.Runs, Site: a.site(s, instr.Pos(), nil),
		})
	}
}

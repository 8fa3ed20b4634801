package flow

import (
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
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

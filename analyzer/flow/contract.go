package flow

import (
	"go/types"
	"strings"

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

// runs returns the contexts that the function's body runs in, declared or inherited
// from the interface methods it implements, and whose contract said so if not its own.
func (a *analysis) runs() (contexts model.Context, via string) {
	if c := a.own(); c != nil {
		contexts = c.Runs
	}
	declared := declaredFunc(a.fn)
	if declared == nil {
		return contexts, ""
	}
	recv := declared.Signature().Recv()
	if recv == nil {
		return contexts, ""
	}
	for name, c := range a.env.Model.Interfaces() {
		if c.Runs == 0 || contexts.Has(c.Runs) || !strings.HasSuffix(name, "."+declared.Name()) {
			continue
		}
		if iface := a.interfaceOf(name); iface != nil && implements(recv.Type(), iface) {
			contexts |= c.Runs
			via = c.Name
		}
	}
	return contexts, via
}

func implements(t types.Type, iface *types.Interface) bool {
	if types.Implements(t, iface) {
		return true
	}
	_, pointer := t.Underlying().(*types.Pointer)
	return !pointer && types.Implements(types.NewPointer(t), iface)
}

// interfaceOf returns the interface that a key like "(pkg/path.Type).Method" is of,
// nil if it is not one.
func (a *analysis) interfaceOf(name string) *types.Interface {
	end := strings.IndexByte(name, ')')
	if end < 0 || !strings.HasPrefix(name, "(") {
		return nil
	}
	full := name[1:end]
	if open := strings.IndexByte(full, '['); open >= 0 {
		full = full[:open]
	}
	dot := strings.LastIndexByte(full, '.')
	if dot < 0 {
		return nil
	}
	pkg := a.fn.Prog.ImportedPackage(full[:dot])
	if own := a.fn.Pkg; pkg == nil && own != nil && own.Pkg.Path() == full[:dot] {
		pkg = own
	}
	if pkg == nil {
		return nil
	}
	object := pkg.Pkg.Scope().Lookup(full[dot+1:])
	if object == nil {
		return nil
	}
	iface, _ := object.Type().Underlying().(*types.Interface)
	return iface
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

// contracted follows a function stored where a contract says in which contexts it
// runs: a func-typed field. It is a root from then on.
func (a *analysis) contracted(s *state, instr *ssa.Store) {
	addr, ok := instr.Addr.(*ssa.FieldAddr)
	if !ok || !a.record {
		return
	}
	p := a.rawField(addr)
	if len(p.steps) == 0 {
		return
	}
	c := a.env.Model.Field(p.steps[0].owner, p.steps[0].field)
	if c == nil {
		c = a.env.Model.FuncType(p.typ)
	}
	if c == nil || c.Runs == 0 {
		return
	}
	a.addSpawns(called{targets: a.valueTargets(instr.Val, nil), param: -1}, summary.Spawn{
		Kind:     summary.Callback,
		Contexts: c.Runs,
		Site:     a.site(s, instr.Pos(), nil),
	})
}

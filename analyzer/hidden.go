package analyzer

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/flow"
	"github.com/fencelint/fencelint/analyzer/model"
)

// hidden returns, by key, the methods that have exported names and that nobody out of sight
// can call: their types are not exported, nor handed out by what is, and nobody else has an
// interface with such a method, or gets a value of one.
func hidden(prog *ssa.Program, sources []source) map[string]bool {
	h := &handedOut{named: map[*types.TypeName]bool{}, seen: map[passed]bool{}, methods: map[string]bool{"Error": true}}
	analysed := map[*types.Package]bool{}
	for _, src := range sources {
		analysed[src.pkg] = true
	}
	for _, pkg := range prog.AllPackages() {
		scope := pkg.Pkg.Scope()
		for _, name := range scope.Names() {
			switch obj := scope.Lookup(name); {
			case !analysed[pkg.Pkg]:
				h.callable(obj.Type())
			case obj.Exported() && pkg.Pkg.Name() != "main":
				h.exported(obj)
			}
		}
	}
	out := map[string]bool{}
	for _, src := range sources {
		for _, fn := range src.funcs {
			recv := fn.Signature.Recv()
			if recv == nil || fn.Object() == nil || !fn.Object().Exported() || h.methods[fn.Name()] {
				continue
			}
			if named := model.NamedOf(recv.Type()); named != nil && !named.Obj().Exported() && !h.named[named.Obj()] {
				out[flow.Key(fn)] = true
			}
		}
	}
	return out
}

// handedOut is what others get at.
type handedOut struct {
	named   map[*types.TypeName]bool
	methods map[string]bool // of interfaces
	seen    map[passed]bool
}

// passed is a type of values that pass between what is in sight and others.
type passed struct {
	t types.Type
	// out says that others get them; else they give them. Who gives a value of an interface
	// calls none of its methods by that.
	out bool
}

// exported notes what others come by through a name that they can use.
func (h *handedOut) exported(obj types.Object) {
	switch obj := obj.(type) {
	case *types.TypeName:
		h.walk(obj.Type(), false)
		h.members(obj.Type())
	case *types.Func:
		h.walk(obj.Type(), true)
	default:
		h.both(obj.Type())
	}
}

// callable notes the methods of an interface.
func (h *handedOut) callable(t types.Type) {
	if i, ok := t.Underlying().(*types.Interface); ok {
		for m := range i.Methods() {
			h.methods[m.Name()] = true
		}
	}
}

func (h *handedOut) both(t types.Type) {
	h.walk(t, true)
	h.walk(t, false)
}

// walk notes the types that somebody comes by who gets, or gives, a value of a type. What a
// pointer or a container leads to both may put there.
func (h *handedOut) walk(t types.Type, out bool) {
	if h.seen[passed{t, out}] {
		return
	}
	h.seen[passed{t, out}] = true
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			h.both(arg)
		}
		switch t.Underlying().(type) {
		case *types.Interface, *types.Signature:
			h.walk(t.Underlying(), out)
		}
		if !t.Obj().Exported() && !h.named[t.Obj()] {
			h.named[t.Obj()] = true
			h.members(t)
		}
	case *types.Pointer:
		h.both(t.Elem())
	case *types.Slice:
		h.both(t.Elem())
	case *types.Array:
		h.both(t.Elem())
	case *types.Chan:
		h.both(t.Elem())
	case *types.Map:
		h.both(t.Key())
		h.both(t.Elem())
	case *types.Signature:
		for v := range t.Params().Variables() {
			h.walk(v.Type(), !out)
		}
		for v := range t.Results().Variables() {
			h.walk(v.Type(), out)
		}
	case *types.Interface:
		if out {
			h.callable(t)
		}
		for m := range t.Methods() {
			h.walk(m.Type(), out)
		}
	case *types.Struct:
		for f := range t.Fields() {
			if f.Exported() || f.Embedded() {
				h.both(f.Type())
			}
		}
	}
}

// members walks what a type has that others can name.
func (h *handedOut) members(t types.Type) {
	switch t.Underlying().(type) {
	case *types.Interface, *types.Signature:
	default:
		h.both(t.Underlying())
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return
	}
	for m := range named.Methods() {
		if m.Exported() {
			h.walk(m.Type(), true)
		}
	}
}

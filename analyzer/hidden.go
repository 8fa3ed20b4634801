package analyzer

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/flow"
	"github.com/fencelint/fencelint/analyzer/model"
)

// hidden returns, by key, the methods that have exported names and that nobody out of sight
// can call: their types are not exported, nor handed out by what is, and nobody else has an
// interface with such a method.
func hidden(prog *ssa.Program, sources []source) map[string]bool {
	h := &handedOut{named: map[*types.TypeName]bool{}, seen: map[types.Type]bool{}, methods: map[string]bool{"Error": true}}
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
				h.walk(obj.Type())
				if _, ok := obj.(*types.TypeName); ok {
					h.members(obj.Type())
				}
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
	seen    map[types.Type]bool
}

// callable notes the methods of an interface.
func (h *handedOut) callable(t types.Type) {
	if i, ok := t.Underlying().(*types.Interface); ok {
		for m := range i.Methods() {
			h.methods[m.Name()] = true
		}
	}
}

// walk notes the types that somebody comes by who has a value of a type.
func (h *handedOut) walk(t types.Type) {
	if h.seen[t] {
		return
	}
	h.seen[t] = true
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			h.walk(arg)
		}
		if !t.Obj().Exported() && !h.named[t.Obj()] {
			h.named[t.Obj()] = true
			h.callable(t)
			h.members(t)
		}
	case *types.Pointer:
		h.walk(t.Elem())
	case *types.Slice:
		h.walk(t.Elem())
	case *types.Array:
		h.walk(t.Elem())
	case *types.Chan:
		h.walk(t.Elem())
	case *types.Map:
		h.walk(t.Key())
		h.walk(t.Elem())
	case *types.Signature:
		for _, list := range [...]*types.Tuple{t.Params(), t.Results()} {
			for v := range list.Variables() {
				h.walk(v.Type())
			}
		}
	case *types.Interface:
		h.callable(t)
		for m := range t.Methods() {
			h.walk(m.Type())
		}
	case *types.Struct:
		for f := range t.Fields() {
			if f.Exported() || f.Embedded() {
				h.walk(f.Type())
			}
		}
	}
}

// members walks what a type has that others can name.
func (h *handedOut) members(t types.Type) {
	h.walk(t.Underlying())
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return
	}
	for m := range named.Methods() {
		if m.Exported() {
			h.walk(m.Type())
		}
	}
}

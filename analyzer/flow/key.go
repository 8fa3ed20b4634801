package flow

import (
	"go/types"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/callee"
	"github.com/fencelint/fencelint/analyzer/model"
)

// Key returns the key of the summary of fn. Instances share that of their generic
// origin; the wrappers that SSA makes for method values, method expressions and
// promoted methods have that of the method they call.
func Key(fn *ssa.Function) string {
	if parent := fn.Parent(); parent != nil {
		name := fn.Name()
		return Key(parent) + name[strings.LastIndexByte(name, '$'):]
	}
	if method := wrapped(fn); method != nil {
		if declared := fn.Prog.FuncValue(method); declared != nil {
			return declared.String()
		}
		return method.FullName()
	}
	if origin := fn.Origin(); origin != nil {
		return origin.String()
	}
	return fn.String()
}

// Keys remembers the keys of functions, which are long to spell, which types declare the
// structs of a package, and where types have fields. A nil *Keys remembers none. The keys can
// be asked for from several goroutines.
type Keys struct {
	mu       sync.RWMutex // all of them
	known    map[*ssa.Function]string
	declared map[*types.Package]map[*types.Struct]*types.Named
	fields   map[selection][]int
}

// selection is the question where a type has a field.
type selection struct {
	in   types.Type
	name string
}

// NewKeys returns Keys that know none yet.
func NewKeys() *Keys {
	return &Keys{
		known:    make(map[*ssa.Function]string),
		declared: make(map[*types.Package]map[*types.Struct]*types.Named),
		fields:   make(map[selection][]int),
	}
}

// field returns by which fields one leads from a type to a field of its, through embedded
// ones if need be; nil if it has none of that name.
func (k *Keys) field(in types.Type, name string) []int {
	if k == nil {
		return findField(in, name)
	}
	question := selection{in, name}
	k.mu.RLock()
	indices, ok := k.fields[question]
	k.mu.RUnlock()
	if !ok {
		indices = findField(in, name)
		k.mu.Lock()
		k.fields[question] = indices
		k.mu.Unlock()
	}
	return indices
}

func findField(in types.Type, name string) []int {
	var pkg *types.Package
	if named := model.NamedOf(in); named != nil {
		pkg = named.Obj().Pkg()
	}
	object, indices, _ := types.LookupFieldOrMethod(in, true, pkg, name)
	if _, ok := object.(*types.Var); !ok {
		return nil
	}
	return indices
}

// Of returns the key of the summary of fn.
func (k *Keys) Of(fn *ssa.Function) string {
	if k == nil {
		return Key(fn)
	}
	k.mu.RLock()
	key, ok := k.known[fn]
	k.mu.RUnlock()
	if !ok {
		key = Key(fn)
		k.mu.Lock()
		k.known[fn] = key
		k.mu.Unlock()
	}
	return key
}

func (a *analysis) key(fn *ssa.Function) string { return a.env.Keys.Of(fn) }

// isNamed reports whether a function has one of some full names, which are long to spell.
func isNamed(fn *ssa.Function, full ...string) bool {
	return slices.ContainsFunc(full, func(name string) bool {
		return strings.HasSuffix(name, fn.Name()) && name == fn.String()
	})
}

// wrapped returns the method that a synthetic wrapper stands for, nil if fn is none.
func wrapped(fn *ssa.Function) *types.Func {
	for _, kind := range [...]string{"bound ", "thunk ", "wrapper "} {
		if strings.HasPrefix(fn.Synthetic, kind) {
			if method, ok := fn.Object().(*types.Func); ok {
				return method.Origin()
			}
		}
	}
	return nil
}

func isBound(fn *ssa.Function) bool { return strings.HasPrefix(fn.Synthetic, "bound ") }

// declaredFunc returns the declared function or method behind fn; nil for a literal.
func declaredFunc(fn *ssa.Function) *types.Func {
	if method := wrapped(fn); method != nil {
		return method
	}
	if declared, ok := fn.Object().(*types.Func); ok {
		return declared.Origin()
	}
	return nil
}

// body returns the function whose body runs when fn is called: itself, or what a
// wrapper calls. It is nil where that is an interface's method, see behind.
func body(fn *ssa.Function) *ssa.Function {
	if method := wrapped(fn); method != nil {
		return fn.Prog.FuncValue(method)
	}
	return fn
}

// behind returns what may run when a wrapper of an interface's method is called, and why there
// may be more.
func (a *analysis) behind(wrapper *ssa.Function) (reached []callee.Behind, unresolved string) {
	reached, unresolved, ok := a.env.Behind(wrapper)
	if !ok {
		return nil, "interface"
	}
	return reached, unresolved
}

func packageOf(fn *ssa.Function) *types.Package {
	fn = outermost(fn)
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	if fn.Pkg != nil {
		return fn.Pkg.Pkg
	}
	if object := fn.Object(); object != nil {
		return object.Pkg()
	}
	return nil
}

// display returns the name of fn as its own package calls it.
func display(fn *ssa.Function) string {
	top := outermost(fn)
	if origin := top.Origin(); origin != nil && top == fn {
		fn = origin
	}
	return fn.RelString(packageOf(fn))
}

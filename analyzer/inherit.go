package analyzer

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/flow"
	"github.com/fencelint/fencelint/analyzer/model"
)

// inheritance is what a function is subject to because of where it is used: it
// implements an interface method, or is stored in a field, that has a contract.
type inheritance struct {
	runs     model.Context
	via      string          // the contract that says so
	promises map[string]bool // contracts with effects
}

// inheritable reports whether a contract says anything to those who inherit it.
// Model files promise nothing on behalf of code that they do not know.
func inheritable(c *model.Contract) bool { return c.Runs != 0 || promising(c) }

func promising(c *model.Contract) bool { return len(c.Effects) > 0 && c.Trusted == "" && !c.Model }

// heirs finds who inherits contracts.
type heirs struct {
	set   *model.Set
	prog  *ssa.Program
	found map[string]inheritance
}

// source is a package whose types and functions may inherit.
type source struct {
	pkg   *types.Package
	info  *types.Info
	funcs []*ssa.Function
}

func inherit(set *model.Set, prog *ssa.Program, sources []source) map[string]inheritance {
	h := &heirs{set: set, prog: prog, found: make(map[string]inheritance)}
	for _, src := range sources {
		h.methods(src, sources)
		for _, fn := range src.funcs {
			h.values(fn)
		}
	}
	return h.found
}

func (h *heirs) add(fn *ssa.Function, c *model.Contract) {
	key := flow.Key(fn)
	in := h.found[key]
	in.runs |= c.Runs
	// The first name by order speaks for all, whatever the order they are found in.
	if c.Runs != 0 && (in.via == "" || c.Name < in.via) {
		in.via = c.Name
	}
	if promising(c) {
		if in.promises == nil {
			in.promises = make(map[string]bool)
		}
		in.promises[c.Name] = true
	}
	h.found[key] = in
}

// methods finds the methods declared for the types of src that implement an
// interface method with a contract. Only interfaces that the package can name count:
// its own and those of what it imports, as in the modular mode.
func (h *heirs) methods(src source, sources []source) {
	reachable := imports(src.pkg)
	for _, c := range h.set.Interfaces() {
		if !inheritable(c) {
			continue
		}
		obj, _ := model.Find(c.Name, func(path string) *types.Package { return reachable[path] })
		method, ok := obj.(*types.Func)
		if !ok {
			continue
		}
		for _, iface := range interfaces(method, sources) {
			for _, concrete := range concretes(src) {
				h.method(concrete, iface, method, c)
			}
		}
	}
}

func (h *heirs) method(concrete types.Type, iface *types.Interface, method *types.Func, c *model.Contract) {
	if !types.Implements(concrete, iface) {
		return
	}
	obj, _, _ := types.LookupFieldOrMethod(concrete, true, method.Pkg(), method.Name())
	impl, ok := obj.(*types.Func)
	if !ok || types.IsInterface(impl.Signature().Recv().Type()) {
		return
	}
	if fn := h.prog.FuncValue(impl.Origin()); fn != nil {
		h.add(fn, c)
	}
}

// values finds the functions that fn stores to a field, or converts to a named func
// type, that has a contract.
func (h *heirs) values(fn *ssa.Function) {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			var c *model.Contract
			var value ssa.Value
			switch instr := instr.(type) {
			case *ssa.Store:
				if addr, ok := instr.Addr.(*ssa.FieldAddr); ok {
					c, value = h.field(addr), instr.Val
				}
			case *ssa.ChangeType:
				c, value = h.set.FuncType(instr.Type()), instr.X
			}
			if c != nil && inheritable(c) {
				for _, target := range functions(value, nil) {
					h.add(target, c)
				}
			}
		}
	}
}

func (h *heirs) field(addr *ssa.FieldAddr) *model.Contract {
	owner := model.NamedOf(addr.X.Type())
	if owner == nil {
		return nil
	}
	st, ok := owner.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	return h.set.Field(owner, st.Field(addr.Field))
}

// functions returns the functions that value is seen to be.
func functions(value ssa.Value, seen []ssa.Value) []*ssa.Function {
	if slices.Contains(seen, value) {
		return nil
	}
	switch v := value.(type) {
	case *ssa.Function:
		return []*ssa.Function{v}
	case *ssa.MakeClosure:
		return functions(v.Fn, seen)
	case *ssa.ChangeType:
		return functions(v.X, seen)
	case *ssa.Phi:
		seen = append(seen, v)
		var fns []*ssa.Function
		for _, edge := range v.Edges {
			fns = append(fns, functions(edge, seen)...)
		}
		return fns
	}
	return nil
}

// imports returns the packages that pkg can name, itself included, by path.
func imports(pkg *types.Package) map[string]*types.Package {
	found := map[string]*types.Package{pkg.Path(): pkg}
	work := []*types.Package{pkg}
	for len(work) > 0 {
		next := work[0]
		work = work[1:]
		for _, imported := range next.Imports() {
			if found[imported.Path()] == nil {
				found[imported.Path()] = imported
				work = append(work, imported)
			}
		}
	}
	return found
}

// interfaces returns the interface that declares method or, where it is generic, its
// instances in the program.
func interfaces(method *types.Func, sources []source) []*types.Interface {
	named := model.NamedOf(method.Signature().Recv().Type())
	if named == nil || !types.IsInterface(named) {
		return nil
	}
	if named.TypeParams().Len() == 0 {
		return []*types.Interface{named.Underlying().(*types.Interface)}
	}
	var found []*types.Interface
	for _, src := range sources {
		for _, instance := range src.info.Instances {
			if n, ok := instance.Type.(*types.Named); ok && n.Origin() == named {
				found = append(found, n.Underlying().(*types.Interface))
			}
		}
	}
	return found
}

// concretes returns pointers to the named types that src declares, which have the
// methods of the types as well.
func concretes(src source) []types.Type {
	var found []types.Type
	for _, obj := range src.info.Defs {
		name, ok := obj.(*types.TypeName)
		if !ok || name.IsAlias() {
			continue
		}
		if _, param := name.Type().(*types.TypeParam); !param && !types.IsInterface(name.Type()) {
			found = append(found, types.NewPointer(name.Type()))
		}
	}
	return found
}

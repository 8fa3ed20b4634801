package rename

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/refactor/satisfy"
)

// renames reports whether the identifier gets a new name.
func (r *renamer) renames(p *packages.Package, file *ast.File, id *ast.Ident) bool {
	if id == file.Name {
		return id.Name != "main"
	}
	obj, defined := p.TypesInfo.Defs[id]
	if obj == nil {
		obj = p.TypesInfo.Uses[id]
	}
	if obj == nil {
		return defined // the variable of a type switch, which each case declares anew
	}
	return r.renamesObject(obj)
}

func (r *renamer) renamesObject(obj types.Object) bool {
	if obj.Pkg() == nil || !r.inside(obj.Pkg().Path()) {
		return false
	}
	switch obj := obj.(type) {
	case *types.PkgName:
		return r.inside(obj.Imported().Path()) || obj.Name() != obj.Imported().Name()
	case *types.Func:
		if obj.Signature().Recv() != nil {
			return !r.kept[obj.Name()]
		}
		return obj.Name() != "main" && obj.Name() != "init"
	case *types.Var:
		if obj.Embedded() {
			name := embedded(obj.Type())
			return name == nil || r.renamesObject(name)
		}
	}
	return true
}

// embedded returns the type name that an embedded field of type t is called by.
func embedded(t types.Type) types.Object {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	switch t := t.(type) {
	case *types.Alias:
		return t.Obj()
	case *types.Named:
		return t.Obj()
	case *types.Basic:
		return types.Universe.Lookup(t.Name())
	}
	return nil
}

// keptMethods returns the names of methods that code outside of the module calls:
// where the module hands it a value as an interface, and what fmt looks for in any
// value.
func keptMethods(pkgs []*packages.Package, module string) map[string]bool {
	kept := map[string]bool{"String": true, "Error": true}
	for _, p := range pkgs {
		var finder satisfy.Finder
		finder.Find(p.TypesInfo, p.Syntax)
		for constraint := range finder.Result {
			iface, ok := constraint.LHS.Underlying().(*types.Interface)
			if !ok {
				continue
			}
			for m := range iface.Methods() {
				if m.Pkg() == nil || m.Pkg().Path() != module && !strings.HasPrefix(m.Pkg().Path(), module+"/") {
					kept[m.Name()] = true
				}
			}
		}
	}
	return kept
}

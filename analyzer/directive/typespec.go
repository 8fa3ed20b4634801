package directive

import (
	"go/ast"
	"go/types"

	"github.com/fencelint/fencelint/analyzer/model"
)

// typeSpec claims the directives of a type, of its fields and of its methods.
func (s *scanner) typeSpec(spec *ast.TypeSpec, doc *ast.CommentGroup) {
	tn, ok := s.info.Defs[spec.Name].(*types.TypeName)
	if !ok {
		return
	}
	groups := []*ast.CommentGroup{doc, spec.Doc, spec.Comment}
	named, ok := tn.Type().(*types.Named)
	if spec.Assign.IsValid() || !ok {
		s.claim(groups, owner{noun: "an alias", refuse: "an alias is the type that it names: describe that one"})
		return
	}
	o := owner{noun: "a type", typ: model.TypeName(named), gfp: named}
	if sig, ok := named.Underlying().(*types.Signature); ok {
		o = owner{noun: "a func type", sig: sig, contract: model.TypeName(named)}
	}
	s.claim(groups, o)
	switch t := ast.Unparen(spec.Type).(type) {
	case *ast.StructType:
		for _, field := range t.Fields.List {
			s.field(named, field)
		}
	case *ast.InterfaceType:
		for _, method := range t.Methods.List {
			s.method(method)
		}
	}
}

func (s *scanner) field(named *types.Named, field *ast.Field) {
	groups := []*ast.CommentGroup{field.Doc, field.Comment}
	if len(field.Names) == 0 {
		s.claim(groups, owner{noun: "an embedded field", refuse: "an embedded field has no name of its own: describe its type, or name the field"})
		return
	}
	var owners []owner
	for _, name := range field.Names {
		v, ok := s.info.Defs[name].(*types.Var)
		if !ok {
			continue
		}
		o := owner{noun: "a field", typ: model.FieldName(named, v)}
		if sig, ok := v.Type().Underlying().(*types.Signature); ok {
			o.noun, o.sig, o.contract = "a func-typed field", sig, o.typ
		}
		if name.Name == "_" {
			o.refuse = "a blank field cannot be used"
		}
		owners = append(owners, o)
	}
	s.claim(groups, owners...)
}

func (s *scanner) method(method *ast.Field) {
	groups := []*ast.CommentGroup{method.Doc, method.Comment}
	if len(method.Names) == 0 {
		s.claim(groups, owner{noun: "an embedded interface", refuse: "an embedded interface or type term has no name of its own: describe the methods where they are declared"})
		return
	}
	for _, name := range method.Names {
		if fn, ok := s.info.Defs[name].(*types.Func); ok {
			s.claim(groups, owner{noun: "an interface method", sig: fn.Signature(), contract: model.FuncName(fn), iface: true})
		}
	}
}

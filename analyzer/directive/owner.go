package directive

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"github.com/fencelint/fencelint/analyzer/directive/clause"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/internal/spell"
)

// owner is what a directive describes.
type owner struct {
	noun     string           // what it is, for messages
	sig      *types.Signature // nil if a contract makes no sense
	contract string           // key of the contract
	iface    bool             // the contract is of an interface method
	typ      string           // key of the type, field or variable; "" if none of these
	gfp      types.Type       // the type whose constants gfp may name; nil on a field or variable
	refuse   string           // why it can carry no directive at all
}

func (s *scanner) apply(o owner, l *line) {
	word := l.clause.Word
	switch {
	case word.Text == "ignore":
		s.problem(l.pos, fmt.Sprintf("misplaced ignore: it covers a statement or a function, not %s", o.noun))
	case word.Text == "":
		s.problem(l.pos, "a directive without a word")
	case !l.clause.IsFunc() && !l.clause.IsType():
		s.problem(l.at(word.Offset), unknownWord(word.Text))
	case o.refuse != "":
		s.problem(l.pos, fmt.Sprintf("misplaced %s: %s", word.Text, o.refuse))
	case l.clause.IsFunc() && o.sig == nil:
		s.problem(l.pos, fmt.Sprintf("misplaced %s: it describes a function, method, interface method, func-typed field or named func type, not %s", word.Text, o.noun))
	case l.clause.IsType() && o.typ == "":
		s.problem(l.pos, fmt.Sprintf("misplaced %s: it describes a type, field or variable, not %s", word.Text, o.noun))
	case l.clause.IsFunc():
		s.addContract(o, l)
	case word.Text == "gfp" && o.gfp == nil:
		s.problem(l.pos, fmt.Sprintf("misplaced gfp: it describes a type, not %s", o.noun))
	default:
		s.addType(o, l)
	}
}

func unknownWord(word string) string {
	all := append(append(clause.FuncWords(), clause.TypeWords()...), "ignore")
	return fmt.Sprintf("unknown directive %q%s", word, spell.DidYouMean(word, all))
}

func (s *scanner) addContract(o owner, l *line) {
	c := s.contracts[o.contract]
	if c == nil {
		c = &model.Contract{Name: o.contract, Interface: o.iface, Pos: s.pos(l.pos)}
	}
	if err := l.clause.AddFunc(c, resolver(o.sig, s.pkg, runs(l.clause)), s.pos(l.pos)); err != nil {
		s.problem(l.at(err.Offset), err.Message)
		return
	}
	s.contracts[o.contract] = c
}

func (s *scanner) addType(o owner, l *line) {
	t := s.types[o.typ]
	if t == nil {
		t = &model.Type{Name: o.typ, Pos: s.pos(l.pos)}
	}
	if err := l.clause.AddType(t, s.bits(o.gfp)); err != nil {
		s.problem(l.at(err.Offset), err.Message)
		return
	}
	s.types[o.typ] = t
}

// bits resolves the constants that a gfp directive on typ names.
func (s *scanner) bits(typ types.Type) clause.Bits {
	return func(name string) (uint64, error) { return bit(s.pkg, typ, name) }
}

// decl claims the directives of a package-level declaration.
func (s *scanner) decl(decl ast.Decl) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		fn, ok := s.info.Defs[d.Name].(*types.Func)
		if !ok {
			return
		}
		noun := "a function"
		if d.Recv != nil {
			noun = "a method"
		}
		s.claim([]*ast.CommentGroup{d.Doc}, owner{noun: noun, sig: fn.Signature(), contract: model.FuncName(fn)})
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			// The parser hangs the comment of a declaration without parentheses on the
			// declaration and not on its one spec.
			var doc *ast.CommentGroup
			if !d.Lparen.IsValid() {
				doc = d.Doc
			}
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				s.typeSpec(spec, doc)
			case *ast.ValueSpec:
				s.valueSpec(d.Tok, spec, doc)
			}
		}
	}
}

func (s *scanner) valueSpec(tok token.Token, spec *ast.ValueSpec, doc *ast.CommentGroup) {
	groups := []*ast.CommentGroup{doc, spec.Doc, spec.Comment}
	if tok != token.VAR {
		s.claim(groups, owner{noun: "a constant"})
		return
	}
	var owners []owner
	for _, name := range spec.Names {
		if v, ok := s.info.Defs[name].(*types.Var); ok {
			owners = append(owners, owner{noun: "a variable", typ: model.VarName(v)})
		}
	}
	s.claim(groups, owners...)
}

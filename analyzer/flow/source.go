package flow

import (
	"go/ast"
	"go/parser"
	"go/token"

	"github.com/fencelint/fencelint/analyzer/model"
	"golang.org/x/tools/go/ssa"
)

// Source finds where instructions stand, as summaries say it.
type Source struct {
	fset  *token.FileSet
	known map[*ssa.Function]*syntax
	files map[*token.File]*ast.File // nil where functions have their syntax
}

// NewSource returns the source of a program's functions.
func NewSource(fset *token.FileSet) *Source {
	return &Source{fset: fset, known: map[*ssa.Function]*syntax{}}
}

// Reread returns the source of functions that have their syntax no more: the files that are
// asked for are read again.
func Reread(fset *token.FileSet) *Source {
	s := NewSource(fset)
	s.files = map[*token.File]*ast.File{}
	return s
}

// At returns the position and one line of source of an instruction.
func (s *Source) At(instr ssa.Instruction) (model.Pos, string) {
	read := s.syntax(instr.Parent())
	pos, text := instr.Pos(), ""
	if call, ok := instr.(ssa.CallInstruction); ok {
		pos = sourceOf(call.Common())
		text = callText(call.Common())
	}
	if ret, ok := instr.(*ssa.Return); ok && !ret.Pos().IsValid() && ret.Parent().Syntax() != nil {
		pos, text = ret.Parent().Syntax().End()-1, "return"
	}
	if found := read.text(pos); found != "" {
		text = found
	}
	return position(s.fset, read.start(pos)), text
}

// Allocation is the name of the class of what an instruction makes.
func (s *Source) Allocation(made ssa.Instruction) string {
	name := s.syntax(made.Parent()).called(made.Pos())
	if alloc, ok := made.(*ssa.Alloc); ok && name == "" {
		name = alloc.Comment
	}
	if name == "" {
		name = "chan"
	}
	return functionName(made.Parent()) + ":" + name
}

func (s *Source) syntax(fn *ssa.Function) *syntax {
	read := s.known[fn]
	if read == nil {
		read = syntaxOf(s.root(fn))
		s.known[fn] = read
	}
	return read
}

// root returns the syntax of a function.
func (s *Source) root(fn *ssa.Function) ast.Node {
	root := fn.Syntax()
	if s.files == nil || root == nil {
		return root
	}
	file := s.fset.File(root.Pos())
	if file == nil {
		return root
	}
	read, known := s.files[file]
	if !known {
		read = reread(file)
		s.files[file] = read
	}
	if read == nil {
		return root
	}
	ast.Inspect(read, func(node ast.Node) bool {
		if node == nil || node.End() <= root.Pos() || root.Pos() < node.Pos() {
			return false
		}
		switch node.(type) {
		case *ast.FuncDecl, *ast.FuncLit, *ast.RangeStmt:
			if node.Pos() == root.Pos() {
				root = node
				return false
			}
		}
		return true
	})
	return root
}

// reread parses a file anew, with the positions that it had; nil where that is not
// possible.
func reread(file *token.File) *ast.File {
	fset := token.NewFileSet()
	if file.Base() > 1 {
		fset.AddFile("", 1, file.Base()-2)
	}
	read, err := parser.ParseFile(fset, file.Name(), nil, parser.SkipObjectResolution)
	if err != nil || int(read.FileEnd) != file.Base()+file.Size() {
		return nil
	}
	return read
}

package flow

import (
	"go/token"

	"github.com/fencelint/fencelint/analyzer/model"
	"golang.org/x/tools/go/ssa"
)

// Source finds where instructions stand, as summaries say it.
type Source struct {
	fset  *token.FileSet
	known map[*ssa.Function]*syntax
}

// NewSource returns the source of a program's functions.
func NewSource(fset *token.FileSet) *Source {
	return &Source{fset: fset, known: map[*ssa.Function]*syntax{}}
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
	name := s.syntax(made.Parent()).names[made.Pos()]
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
		read = readSyntax(fn)
		s.known[fn] = read
	}
	return read
}

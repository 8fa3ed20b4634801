// Package directive reads //fencelint: comments: it finds what each describes, and
// says what is wrong with those that describe nothing or make no sense.
//
// The grammar of one directive is in the subpackage clause, which model files share.
package directive

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/fencelint/fencelint/analyzer/model"
)

// Problem is a directive that is wrong: a bad-directive finding.
type Problem struct {
	Pos     model.Pos
	Package string // import path of the code, or the name of the model file
	Message string
}

// Scan reads the directives of a package. What is wrong with them comes back as
// problems, in the order of their positions; a wrong directive has no other effect.
// What needs the directives of other packages to be judged is left to [Check].
func Scan(fset *token.FileSet, files []*ast.File, pkg *types.Package, info *types.Info) (*model.Package, []Ignore, []Problem) {
	s := &scanner{
		fset:      fset,
		pkg:       pkg,
		info:      info,
		contracts: map[string]*model.Contract{},
		types:     map[string]*model.Type{},
	}
	for _, file := range files {
		s.file(file)
	}
	return s.result()
}

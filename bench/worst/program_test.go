package main

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"testing"
)

// TestPrograms builds small ones of each: a program that does not compile measures
// nothing.
func TestPrograms(t *testing.T) {
	for _, p := range programs() {
		t.Run(p.name, func(t *testing.T) {
			small, large := functions(t, p.source(5)), functions(t, p.source(10))
			if large-small < 4 {
				t.Errorf("%d functions of size 5, %d of size 10", small, large)
			}
		})
	}
}

// functions returns how many functions a program has.
func functions(t *testing.T, source string) int {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "main.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	config := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	if _, err := config.Check("worst", fset, []*ast.File{file}, nil); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, d := range file.Decls {
		if _, ok := d.(*ast.FuncDecl); ok {
			n++
		}
	}
	return n
}

func TestChosen(t *testing.T) {
	list, err := chosen([]string{"wide", "chain"})
	if err != nil || len(list) != 2 || !slices.ContainsFunc(list, func(p program) bool { return p.name == "wide" }) {
		t.Errorf("got %v, error %v", list, err)
	}
	if _, err := chosen([]string{"none"}); err == nil {
		t.Error("a program that is not there is no error")
	}
}

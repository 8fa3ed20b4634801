package analyzer

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

func TestEmptyTables(t *testing.T) {
	filled := func(with string, n int) string { return strings.Repeat(with+", ", n) }
	numbers := func(n int) string { return filled("1", n) }
	src := fmt.Sprintf(`package p

func f() {}

var (
	long  = [...]int{%s}
	slice = []string{%s}
	short = [...]int{%s}
	funcs = [...]func(){%s}
	flags = [...]bool{%s}
	n     = 5
)
`, numbers(tableLength), filled(`"a"`, tableLength), numbers(tableLength-1), filled("f", tableLength), filled("true", tableLength))

	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, _, err := ssautil.BuildPackage(&types.Config{}, fset, types.NewPackage("p", "p"), []*ast.File{file}, ssa.SanityCheckFunctions)
	if err != nil {
		t.Fatal(err)
	}
	emptyTables(pkg)

	stores := make(map[string]int)
	uses := 0
	for _, block := range pkg.Func("init").Blocks {
		for _, instr := range block.Instrs {
			if store, ok := instr.(*ssa.Store); ok {
				stores[store.Val.Type().String()]++
			}
			if alloc, ok := instr.(*ssa.Alloc); ok {
				uses += len(*alloc.Referrers())
			}
		}
	}
	// Numbers and strings of tables are gone, with their addresses.
	for typ, want := range map[string]int{"int": tableLength - 1 + 1, "string": 0, "func()": tableLength, "bool": tableLength + 1} {
		if stores[typ] != want {
			t.Errorf("%d stores of type %s are left, want %d", stores[typ], typ, want)
		}
	}
	if want := tableLength*3 - 1 + 5; uses != want {
		t.Errorf("tables are used %d times, want %d: for each element that is left, and to be put into each variable", uses, want)
	}
}

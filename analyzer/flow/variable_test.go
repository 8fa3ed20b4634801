package flow

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

// A literal may ask for a variable of the function around it, which has more blocks.
func TestLastSetAround(t *testing.T) {
	const source = `package p

func around(n int, a, b *int) {
	p := a
	if n > 0 {
		println()
	}
	p = b
	if n > 1 {
		println()
	}
	use(*p)
	func() { println(p) }()
}

func use(int) {}
`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, _, err := ssautil.BuildPackage(&types.Config{Importer: importer.Default()}, fset, types.NewPackage("p", "p"), []*ast.File{file}, 0)
	if err != nil {
		t.Fatal(err)
	}
	around := pkg.Func("around")
	a := &analysis{Outline: &Outline{fn: around.AnonFuncs[0], alone: map[*ssa.Alloc]bool{}, setAt: map[variableAt]ssa.Value{}}}
	asked := 0
	for _, block := range around.Blocks {
		for _, instr := range block.Instrs {
			load, ok := instr.(*ssa.UnOp)
			if !ok {
				continue
			}
			if p, ok := load.X.(*ssa.Alloc); ok {
				asked++
				if got := a.lastSet(p, load); got != around.Params[2] {
					t.Errorf("%s was last set to %v, want b", p.Comment, got)
				}
			}
		}
	}
	if asked == 0 {
		t.Error("no load of a variable")
	}
}

package flow

import (
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/internal/onefile"
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
	pkg, _ := onefile.Build(t, "p", source)
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

package analyzer

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/callee"
	"github.com/fencelint/fencelint/analyzer/flow"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/internal/onefile"
)

// TestFault makes the analysis of one function fail: that function is unknown, not
// harmless, the others are analysed, and a sentence says so.
func TestFault(t *testing.T) {
	pkg, info := onefile.Build(t, "p", `package p
func good() {}
func bad(f func()) { f() }
`)
	prog, funcs := pkg.Prog, callee.Functions(pkg, info)
	e := &engine{
		known:    flow.NewKeys(),
		fset:     prog.Fset,
		model:    model.NewSet(),
		callees:  callee.Package(prog, funcs, nil),
		imported: func(string) *summary.Summary { return nil },
	}
	bad := funcs[slices.IndexFunc(funcs, func(fn *ssa.Function) bool { return fn.Name() == "bad" })]
	bad.Blocks[0].Instrs[0] = new(ssa.Call) // of nothing
	defer func() {
		if fault := recover(); fault != nil {
			t.Errorf("the fault was not contained: %v", fault)
		}
	}()
	e.expect(funcs)
	e.summarise(funcs)
	if s := e.own["p.bad"]; s == nil || s.Unknown == "" {
		t.Errorf("bad is not unknown: %+v", s)
	}
	if s := e.own["p.good"]; s == nil || s.Unknown != "" {
		t.Errorf("good is unknown: %+v", s)
	}
	if len(e.failures) != 1 || !strings.HasPrefix(e.failures[0], "p.go:3:6: p.bad could not be analysed: internal error: ") {
		t.Errorf("failures: %q", e.failures)
	}
}

// newer is an instruction that fencelint does not know.
type newer struct{ *ssa.Jump }

// TestNewInstruction puts an instruction into two functions that no version of the library
// has yet: it counts as unresolved, once, by its name, and what else the functions do is
// seen.
func TestNewInstruction(t *testing.T) {
	pkg, info := onefile.Build(t, "p", `package p
func one(c chan int) { c <- 1; c <- 2 }
func two(c chan int) { c <- 1 }
`)
	prog, funcs := pkg.Prog, callee.Functions(pkg, info)
	e := &engine{
		fset:     prog.Fset,
		model:    model.NewSet(),
		callees:  callee.Package(prog, funcs, nil),
		imported: func(string) *summary.Summary { return nil },
	}
	for _, fn := range funcs {
		if len(fn.Blocks) > 0 && fn.Name() != "init" {
			block := fn.Blocks[0]
			block.Instrs = slices.Concat([]ssa.Instruction{newer{new(ssa.Jump)}, newer{new(ssa.Jump)}}, block.Instrs)
		}
	}
	e.expect(funcs)
	e.summarise(funcs)
	if len(e.failures) > 0 {
		t.Errorf("failures: %q", e.failures)
	}
	for key, ops := range map[string]int{"p.one": 2, "p.two": 1} {
		if s := e.own[key]; len(s.Ops) != ops || len(s.Calls) != 1 {
			t.Errorf("%s: %d operations, %d calls, want %d and one for the instruction", key, len(s.Ops), len(s.Calls), ops)
		}
	}
	got := unresolved(e)
	if len(got) != 1 || got[0].Kind != "instruction analyzer.newer" || got[0].Calls != 1 || got[0].Sites[0].Line != 2 {
		t.Errorf("unresolved: %v", got)
	}
}

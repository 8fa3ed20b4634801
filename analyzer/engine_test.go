package analyzer

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/callee"
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
		fset:     prog.Fset,
		model:    model.NewSet(),
		callees:  callee.Package(prog, funcs),
		imported: func(string) *summary.Summary { return nil },
	}
	bad := funcs[slices.IndexFunc(funcs, func(fn *ssa.Function) bool { return fn.Name() == "bad" })]
	bad.Blocks[0].Instrs[0] = new(ssa.Call) // of nothing
	defer func() {
		if fault := recover(); fault != nil {
			t.Errorf("the fault was not contained: %v", fault)
		}
	}()
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

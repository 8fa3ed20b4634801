package callee_test

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/callee"
	"github.com/fencelint/fencelint/internal/onefile"
)

// build returns the functions of a package.
func build(t *testing.T, source string) (*ssa.Program, []*ssa.Function) {
	t.Helper()
	pkg, info := onefile.Build(t, "p", source)
	return pkg.Prog, callee.Functions(pkg, info)
}

const header = `package p
type I interface{ M() }
type i interface{ m() }
type A struct{ f func(); F func() }
func (A) M() {}
func (A) m() {}
type B struct{}
func (*B) M() {}
func a() {}
func b() {}
`

// TestCallees compares the targets of the dynamic calls of function f.
func TestCallees(t *testing.T) {
	tests := map[string]struct {
		source  string
		whole   string
		modular string
	}{
		"interface": {
			"func f() { for _, x := range []I{A{}, &B{}} { x.M() } }",
			"[]; [(*p.B).M (p.A).M]", "[]; [(*p.B).M (p.A).M] interface", // the first is len
		},
		"interface that nobody else can implement": {
			"func f() { var x i = A{}; x.m() }",
			"[(p.A).m]", "[(p.A).m]",
		},
		"interface from outside": {
			"func f(x I) { x.M() }",
			"[] interface", "[] interface",
		},
		"field that nobody else can set": {
			"var x = A{f: a}\nfunc f() { x.f() }",
			"[p.a]", "[p.a]",
		},
		"field that anybody can set": {
			"var x = A{F: a}\nfunc f() { x.F() }",
			"[p.a]", "[p.a] func value",
		},
		"literal": {
			"var x A\nfunc g() { x.f = func() {} }\nfunc f() { x.f() }",
			"[p.g$1]", "[p.g$1]",
		},
		"method value": {
			"var x A\nfunc g(y *B) { x.f = y.M }\nfunc f() { x.f() }",
			"[(*p.B).M$bound]", "[(*p.B).M$bound]",
		},
		"unknown value": {
			"var X func()\nfunc f() { X() }",
			"[] func value", "[] func value",
		},
		"generic body": {
			"func f[T I](x T) { x.M() }\nfunc g() { f(A{}); f(&B{}) }",
			"[(*p.B).M (p.A).M]", "[(*p.B).M (p.A).M] interface",
		},
		"generic body with a literal": {
			"func f[T I](x T) { func() { x.M() }() }\nfunc g() { f(A{}) }",
			"[(p.A).M]", "[(p.A).M] interface",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			prog, funcs := build(t, header+test.source)
			if got := dynamic(callee.Whole(prog, callee.All(prog, funcs), nil), funcs); got != test.whole {
				t.Errorf("whole program: got %s, want %s", got, test.whole)
			}
			if got := dynamic(callee.Package(prog, funcs, nil), funcs); got != test.modular {
				t.Errorf("package: got %s, want %s", got, test.modular)
			}
		})
	}
}

// dynamic resolves the dynamic calls of f and its literals.
func dynamic(g *callee.Graph, funcs []*ssa.Function) string {
	var out []string
	for _, fn := range funcs {
		if name, _, _ := strings.Cut(fn.Name(), "$"); name != "f" {
			continue
		}
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok && call.Common().StaticCallee() == nil {
					targets, unresolved := g.Callees(call)
					out = append(out, strings.TrimSpace(fmt.Sprint(targets, " ", unresolved)))
				}
			}
		}
	}
	return strings.Join(out, "; ")
}

func TestFunctions(t *testing.T) {
	_, funcs := build(t, `package p
var v = func() int { return 1 }()
func init() {}
func init() {}
type T[K any] struct{}
func (T[K]) M() { _ = func() {} }
type I interface{ N() }
type local struct{}
func (*local) unused() {}
func main() { T[int]{}.M() }
`)
	var got []string
	for _, fn := range funcs {
		got = append(got, fn.String())
	}
	want := []string{
		"p.init", "p.init$1", "p.init#1", "p.init#2", "(p.T[K]).M", "(p.T[K]).M$1", "(*p.local).unused", "p.main",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestFanout has a call that may reach as many functions as are listed, and one that may reach
// one more.
func TestFanout(t *testing.T) {
	for _, n := range []int{256, 257} {
		var b strings.Builder
		b.WriteString("package p\ntype i interface{ m() }\nfunc f() {\n\tfor _, x := range [...]i{")
		for k := range n {
			fmt.Fprintf(&b, "t%d{}, ", k)
		}
		b.WriteString("} { x.m() }\n}\n")
		for k := range n {
			fmt.Fprintf(&b, "type t%d struct{}\nfunc (t%d) m() {}\n", k, k)
		}
		prog, funcs := build(t, b.String())
		g := callee.Whole(prog, callee.All(prog, funcs), nil)
		seen := 0
		for call := range calls(funcs) {
			fns, why := g.Callees(call)
			switch {
			case n == 256 && (len(fns) != n || why != ""):
				t.Errorf("of %d functions %d are listed, %q", n, len(fns), why)
			case n == 257 && (len(fns) > 0 || why != "too many targets"):
				t.Errorf("of %d functions %d are listed, %q", n, len(fns), why)
			}
			seen++
		}
		if seen != 1 {
			t.Errorf("%d calls of a method", seen)
		}
	}
}

// calls iterates over the calls of interface methods in functions.
func calls(funcs []*ssa.Function) iter.Seq[ssa.CallInstruction] {
	return func(yield func(ssa.CallInstruction) bool) {
		for _, fn := range funcs {
			for _, block := range fn.Blocks {
				for _, instr := range block.Instrs {
					if call, ok := instr.(ssa.CallInstruction); ok && call.Common().IsInvoke() && !yield(call) {
						return
					}
				}
			}
		}
	}
}

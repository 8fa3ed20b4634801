package callee_test

import (
	"fmt"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/callee"
)

// TestBehind compares what runs behind the first thing that function f calls: what it reaches,
// and, in brackets, what that is given its receiver from.
func TestBehind(t *testing.T) {
	tests := map[string]struct{ source, want string }{
		"method value":      {"func f(x I) { v := x.M; v() }\nfunc g() { f(A{}); f(&B{}) }", "(*p.B).M direct, (p.A).M direct"},
		"method expression": {"func f(x I) { I.M(x) }\nfunc g() { f(A{}) }", "(p.A).M direct"},
		"embedded":          {"type E struct{ I }\nfunc f(x I) { x.M() }\nfunc g() { f(E{A{}}) }", "(p.A).M"},
		"embedded in what is embedded": {
			"type E struct{ I }\ntype D struct{ *E }\nfunc f(x interface{ I; d() }) { x.M() }\nfunc (D) d() {}\nfunc g() { f(D{&E{E{A{}}}}) }",
			"(p.A).M",
		},
		"embedded in itself": {"type E struct{ I }\nfunc f(x I) { x.M() }\nfunc g() { e := &E{}; e.I = e; f(e) }", ""},
		"nobody's":           {"func f(x I) { v := x.M; v() }", " interface"},
		"no wrapper":         {"func f(x I) { x.M() }\nfunc g() { f(A{}) }", "none"},
		"method of a struct": {"func f() { v := A{}.M; v() }", "none"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			prog, funcs := build(t, header+test.source)
			g := callee.Whole(prog, callee.All(prog, funcs), nil)
			for _, fn := range funcs {
				if fn.Name() == "f" {
					if got := behind(g, called(g, fn)); got != test.want {
						t.Errorf("got %q, want %q", got, test.want)
					}
				}
			}
		})
	}
}

// called returns the function that the first call of fn reaches.
func called(g *callee.Graph, fn *ssa.Function) *ssa.Function {
	for _, instr := range fn.Blocks[0].Instrs {
		if call, ok := instr.(ssa.CallInstruction); ok {
			if to := call.Common().StaticCallee(); to != nil {
				return to
			}
			if fns, _ := g.Callees(call); len(fns) > 0 {
				return fns[0]
			}
		}
	}
	return nil
}

func behind(g *callee.Graph, wrapper *ssa.Function) string {
	reached, unresolved, ok := g.Behind(wrapper)
	if !ok {
		return "none"
	}
	var out []string
	for _, r := range reached {
		text := r.Func.String()
		if r.Direct {
			text += " direct"
		}
		out = append(out, text)
	}
	if unresolved != "" {
		unresolved = " " + unresolved
	}
	return strings.Join(out, ", ") + unresolved
}

// TestHanded compares what the argument of the first call of function f may be: its functions,
// and its methods M.
func TestHanded(t *testing.T) {
	const more = `
func use(func()) {}
func method(I) {}
type F func()
func (f F) M() { f() }
var field A
func g() { field.f = a }
`
	tests := map[string]struct{ source, whole, modular string }{
		"field":          {"func f() { use(field.f) }", "[p.a] []", "[p.a] []"},
		"exported field": {"func h() { field.F = b }\nfunc f() { use(field.F) }", "[p.b] []", "[p.b] func value []"},
		"map":            {"var m = map[int]func(){1: a, 2: b}\nfunc f() { use(m[1]) }", "[p.a p.b] []", "[p.a p.b] func value []"},
		"nothing":        {"func f(v func()) { use(v) }", "[] func value []", "[] func value []"},
		"other types":    {"func h(any) { h(func(int) {}) }\nfunc f() { use(field.f) }", "[p.a] []", "[p.a] []"},
		"interface":      {"func some() I { if field.F == nil { return A{} }; return F(b) }\nfunc f() { method(some()) }", "[p.b] [(p.A).M (p.F).M]", "[p.b] [(p.A).M (p.F).M] interface"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			prog, funcs := build(t, header+more+test.source)
			var asked ssa.Value
			for _, fn := range funcs {
				if fn.Name() == "f" {
					asked = argument(fn)
				}
			}
			whole := callee.Whole(prog, callee.All(prog, funcs), []ssa.Value{asked})
			if got := handed(whole, prog, asked); got != test.whole {
				t.Errorf("whole program: got %s, want %s", got, test.whole)
			}
			if got := handed(callee.Package(prog, funcs, []ssa.Value{asked}), prog, asked); got != test.modular {
				t.Errorf("package: got %s, want %s", got, test.modular)
			}
		})
	}
}

// argument returns the argument of the last call of a function.
func argument(fn *ssa.Function) (arg ssa.Value) {
	for _, instr := range fn.Blocks[0].Instrs {
		if call, ok := instr.(ssa.CallInstruction); ok && len(call.Common().Args) == 1 {
			arg = call.Common().Args[0]
		}
	}
	return arg
}

func handed(g *callee.Graph, prog *ssa.Program, v ssa.Value) string {
	fns, unresolved := g.Values(v, types.NewSignatureType(nil, nil, nil, nil, nil, false))
	out := strings.TrimSpace(fmt.Sprint(fns, " ", unresolved))
	if !types.IsInterface(v.Type()) {
		return out + " []"
	}
	method, _, _ := types.LookupFieldOrMethod(v.Type(), false, nil, "M")
	fns, unresolved = g.Methods(v, method.(*types.Func))
	return strings.TrimSpace(strings.TrimSuffix(out, " func value") + " " + fmt.Sprint(fns, " ", unresolved))
}

package vta_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"golang.org/x/tools/go/callgraph"
	reference "golang.org/x/tools/go/callgraph/vta"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/fencelint/fencelint/analyzer/callee"
	"github.com/fencelint/fencelint/analyzer/vta"
	"github.com/fencelint/fencelint/internal/onefile"
)

// load returns the functions of packages and all that they import, declared and otherwise, of
// generic ones too.
func load(t testing.TB, patterns ...string) map[*ssa.Function]bool {
	t.Helper()
	loaded, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	prog, _ := ssautil.AllPackages(loaded, ssa.InstantiateGenerics)
	prog.Build()
	var declared []*ssa.Function
	packages.Visit(loaded, nil, func(p *packages.Package) {
		if pkg := prog.Package(p.Types); pkg != nil {
			declared = append(declared, callee.Functions(pkg, p.TypesInfo)...)
		}
	})
	return callee.All(prog, declared)
}

// spelled returns a line for each dynamic call that reaches anything.
func spelled(calls vta.Calls) []string {
	var lines []string
	for site, fns := range calls {
		names := make([]string, 0, len(fns))
		for _, fn := range fns {
			names = append(names, fn.String())
		}
		slices.Sort(names)
		at := site.Parent().Prog.Fset.Position(site.Pos())
		lines = append(lines, fmt.Sprintf("%s in %s: %s reaches %q", at, site.Parent(), site, names))
	}
	slices.Sort(lines)
	return lines
}

// dynamic returns the dynamic calls of a call graph.
func dynamic(graph *callgraph.Graph) vta.Calls {
	calls := make(vta.Calls)
	for _, node := range graph.Nodes {
		for _, e := range node.Out {
			if e.Site.Common().StaticCallee() == nil {
				calls[e.Site] = append(calls[e.Site], e.Callee.Func)
			}
		}
	}
	return calls
}

// TestReference compares what calls reach to what x/tools says, which does the same by way of an
// edge for each pair of a call and a callee.
func TestReference(t *testing.T) {
	tests := map[string][]string{
		"corpora": {
			"../../testdata/ordinary/...", "../../testdata/domain/...",
			"../../testdata/lang/...", "../../testdata/kern/...",
		},
		"interfaces, tables of functions and iterators": {"net/http"},
	}
	for name, patterns := range tests {
		t.Run(name, func(t *testing.T) {
			funcs := load(t, patterns...)
			var graph *callgraph.Graph
			for rounds := 1; rounds <= 2; rounds++ {
				graph = reference.CallGraph(funcs, graph)
				calls, _ := vta.Resolve(funcs, rounds, nil)
				got, want := spelled(calls), spelled(dynamic(graph))
				if len(want) < 300 {
					t.Errorf("only %d dynamic calls reach anything", len(want))
				}
				for _, line := range difference(got, want) {
					t.Errorf("%d rounds: got  %s", rounds, line)
				}
				for _, line := range difference(want, got) {
					t.Errorf("%d rounds: want %s", rounds, line)
				}
			}
		})
	}
}

// TestParametrised compares what calls reach in types that have parameters, and promote methods.
func TestParametrised(t *testing.T) {
	pkg, info := onefile.Build(t, "p", `package p
type W interface{ M() }
type A struct{}
func (A) M() {}
type G[T W] struct { W; t T }
func (g *G[T]) N() { call(g); call(g.W); call(g.t); call(T2[T]{g}) }
type T2[T W] struct{ *G[T] }
type E[K any] struct { A; k []K }
func (e E[K]) self() W { return e }
type H[T any] struct { n int; t T }
func (h *H[T]) M() { h.n++ }
func use[T any](h *H[T]) { h.M(); call(h) }
func call(w W) { w.M() }
func f() {
	use(&H[int]{})
	g := &G[A]{W: A{}}
	g.N()
	call(E[int]{}.self())
	call(T2[A]{g})
}
`)
	funcs := callee.All(pkg.Prog, callee.Functions(pkg, info))
	var graph *callgraph.Graph
	for rounds := 1; rounds <= 2; rounds++ {
		graph = reference.CallGraph(funcs, graph)
		calls, _ := vta.Resolve(funcs, rounds, nil)
		got, want := spelled(calls), spelled(dynamic(graph))
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%d rounds:\ngot  %q\nwant %q", rounds, got, want)
		}
	}
}

// difference returns what only the first of two sorted lists has.
func difference[T cmp.Ordered](a, b []T) []T {
	var only []T
	for _, v := range a {
		if _, found := slices.BinarySearch(b, v); !found {
			only = append(only, v)
		}
	}
	return only
}

func BenchmarkResolve(b *testing.B) {
	funcs := load(b, "net/http")
	b.Run("here", func(b *testing.B) {
		for b.Loop() {
			vta.Resolve(funcs, 2, nil)
		}
	})
	b.Run("x/tools", func(b *testing.B) {
		for b.Loop() {
			reference.CallGraph(funcs, reference.CallGraph(funcs, nil))
		}
	})
}

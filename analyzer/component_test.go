package analyzer

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/analyzer/callee"
	"github.com/fencelint/fencelint/analyzer/flow"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/internal/onefile"
)

// tangled is the source of n functions that call each other: they send and receive on what
// they are handed, call what they are handed, and hand it on.
func tangled(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("package p\n\ntype s struct{ c chan int; f func() }\n")
	for i := range n {
		fmt.Fprintf(&b, "func f%d(a, b *s, n int) {\n", i)
		for range 3 {
			switch to := r.IntN(n); r.IntN(4) {
			case 0:
				fmt.Fprintf(&b, "\tf%d(b, a, n)\n", to)
			case 1:
				fmt.Fprintf(&b, "\tif n > %d { f%d(a, a, n); return }\n", to, to)
			case 2:
				fmt.Fprintf(&b, "\ta.c <- n\n\tf%d(a, b, <-b.c)\n", to)
			case 3:
				fmt.Fprintf(&b, "\ta.f = b.f\n\tb.f()\n\tf%d(&s{}, b, n)\n", to)
			}
		}
		b.WriteString("}\n")
	}
	return b.String()
}

// TestComponentOrder makes the summaries of a large component on one processor, which looks at
// one function after another, and on several: they are the same.
func TestComponentOrder(t *testing.T) {
	pkg, info := onefile.Build(t, "p", tangled(8*few))
	summaries := func(processors int) map[string]*summary.Summary {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		funcs := callee.Functions(pkg, info)
		e := &engine{
			known:    flow.NewKeys(),
			fset:     pkg.Prog.Fset,
			source:   flow.NewSource(pkg.Prog.Fset),
			model:    model.NewSet(),
			callees:  callee.Package(pkg.Prog, funcs, nil),
			imported: func(string) *summary.Summary { return nil },
		}
		e.expect(funcs)
		e.summarise(funcs)
		if len(e.failures) > 0 {
			t.Errorf("failures: %q", e.failures)
		}
		return e.own
	}
	want := summaries(1)
	for range 3 {
		for key, got := range summaries(4) {
			if !reflect.DeepEqual(got, want[key]) {
				t.Errorf("%s is another on four processors", key)
			}
		}
	}
}

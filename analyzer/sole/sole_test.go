package sole

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

func TestFind(t *testing.T) {
	const declared = `
		type conn struct { s *state; n int }
		type state struct { n int }
		func newConn() *conn { c := &conn{}; c.s = newState(); return c }
		func newState() *state { return &state{} }
		func (c *conn) run() { c.s.n++ }
	`
	const owned = "state of conn"
	tests := []struct {
		name, body, want string
	}{
		{"who has made it starts it", `func f() { c := newConn(); go c.run() }`, "run, " + owned},
		{"in a literal", `func f() { c := newConn(); go func() { c.run() }() }`, "run, " + owned},
		{"each time another", `func f() { for range 3 { c := newConn(); go c.run() } }`, "run, " + owned},
		{"several times", `func f() { c := newConn(); for range 3 { go c.run() } }`, owned},
		{"several times in a literal", `func f() { c := newConn(); go func() { for { c.run() } }() }`, owned},
		{"twice", `func f() { c := newConn(); go c.run(); go c.run() }`, owned},
		{"somebody else has made it", `func f(c *conn) { go c.run() }`, owned},
		{"it is called as well", `func f() { c := newConn(); go c.run() }; func g(c *conn) { c.run() }`, owned},
		{"it is a value", `func f() { c := newConn(); go c.run() }; func g(c *conn) func() { return c.run }`, owned},
		{"it may be called through an interface",
			`func f() { c := newConn(); go c.run() }; type runner interface { run() }; func g(r runner) { r.run() }; func h() { g(newConn()) }`, owned},
		{"by a variable that is set again", `func f() { c := newConn(); defer func() { c = nil }(); go c.run() }`, owned},
		{"a part is in a list", `func f() { c := newConn(); go c.run() }; func g(c *conn) []*state { return []*state{c.s} }`, "run"},
		{"a part is in a variable", `func f() { c := newConn(); go c.run() }; var last *state; func g(c *conn) { last = c.s }`, "run"},
		{"a part of two", `func f() { s := newState(); a, b := &conn{s: s}, &conn{s: s}; go a.run(); go b.n0() }; func (c *conn) n0() {}`, "n0, run"},
		{"a part of several", `func f() { s := newState(); for range 3 { c := &conn{s: s}; go c.run() } }`, "run"},
		{"a part of another type", `type other struct { s *state }; func f() *other { return &other{newState()} }`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := find(t, declared+test.body)
			var got []string
			for _, key := range slices.Sorted(maps.Keys(s.Runs)) {
				got = append(got, key[strings.LastIndexByte(key, '.')+1:])
			}
			for _, name := range slices.Sorted(maps.Keys(s.Owner)) {
				got = append(got, fmt.Sprintf("%s of %s", strings.TrimPrefix(name, "p."), strings.TrimPrefix(s.Owner[name], "p.")))
			}
			if got := strings.Join(got, ", "); got != test.want {
				t.Errorf("found %q, want %q", got, test.want)
			}
		})
	}
}

func find(t *testing.T, body string) Sole {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", "package p\n"+body, 0)
	if err != nil {
		t.Fatal(err)
	}
	built, _, err := ssautil.BuildPackage(&types.Config{Importer: importer.Default()}, fset, types.NewPackage("p", "p"), []*ast.File{file}, 0)
	if err != nil {
		t.Fatal(err)
	}
	var fns []*ssa.Function
	for fn := range ssautil.AllFunctions(built.Prog) {
		if fn.Synthetic == "" {
			fns = append(fns, fn)
		}
	}
	return Find(Program{
		Funcs: fns,
		Callees: func(site ssa.CallInstruction) (all []*ssa.Function, open string) {
			common := site.Common()
			for _, fn := range fns {
				if common.IsInvoke() && fn.Signature.Recv() != nil && fn.Name() == common.Method.Name() {
					all = append(all, fn)
				}
			}
			return all, ""
		},
		Bodies: func(fn *ssa.Function) []*ssa.Function { return []*ssa.Function{fn} },
		Key: func(fn *ssa.Function) string {
			if declared, ok := fn.Object().(*types.Func); ok {
				return declared.FullName()
			}
			return fn.String()
		},
	})
}

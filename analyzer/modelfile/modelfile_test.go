package modelfile_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/analyzer/modelfile"
)

func TestParse(t *testing.T) {
	pkg, err := modelfile.Parse("x.model", strings.Join([]string{
		"# a comment",
		"",
		"(*golang.org/x/sync/semaphore.Weighted).Acquire  acquires recv",
		"\t(*p/q.Box[K, V]).Get waits recv.f bounded;  wakes arg0.q\r",
		"p.Type.field runs reclaim,notifier; calls arg1 in atomic // not this; nor this",
		"p.Asm  sleeps; trusted -- assembly; harmless",
		"type p.Weighted  pool",
		"type p.Type.mu   lock spin over=fence",
		"type p.Flags gfp reclaim=0x400 io=64",
		"p.Mode  gfp reclaim=Sleep io=8 fs=File",
		"p.Q workqueue ordered",
		"type p.Group waitgroup",
		"type p.Cond cond",
		"type.F blocks",
	}, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range pkg.Contracts {
		got = append(got, c.String())
	}
	for _, typ := range pkg.Types {
		got = append(got, typ.String())
	}
	want := []string{
		"(*golang.org/x/sync/semaphore.Weighted).Acquire  acquires recv",
		"(*p/q.Box[K, V]).Get  waits recv.f bounded; wakes arg0.q",
		"p.Asm  sleeps; trusted -- assembly; harmless",
		"p.Type.field  runs reclaim,notifier; calls arg1 in atomic",
		"type.F  blocks",
		"type p.Cond  cond",
		"type p.Flags  gfp reclaim=0x400 io=0x40",
		"type p.Group  waitgroup",
		"type p.Mode  gfp reclaim=Sleep io=0x8 fs=File",
		"type p.Q  workqueue ordered",
		"type p.Type.mu  lock spin over=fence",
		"type p.Weighted  pool",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if pkg.Path != "x.model" || pkg.Contracts[0].Pos.Line != 3 || pkg.Contracts[0].Pos.File != "x.model" {
		t.Errorf("wrong position: %+v", pkg.Contracts[0].Pos)
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct{ text, want string }{
		{"p.F wait arg0", `m:1:5: unknown directive "wait"; did you mean "waits"?`},
		{"p.F waits f", `m:1:11: waits: "f" names nothing: use recv, arg0, ret0`},
		{"p.F  sleeps; waits arg0 untill arg1", `m:1:25: waits: unexpected "untill"; did you mean "until"?`},
		{"\n\n  p.F", `m:3:3: p.F: nothing is said of it`},
		{"p.F ;", `m:1:4: p.F: a directive is missing`},
		{"p.F sleeps;", `m:1:12: p.F: a directive is missing`},
		{"p.F sleeps; // comment", `m:1:12: p.F: a directive is missing`},
		{"p.F sleeps\np.F blocks", `m:2:1: p.F is described on line 1 already; separate directives by ";"`},
		{"(*p.T).M pool", `m:1:1: "(*p.T).M" is no type: write import/path.Type, import/path.Type.Field or import/path.Var`},
		{"p.F sleeps; pool", `m:1:13: pool describes a type, and what comes before it a function: they cannot be one`},
		{"p.F enters nofs; leaves nofs", `m:1:18: enters and leaves nofs contradict each other`},
		{"p.F trusted", `m:1:5: trusted needs a reason: trusted -- REASON`},
		{"p.F ignore lock-order -- r", `m:1:5: unknown directive "ignore"`},
		{"F sleeps", `m:1:1: "F" is no full name: write import/path.Name or (*import/path.Type).Method`},
		{"p/q sleeps", `m:1:1: "p/q" is no full name: write import/path.Name or (*import/path.Type).Method`},
		{"(*p.T)Wait sleeps", `m:1:1: "(*p.T)Wait" is no full name: write (*import/path.Type).Method`},
		{"(*p.T). sleeps", `m:1:1: "(*p.T)." is no full name: write (*import/path.Type).Method`},
		{"(T).M sleeps", `m:1:1: "(T).M" is no full name: write import/path.Name or (*import/path.Type).Method`},
		{"*p.T.Wait sleeps", `m:1:1: "*p.T.Wait" is no full name: write import/path.Name or (*import/path.Type).Method`},
		{"types p.T lock", `m:1:1: "types" is no full name; did you mean "type"?`},
		{"type", `m:1:5: type: a name is missing`},
		{"type p.T", `m:1:6: p.T: nothing is said of it`},
		{"type p.T ;", `m:1:9: type p.T: a directive is missing`},
		{"type p.T lok", `m:1:10: unknown directive "lok"; did you mean "lock"?`},
		{"type p.T waitgrup", `m:1:10: unknown directive "waitgrup"; did you mean "waitgroup"?`},
		{"type p.T sleeps", `m:1:10: sleeps describes a function, not a type`},
		{"type p.T lock; fence", `m:1:16: lock and fence contradict each other: a type is one kind of thing`},
		{"type p.T gfp reclaim=3x", `m:1:14: gfp: "3x" is neither a number, like 0x400, nor the name of a constant`},
		{"type (*p.T).M lock", `m:1:6: "(*p.T).M" is no type: write import/path.Type, import/path.Type.Field or import/path.Var`},
		{"p.F wait\np.G sleeps\nH sleeps", "m:1:5: unknown directive \"wait\"; did you mean \"waits\"?\nm:3:1: \"H\" is no full name: write import/path.Name or (*import/path.Type).Method"},
	}
	for _, tt := range tests {
		pkg, err := modelfile.Parse("m", tt.text)
		if err == nil {
			t.Errorf("%q is right: %v", tt.text, pkg)
			continue
		}
		if err.Error() != tt.want {
			t.Errorf("%q:\ngot  %s\nwant %s", tt.text, err, tt.want)
		}
		var e *modelfile.Error
		if !errors.As(err, &e) || e.Pos.File != "m" {
			t.Errorf("%q: no position in the error", tt.text)
		}
	}
}

// A wrong line takes no right one with it.
func TestParseGoesOn(t *testing.T) {
	pkg, err := modelfile.Parse("m", "p.F wait\np.G sleeps\n")
	if err == nil || len(pkg.Contracts) != 1 || pkg.Contracts[0].Name != "p.G" {
		t.Errorf("got %v, %v", pkg.Contracts, err)
	}
}

// Whatever a model file says, nothing panics, and what was read is read again from
// what is written.
func FuzzParse(f *testing.F) {
	f.Add("# c\np.F sleeps; trusted -- a; b\ntype p.T lock over=fence\n(*p.T[K, V]).M waits recv.x until arg0")
	f.Add("type p.T gfp reclaim=1 fs=0x10\nF\n((((\n]] [[ x")
	f.Add("p.F calls arg0 in nofs,noio async; queues arg0 on recv")
	f.Fuzz(func(t *testing.T, text string) {
		pkg, _ := modelfile.Parse("m", text)
		var b strings.Builder
		for _, c := range pkg.Contracts {
			b.WriteString(c.String() + "\n")
		}
		for _, typ := range pkg.Types {
			b.WriteString(typ.String() + "\n")
		}
		again, err := modelfile.Parse("m", b.String())
		if err != nil {
			t.Fatalf("%q is written as %q: %v", text, b.String(), err)
		}
		if len(again.Contracts) != len(pkg.Contracts) || len(again.Types) != len(pkg.Types) {
			t.Errorf("%q lost something in %q", text, b.String())
		}
		for i, c := range again.Contracts {
			if c.String() != pkg.Contracts[i].String() {
				t.Errorf("%s was read as %s", &pkg.Contracts[i], &c)
			}
		}
	})
}

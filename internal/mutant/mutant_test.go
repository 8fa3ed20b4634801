package mutant_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/internal/fencelint"
	"github.com/fencelint/fencelint/internal/mutant"
)

func expect() *mutant.Expect {
	return &mutant.Expect{
		Finding: mutant.Wanted{
			Rule:    "alloc-in-signalling",
			Whole:   mutant.Sight{Func: "(*WorkQueue).signal", Root: "(*EventManager).dispatch", Verdict: "cycle"},
			Modular: mutant.Sight{Func: "(*EventManager).dispatch", Root: "(*EventManager).dispatch", Verdict: "contract"},
		},
		Also: []mutant.Besides{{Rule: "gfp-dropped", Func: "(*WorkQueue).signal"}},
	}
}

func TestCheck(t *testing.T) {
	right := fencelint.Found{Rule: "alloc-in-signalling", Func: "(*WorkQueue).signal", Root: "(*EventManager).dispatch", Verdict: "cycle"}
	elsewhere, weaker, dropped, lock, call := right, right, right, right, right
	elsewhere.Func = "(*WorkQueue).Submit"
	weaker.Verdict = "contract"
	call.Func, call.Verdict = "(*EventManager).dispatch", "contract"
	dropped.Rule, lock.Rule = "gfp-dropped", "lock-in-signalling"
	tests := []struct {
		name  string
		mode  fencelint.Mode
		found []fencelint.Found
		wrong []string
	}{
		{"as expected", fencelint.Whole, []fencelint.Found{right}, nil},
		{"verdict of the mode", fencelint.Modular, []fencelint.Found{call}, nil},
		{"allowed besides", fencelint.Whole, []fencelint.Found{dropped, right}, nil},
		{"nothing", fencelint.Whole, nil, []string{"not found"}},
		{"other function", fencelint.Whole, []fencelint.Found{elsewhere}, []string{"not found", "one too many"}},
		{"other verdict", fencelint.Whole, []fencelint.Found{weaker}, []string{"has verdict contract"}},
		{"other rule besides", fencelint.Whole, []fencelint.Found{right, lock}, []string{"one too many"}},
		{"the same twice", fencelint.Whole, []fencelint.Found{right, right}, []string{"one too many"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			wrong := expect().Check(test.mode, test.found)
			if !slices.EqualFunc(wrong, test.wrong, strings.Contains) {
				t.Errorf("Check = %q, want %q", wrong, test.wrong)
			}
		})
	}
}

const whole = `{"breaks":"b","like":"l","group":"A","finding":{"rule":"r","whole":{"func":"f","root":"g","verdict":"cycle"},"modular":{"func":"f","root":"g","verdict":"cycle"}},"dynamic":`

func TestReadExpect(t *testing.T) {
	tests := []struct{ name, text, err string }{
		{"quiet", whole + `{"kind":"none","why-not":"no shrinker runs"}}`, ""},
		{"deadlock", whole + `{"kind":"deadlock","seeds":[1],"shows":["JobFence"]}}`, ""},
		{"quiet without a reason", whole + `{"kind":"none"}}`, "why-not"},
		{"deadlock without seeds", whole + `{"kind":"deadlock"}}`, "seeds"},
		{"kind unknown", whole + `{"kind":"hang"}}`, "unknown kind"},
		{"field unknown", `{"verdicts":{}}`, "verdicts"},
		{"timeouts alone", `{"breaks":"b","like":"l","group":"F","timeouts":{"JobFence":"none"},"dynamic":{"kind":"endless","seeds":[1],"shows":["x"]}}`, ""},
		{"neither finding nor timeouts", `{"breaks":"b","like":"l","group":"F","dynamic":{"kind":"none","why-not":"x"}}`, "needs a rule"},
		{"empty", `{"finding":{"rule":"r"},"dynamic":{"kind":"none","why-not":"x"}}`, "mode modular needs"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "m.json")
			write(t, path, test.text)
			_, err := mutant.ReadExpect(path)
			if test.err == "" && err != nil || test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)) {
				t.Errorf("ReadExpect: %v, want %q", err, test.err)
			}
		})
	}
}

const patch = `--- a/sampledriver/a.go
+++ b/sampledriver/a.go
@@ -1,3 +1,3 @@
 package a
 
-var A = 1
+var A = 2
`

func TestPlant(t *testing.T) {
	root, dir := t.TempDir(), t.TempDir()
	write(t, filepath.Join(root, "go.mod"), "module example\n")
	write(t, filepath.Join(root, "sampledriver/a.go"), "package a\n\nvar A = 1\n")
	write(t, filepath.Join(root, "other/b.go"), "package b\n")
	diff := filepath.Join(root, "a.patch")
	write(t, diff, patch)
	if err := mutant.Plant(t.Context(), root, dir, diff); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(filepath.Join(dir, "sampledriver/a.go")); !strings.Contains(string(got), "A = 2") {
		t.Errorf("the patch was not applied: %s", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "other")); err == nil {
		t.Error("more than the driver was copied")
	}
	write(t, diff, strings.Replace(patch, "A = 1", "A = 3", 1))
	if err := mutant.Plant(t.Context(), root, t.TempDir(), diff); err == nil {
		t.Error("a patch that does not apply was taken")
	}
}

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b", "a"} {
		write(t, filepath.Join(dir, name+".patch"), patch)
		write(t, filepath.Join(dir, name+".twin.patch"), patch)
		write(t, filepath.Join(dir, name+".json"), whole+`{"kind":"none","why-not":"x"}}`)
	}
	mutants, err := mutant.Load(dir)
	if err != nil || len(mutants) != 2 || mutants[0].Name != "a" || mutants[1].Name != "b" {
		t.Errorf("Load = %v, %v", mutants, err)
	}
	if _, err := mutant.Load(dir, "c"); err == nil {
		t.Error("a mutant that is not there was loaded")
	}
	if err := os.Remove(filepath.Join(dir, "a.twin.patch")); err != nil {
		t.Fatal(err)
	}
	if _, err := mutant.Load(dir); err == nil {
		t.Error("a mutant without a twin was loaded")
	}
}

func TestPrint(t *testing.T) {
	row := func(name, group string, noise int, wrong ...string) mutant.Row {
		e := expect()
		e.Group = group
		return mutant.Row{Mutant: &mutant.Mutant{Name: name, Expect: e}, TwinNoise: noise, Wrong: wrong}
	}
	var out strings.Builder
	if err := mutant.Print(&out, []mutant.Row{row("two", "B", 1, "noise"), row("one", "A", 0)}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	want := []string{"mutant", "one", "two", "A: 1 of 1", "B: 0 of 1", "all: 1 of 2 as expected, 1 of 2 twins silent",
		"0 findings of the whole programs, 0 of them in modular mode"}
	if !slices.EqualFunc(lines, want, strings.HasPrefix) {
		t.Errorf("Print:\n%s", out.String())
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

package analyzer

import (
	"go/ast"
	"go/types"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/config"
	"github.com/fencelint/fencelint/analyzer/fact"
	"github.com/fencelint/fencelint/analyzer/fault"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// TestRunRecovers gives the engine a package whose types are missing, at which SSA panics:
// it says so once, and importers learn that nothing is known of the package.
func TestRunRecovers(t *testing.T) {
	program, err := load.Load(t.Context(), load.Options{Dir: ".."}, "./testdata/lang/facts/...")
	if err != nil {
		t.Fatal(err)
	}
	facts := make(map[*types.Package]*fact.Fact)
	said := make(map[string][]string)
	for _, name := range []string{"lib", "app"} {
		for _, p := range program.Named {
			if p.Name != name {
				continue
			}
			if name == "lib" {
				p.TypesInfo.Types = map[ast.Expr]types.TypeAndValue{}
			}
			result := runOn(t, p, facts, func(d analysis.Diagnostic) { said[name] = append(said[name], d.Message) })
			if broken := len(result.Failures) > 0; broken != (name == "lib") {
				t.Errorf("%s: failures %q", name, result.Failures)
			}
		}
	}
	if len(said) != 1 || len(said["lib"]) != 1 || !strings.Contains(said["lib"][0], "lib could not be analysed: internal error: ") {
		t.Errorf("said %q", said)
	}
	units := 0
	for pkg, f := range facts {
		units += len(f.Packages)
		for _, u := range f.Packages {
			if unknown := u.Unknown != ""; unknown != strings.HasSuffix(u.Path, "/lib") {
				t.Errorf("%s learns of %s: %q", pkg.Path(), u.Path, u.Unknown)
			}
		}
	}
	if units != 3 {
		t.Errorf("facts of %d packages, want lib's own, and both in app's", units)
	}
}

// runOn runs the engine on a package.
func runOn(t *testing.T, p *packages.Package, facts map[*types.Package]*fact.Fact, report func(analysis.Diagnostic)) *Result {
	t.Helper()
	flags := config.Analyzer.Flags
	opts, err := config.Analyzer.Run(&analysis.Pass{Analyzer: &analysis.Analyzer{Flags: flags}})
	if err != nil {
		t.Fatal(err)
	}
	result, err := Analyzer.Run(&analysis.Pass{
		Analyzer: Analyzer, Fset: p.Fset, Files: p.Syntax, Pkg: p.Types, TypesInfo: p.TypesInfo,
		ResultOf: map[*analysis.Analyzer]any{config.Analyzer: opts},
		Report:   report,
		ImportPackageFact: func(pkg *types.Package, to analysis.Fact) bool {
			if facts[pkg] != nil {
				*to.(*fact.Fact) = *facts[pkg]
			}
			return facts[pkg] != nil
		},
		ExportPackageFact: func(f analysis.Fact) { facts[p.Types] = f.(*fact.Fact) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return result.(*Result)
}

// TestWholeRecovers does the same to a whole program.
func TestWholeRecovers(t *testing.T) {
	program, err := load.Load(t.Context(), load.Options{Dir: ".."}, "./testdata/lang/facts/...")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range program.Named {
		if p.Name == "lib" {
			p.TypesInfo.Types = map[ast.Expr]types.TypeAndValue{}
		}
	}
	result := Whole(program.Named, Options{})
	if len(result.Failures) == 0 || !strings.Contains(result.Failures[0], "could not be analysed: internal error: ") {
		t.Errorf("failures: %q", result.Failures)
	}
}

// TestJudgeRecovers has the judging panic: all passes find nothing, and one of them gets
// to say why.
func TestJudgeRecovers(t *testing.T) {
	r := newResult(&judge.Program{
		Model:   model.NewSet(),
		Funcs:   []string{"p.F"},
		Summary: func(string) *summary.Summary { panic("injected") },
		Report:  func(string) bool { return true },
	})
	found := func(r *Result) []finding.Finding { return make([]finding.Finding, len(r.Occurrences())) }
	if f := r.Ask("one", found); len(f) > 0 {
		t.Errorf("found %v", f)
	}
	if f := r.Ask("two", found); len(f) > 0 {
		t.Errorf("found %v", f)
	}
	first, second := r.Unreported(), r.Unreported()
	if len(first) != 1 || !strings.HasPrefix(first[0], "what is wrong could not be looked for: internal error: injected") || len(second) > 0 {
		t.Errorf("first %q, second %q", first, second)
	}
	if late := r.Late(); len(late) != 1 {
		t.Errorf("late: %q", late)
	}
}

// TestPassRecovers has one pass panic: the others are none the worse for it.
func TestPassRecovers(t *testing.T) {
	r := empty()
	one := func(*Result) []finding.Finding { return make([]finding.Finding, 1) }
	faulty := func(*Result) []finding.Finding { panic("injected") }
	if f := r.Ask("faulty", faulty); len(f) > 0 {
		t.Errorf("found %v", f)
	}
	if f := r.Ask("one", one); len(f) != 1 {
		t.Errorf("found %v", f)
	}
	late := r.Late()
	if len(late) != 1 || !strings.HasPrefix(late[0], "faulty could not look for what is wrong: internal error: injected (in analyzer.TestPassRecovers") {
		t.Errorf("late: %q", late)
	}
}

// TestWorkerRecovers has functions that cannot be run: there is neither a function nor anything
// to say where it is. Whoever comes upon that, it is for who waits.
func TestWorkerRecovers(t *testing.T) {
	for range 20 {
		r := (&engine{}).runs(nil, nil, nil)
		r.prepare = sync.OnceFunc(func() {
			r.entries = make([]*ssa.Function, 10)
			r.ran = make([]explored, len(r.entries))
		})
		if why := fault.Guard(func() { r.wait() }); !strings.HasPrefix(why, "internal error: ") {
			t.Fatalf("got %q", why)
		}
		fault.Guard(r.beside.Wait)
		r.resting(func() {}) // nobody has kept the bodies
	}
}

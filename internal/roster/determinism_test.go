package roster_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/internal/roster"
	"github.com/fencelint/fencelint/report"
)

// TestDeterminism analyses the same code ten times: with one processor and with two, with
// the packages named in other orders, and from other directories. What is written is the
// same in each format, to the byte.
//
// bench/same does this with the command and on larger code.
func TestDeterminism(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the corpora ten times")
	}
	const runs = 10
	before := runtime.GOMAXPROCS(0)
	t.Cleanup(func() { runtime.GOMAXPROCS(before) })
	var first map[string][]byte
	var program *load.Program
	for run := range runs {
		runtime.GOMAXPROCS(1 + run%2)
		random := rand.New(rand.NewPCG(uint64(run), 0))
		if run < 2 { // files are read side by side, and in another order each time
			var err error
			from := []struct {
				dir      string
				patterns []string
			}{
				{"../..", []string{"./testdata/domain/..."}},
				{"../../testdata/lang", []string{"../domain/..."}},
			}[run]
			if program, err = load.Load(t.Context(), load.Options{Dir: from.dir}, from.patterns...); err != nil {
				t.Fatal(err)
			}
		}
		if run >= 2 {
			shuffle(random, program.Named)
		}
		got := written(t, program)
		if first == nil {
			first = got
		}
		for name, text := range got {
			if !bytes.Equal(text, first[name]) {
				t.Errorf("run %d: %s is different from the first one", run, name)
			}
		}
	}
}

func shuffle[T any](random *rand.Rand, list []T) {
	random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

// written returns what is written of a program in each format, and what else there is to
// know of it.
func written(t *testing.T, program *load.Program) map[string][]byte {
	t.Helper()
	result := analyzer.Whole(program.Named, analyzer.Options{})
	found := roster.Findings(result, nil, today)
	if len(found) == 0 {
		t.Fatal("nothing is found")
	}
	all := make(map[string][]byte)
	for _, format := range report.Formats() {
		var text bytes.Buffer
		handler, err := report.New(format, &text, report.Options{Root: program.Root, Width: 150, Lanes: true, Stats: true, Again: func(*finding.Finding) string { return "" }})
		if err != nil {
			t.Fatal(err)
		}
		for i := range found {
			if err := handler.Finding(&found[i]); err != nil {
				t.Fatal(err)
			}
		}
		if err := handler.Done(&report.Coverage{Stats: result.Stats, Failures: result.Failures, Edges: result.Edges}); err != nil {
			t.Fatal(err)
		}
		all[format] = text.Bytes()
	}
	rest, err := json.Marshal(struct {
		Findings   []finding.Finding
		Edges      any
		Unresolved []analyzer.Unresolved
		Summaries  []string
	}{found, result.Edges(), result.Stats.Unresolved, summaries(result)})
	if err != nil {
		t.Fatal(err)
	}
	all["what a format leaves out"] = rest
	return all
}

func summaries(r *analyzer.Result) []string {
	var all []string
	for _, s := range r.Summaries() {
		all = append(all, s.String())
	}
	return all
}

// TestModularDeterminism does the same with one package at a time: what the passes report
// and the facts that they leave to importers.
func TestModularDeterminism(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the corpora twice")
	}
	before := runtime.GOMAXPROCS(0)
	t.Cleanup(func() { runtime.GOMAXPROCS(before) })
	var first []byte
	for run := range 2 {
		runtime.GOMAXPROCS(1 + run%2)
		program, err := load.Load(t.Context(), load.Options{Dir: "../.."}, "./testdata/domain/...", "./testdata/lang/facts/...")
		if err != nil {
			t.Fatal(err)
		}
		graph, err := checker.Analyze(roster.Analyzers(), program.Named, &checker.Options{Sequential: run == 0})
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		if err := graph.PrintText(&text, -1); err != nil {
			t.Fatal(err)
		}
		for _, action := range graph.Roots {
			facts := action.AllPackageFacts()
			slices.SortFunc(facts, func(a, b analysis.PackageFact) int { return strings.Compare(a.Package.Path(), b.Package.Path()) })
			for _, fact := range facts {
				encoded, err := fact.Fact.(interface{ GobEncode() ([]byte, error) }).GobEncode()
				if err != nil {
					t.Fatal(err)
				}
				text.WriteString(fact.Package.Path())
				text.Write(encoded)
			}
		}
		if first == nil {
			first = text.Bytes()
		}
		if text.Len() == 0 || !bytes.Equal(text.Bytes(), first) {
			t.Errorf("run %d is different from the first one, or empty", run)
		}
	}
}

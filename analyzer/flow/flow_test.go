package flow_test

import (
	"flag"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/analyzer/callee"
	"github.com/fencelint/fencelint/analyzer/directive"
	"github.com/fencelint/fencelint/analyzer/flow"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/modelfile"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

var update = flag.Bool("update", false, "write the golden files")

// TestSummaries holds the summaries of each file in testdata, a package of its own,
// against its golden file.
func TestSummaries(t *testing.T) {
	files, err := filepath.Glob("testdata/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test files: %v", err)
	}
	fset := token.NewFileSet()
	imports := importer.ForCompiler(fset, "source", nil)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".go"), func(t *testing.T) {
			got := dump(t, fset, imports, file)
			golden := strings.TrimSuffix(file, ".go") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("summaries differ from %s, run with -update and look at the difference:\n%s", golden, firstDifference(got, string(want)))
			}
			if again := dump(t, fset, imports, file); again != got {
				t.Errorf("a second run differs:\n%s", firstDifference(again, got))
			}
		})
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got  " + g[i] + "\nwant " + w[i]
		}
	}
	return "one is longer"
}

func dump(t *testing.T, fset *token.FileSet, imports types.Importer, file string) string {
	t.Helper()
	var b strings.Builder
	for _, sum := range summaries(t, fset, imports, file) {
		b.WriteString(sum.String())
	}
	return b.String()
}

// summaries analyses a file as the driver does a package: again and again, until
// nothing changes any more.
func summaries(t *testing.T, fset *token.FileSet, imports types.Importer, file string) []*summary.Summary {
	t.Helper()
	parsed, err := parser.ParseFile(fset, file, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	files := []*ast.File{parsed}
	pkg := types.NewPackage("test/"+parsed.Name.Name, parsed.Name.Name)
	built, info, err := ssautil.BuildPackage(&types.Config{Importer: imports}, fset, pkg, files, ssa.InstantiateGenerics)
	if err != nil {
		t.Fatal(err)
	}
	std, err := modelfile.Std()
	if err != nil {
		t.Fatal(err)
	}
	said, _, problems := directive.Scan(fset, files, pkg, info)
	for _, p := range problems {
		t.Errorf("%s:%d: %s", filepath.Base(p.Pos.File), p.Pos.Line, p.Message)
	}
	fns := callee.Functions(built, info)
	set := model.NewSet(std, said)
	graph := callee.Package(built.Prog, fns, flow.Asked(fns, set))
	known := make(map[string]*summary.Summary)
	env := &flow.Env{
		Model:   set,
		Callees: graph.Callees,
		Behind:  graph.Behind,
		Values:  graph.Values,
		Methods: graph.Methods,
		Summary: func(key string) *summary.Summary { return known[key] },
		Fset:    fset,
	}
	var list []*summary.Summary
	for range 10 {
		before := render(list)
		list = nil
		for _, fn := range fns {
			if fn.Name() == "init" {
				continue
			}
			sum := flow.Analyze(fn, env)
			known[sum.Func] = sum
			list = append(list, sum)
		}
		if render(list) == before {
			return list
		}
	}
	t.Error("the summaries do not become stable")
	return list
}

func render(list []*summary.Summary) string {
	var b strings.Builder
	for _, sum := range list {
		b.WriteString(sum.String())
	}
	return b.String()
}

package report_test

import (
	"encoding/json"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/fencelint/fencelint/analyzer/baseline"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/report"
)

func TestSARIF(t *testing.T) {
	root := sampleRoot(t)
	got := write(t, "sarif", report.Options{Root: root}, sampleCoverage(), sample(root)...)
	valid(t, got)
	golden(t, "sample.sarif", withoutRules(t, got))
}

// Code hosts know files by their way from the root of the repository.
func TestFilesOfRepository(t *testing.T) {
	opts := report.Options{Root: "/repo/go", Repo: "/repo"}
	for format, want := range map[string]string{
		"sarif": `"uri": "go/a.go"`, "github": "file=go/a.go,", "text": "\na.go:3:7: ", "json": `"file": "a.go"`,
	} {
		got := "\n" + write(t, format, opts, report.Coverage{}, breach("/repo/go/a.go", finding.Error))
		if !strings.Contains(got, want) {
			t.Errorf("%s: no %s in\n%s", format, want, got)
		}
	}
}

func TestSARIFOfNothing(t *testing.T) {
	got := write(t, "sarif", report.Options{Root: "/m"}, report.Coverage{})
	valid(t, got)
	if !strings.Contains(got, `"results": []`) || !strings.Contains(got, `"executionSuccessful": true`) {
		t.Errorf("a clean run is written as\n%s", got)
	}
}

// What is suppressed outside the code is marked so.
func TestSARIFOfBaseline(t *testing.T) {
	f := sample("/m")[0]
	f.Suppressed = baseline.Reason
	got := write(t, "sarif", report.Options{Root: "/m"}, report.Coverage{}, f)
	valid(t, got)
	if !strings.Contains(got, `"kind": "external"`) || strings.Contains(got, `"inSource"`) {
		t.Errorf("what the baseline lists is written as\n%s", withoutRules(t, got))
	}
}

// withoutRules leaves the pages of the rules out, which have tests of their own.
func withoutRules(t *testing.T, text string) string {
	t.Helper()
	before, rest, ok := strings.Cut(text, `"rules": [`)
	_, after, closed := strings.Cut(rest, "\n\t\t\t\t\t]")
	if !ok || !closed {
		t.Fatalf("no rules in\n%s", text)
	}
	return before + `"rules": [` + after
}

// valid holds a document to the schema that OASIS published for SARIF 2.1.0.
func valid(t *testing.T, document string) {
	t.Helper()
	schema, err := jsonschema.UnmarshalJSON(strings.NewReader(published(t)))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("sarif.json", schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	instance, err := jsonschema.UnmarshalJSON(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(instance); err != nil {
		t.Errorf("not valid: %v", err)
	}
}

// published returns the schema, which the module that writes SARIF comes with.
func published(t *testing.T) string {
	t.Helper()
	pkg, err := build.Import("github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif", ".", build.FindOnly)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(pkg.Dir, "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var text string
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			text, err = strconv.Unquote(lit.Value)
		}
		return err == nil
	})
	var head struct{ ID string }
	if err := json.Unmarshal([]byte(text), &head); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(head.ID, "/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json") {
		t.Fatalf("this is the schema %q", head.ID)
	}
	return text
}

package rules_test

import (
	"go/format"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/docs/rules"
	"github.com/fencelint/fencelint/internal/fencelint"
	"github.com/fencelint/fencelint/internal/roster"
)

// kern is the package that the examples are written against.
const kern = "testdata/kern"

// TestExamples takes the examples out of the pages and has each judged: a bad one
// breaks its rule and no other, a good one none.
func TestExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command")
	}
	command, err := fencelint.Build(t.Context(), "../..", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	found, err := command.Findings(t.Context(), fencelint.Whole, module(t), "./...")
	if err != nil {
		t.Fatal(err)
	}
	broken := make(map[string][]string) // directory -> rules
	for _, f := range found {
		dir := path.Dir(f.Pos.File)
		if !slices.Contains(broken[dir], f.Rule) {
			broken[dir] = append(broken[dir], f.Rule)
		}
	}
	for _, rule := range rules.Names() {
		if !slices.Contains(roster.Rules(), rule) {
			t.Logf("no pass looks for %s yet: its bad example was compiled and not judged", rule)
		} else if got := broken["example/"+rule+"/bad"]; !slices.Equal(got, []string{rule}) {
			t.Errorf("the bad example of %s breaks %q", rule, got)
		}
		if got := broken["example/"+rule+"/good"]; len(got) > 0 {
			t.Errorf("the good example of %s breaks %q", rule, got)
		}
	}
}

func TestExamplesAreFormatted(t *testing.T) {
	for _, rule := range rules.Names() {
		for _, kind := range []string{"Bad", "Good"} {
			text := example(t, rule, kind)
			if formatted, err := format.Source([]byte(text)); err != nil || string(formatted) != text {
				t.Errorf("%s, %s: not as gofmt has it: %v", rule, kind, err)
			}
		}
	}
}

// module writes a module with every example as a package of its own,
// example/RULE/bad and example/RULE/good, and returns its directory.
func module(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module github.com/fencelint/fencelint\n\ngo 1.26\n")
	if err := os.CopyFS(filepath.Join(dir, kern), os.DirFS(filepath.Join("../..", kern))); err != nil {
		t.Fatal(err)
	}
	for _, rule := range rules.Names() {
		for _, kind := range []string{"Bad", "Good"} {
			path := filepath.Join(dir, "example", rule, strings.ToLower(kind), "example.go")
			write(t, path, example(t, rule, kind))
		}
	}
	return dir
}

// example returns the code under the heading kind of a rule's page.
func example(t *testing.T, rule, kind string) string {
	t.Helper()
	page, _ := rules.Page(rule)
	_, page, _ = strings.Cut(page, "\n## "+kind+"\n\n```go\n")
	text, _, ok := strings.Cut(page, "```\n")
	if !ok {
		t.Fatalf("%s has no example under %q", rule, kind)
	}
	return text
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

package golangci_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/internal/fencelint"
	"github.com/fencelint/fencelint/internal/mutant"
)

const root = "../.."

var update = flag.Bool("update", false, "put what golangci-lint prints into its page")

// golangci is golangci-lint with the plugin in it.
type golangci struct{ path, cache string }

// build builds it with a copy of go.mod: that of the module around it may have got new
// dependencies.
func build(t *testing.T) golangci {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	g := golangci{filepath.Join(dir, "golangci-lint"), filepath.Join(dir, "cache")}
	cmd := exec.CommandContext(t.Context(), "go", "build", "-mod=mod", "-modfile="+filepath.Join(dir, "go.mod"), "-o", g.path, "./cmd/golangci-lint")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build golangci-lint: %v\n%s", err, out)
	}
	return g
}

// run returns what it prints in dir, and its exit status.
func (g golangci) run(ctx context.Context, t *testing.T, dir string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	cmd := exec.CommandContext(ctx, g.path, append([]string{"run"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOLANGCI_LINT_CACHE="+g.cache, "GOFLAGS=-mod=mod")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			t.Fatal(err)
		}
		status = exit.ExitCode()
	}
	return out.String(), errs.String(), status
}

const configuration = `version: "2"
linters:
  default: none
  enable: [fencelint]
  settings:
    custom:
      fencelint:
        type: module
        settings:
%s
issues:
  max-issues-per-linter: 0
  max-same-issues: 0
  uniq-by-line: false
`

func configure(t *testing.T, dir, settings string) {
	t.Helper()
	text := fmt.Sprintf(configuration, "          "+settings)
	if err := os.WriteFile(filepath.Join(dir, ".golangci.yml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// issue is an issue in the JSON output of golangci-lint.
type issue struct {
	Text string
	Pos  struct {
		Filename     string
		Line, Column int
	}
}

// issues returns where what is found, sorted.
func (g golangci) issues(t *testing.T, dir string, packages ...string) []string {
	t.Helper()
	out, errs, status := g.run(t.Context(), t, dir, append([]string{"--output.json.path=stdout", "--show-stats=false"}, packages...)...)
	if status > 1 {
		t.Fatalf("exit status %d\n%s", status, errs)
	}
	var document struct{ Issues []issue }
	if err := json.Unmarshal([]byte(out), &document); err != nil {
		t.Fatalf("%v\n%s\n%s", err, out, errs)
	}
	var found []string
	for _, i := range document.Issues {
		_, text, _ := strings.Cut(i.Text, ": ") // the pass
		rule, _, _ := strings.Cut(text, ":")
		found = append(found, fmt.Sprintf("%s:%d:%d: %s", i.Pos.Filename, i.Pos.Line, i.Pos.Column, rule))
	}
	slices.Sort(found)
	return found
}

const (
	page   = root + "/docs/golangci-lint.md"
	opened = "<!-- transcript -->\n```text\n"
	closed = "```\n<!-- /transcript -->\n"
)

// compare holds what is printed to the transcript on the page for readers.
func compare(t *testing.T, out string) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), opened)
	shown, after, closes := strings.Cut(rest, closed)
	if !ok || !closes {
		t.Fatalf("no transcript in %s", page)
	}
	if shown == out {
		return
	}
	if !*update {
		t.Fatalf("%s shows another transcript than\n%s\n\ngo test -update puts it right", page, out)
	}
	if err := os.WriteFile(page, []byte(before+opened+out+closed+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestGolangci holds what golangci-lint prints with the plugin to what fencelint vet
// does: on the sample driver, and with a bug planted in it.
func TestGolangci(t *testing.T) {
	g := build(t)
	command, err := fencelint.Build(t.Context(), root, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := mutant.Plant(t.Context(), root, dir, filepath.Join(root, mutant.Dir, "completed-vector.patch")); err != nil {
		t.Fatal(err)
	}
	driver := "./sampledriver/..."

	found, err := command.Findings(t.Context(), fencelint.Modular, dir, driver)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 {
		t.Fatalf("found %v, want the one bug", found)
	}
	bug := found[0]

	t.Run("mutant", func(t *testing.T) {
		configure(t, dir, "evidence: false")
		var want []string
		for _, f := range found {
			want = append(want, fmt.Sprintf("%s:%d:%d: %s", f.Pos.File, f.Pos.Line, f.Pos.Col, f.Rule))
		}
		slices.Sort(want)
		if got := g.issues(t, dir, driver); !slices.Equal(got, want) {
			t.Errorf("golangci-lint:\n%s\nfencelint vet:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})

	t.Run("chain", func(t *testing.T) {
		configure(t, dir, "evidence: false")
		out, errs, status := g.run(t.Context(), t, dir, driver)
		if status != 1 {
			t.Fatalf("exit status %d, want 1\n%s", status, errs)
		}
		for _, want := range []string{
			fmt.Sprintf("%s:%d:%d: allocctx: %s: %s", bug.Pos.File, bug.Pos.Line, bug.Pos.Col, bug.Rule, bug.Message),
			"\n  owes JobFence\n", "\n  -> d.dispatch(t, ev)", "\n  waits for JobFence\n", "\n  help: ",
		} {
			if !strings.Contains(out, want) {
				t.Errorf("%q is missing in\n%s", want, out)
			}
		}
	})

	t.Run("transcript", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "testdata/examples/service"))); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.org/service\n\ngo 1.26\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		configure(t, dir, "evidence: false")
		out, errs, status := g.run(t.Context(), t, dir, "./...")
		if status != 1 {
			t.Fatalf("exit status %d, want 1\n%s", status, errs)
		}
		compare(t, out)
	})

	t.Run("settings", func(t *testing.T) {
		configure(t, dir, "rules: [lock-order]")
		if got := g.issues(t, dir, driver); len(got) > 0 {
			t.Errorf("found %v, want nothing of other rules", got)
		}
		for settings, want := range map[string]string{
			"rule: [lock-order]":     `settings of fencelint: no setting is called "rule"; did you mean "rules"?`,
			"rules: [lock-ordre]":    `settings of fencelint: rules: no rule is called "lock-ordre"; did you mean "lock-order"?`,
			"models: [nosuch.model]": "cannot read model file: open ",
		} {
			configure(t, dir, settings)
			out, errs, status := g.run(t.Context(), t, dir, driver)
			if status == 0 || !strings.Contains(cmp.Or(errs, out)+out, want) {
				t.Errorf("%s: exit status %d, want %q in\n%s%s", settings, status, want, errs, out)
			}
		}
	})

	t.Run("nolint", func(t *testing.T) {
		configure(t, dir, "evidence: false")
		file := filepath.Join(dir, bug.Pos.File)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(text), "\n")
		lines[bug.Pos.Line-1] += " //nolint:fencelint // the queue is short"
		if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := g.issues(t, dir, driver); len(got) > 0 {
			t.Errorf("found %v in spite of nolint", got)
		}
	})

	t.Run("driver", func(t *testing.T) {
		dir := t.TempDir()
		if err := mutant.Plant(t.Context(), root, dir, ""); err != nil {
			t.Fatal(err)
		}
		configure(t, dir, "evidence: false")
		if got := g.issues(t, dir, driver); len(got) > 0 {
			t.Errorf("found %v in the sample driver", got)
		}
	})
}

package nogo_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/fencelint/fencelint/internal/fencelint"
	"github.com/fencelint/fencelint/internal/mutant"
	"github.com/fencelint/fencelint/internal/nogo"
	"github.com/fencelint/fencelint/passes/allocctx"
	"github.com/fencelint/fencelint/passes/directives"
	"github.com/fencelint/fencelint/passes/fencelife"
	"github.com/fencelint/fencelint/passes/fencesignal"
	"github.com/fencelint/fencelint/passes/waitcycle"
	"github.com/fencelint/fencelint/passes/wakeup"
)

// TestNogo holds what nogo would report to what fencelint vet does.
func TestNogo(t *testing.T) {
	// A BUILD file names these packages, and nogo takes their variables of that name.
	analyzers := []*analysis.Analyzer{
		allocctx.Analyzer, directives.Analyzer, fencelife.Analyzer, fencesignal.Analyzer, waitcycle.Analyzer, wakeup.Analyzer,
	}
	if err := analysis.Validate(analyzers); err != nil {
		t.Fatal(err)
	}
	root, err := mutant.Root()
	if err != nil {
		t.Fatal(err)
	}
	command, err := fencelint.Build(t.Context(), root, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, patch := range []string{"", "completed-vector.patch"} {
		t.Run("driver "+patch, func(t *testing.T) {
			dir := t.TempDir()
			planted := ""
			if patch != "" {
				planted = filepath.Join(root, mutant.Dir, patch)
			}
			if err := mutant.Plant(t.Context(), root, dir, planted); err != nil {
				t.Fatal(err)
			}
			found, err := nogo.Run(t.Context(), analyzers, dir, t.TempDir(), "./sampledriver/...")
			if err != nil {
				t.Fatal(err)
			}
			got := []string{}
			for _, d := range found {
				got = append(got, fmt.Sprintf("%s:%d:%d: %s", filepath.Base(d.Pos.Filename), d.Pos.Line, d.Pos.Column, d.Category))
			}
			vet, err := command.Findings(t.Context(), fencelint.Modular, dir, "./sampledriver/...")
			if err != nil {
				t.Fatal(err)
			}
			want := []string{}
			for _, f := range vet {
				want = append(want, fmt.Sprintf("%s:%d:%d: %s", filepath.Base(f.Pos.File), f.Pos.Line, f.Pos.Col, f.Rule))
			}
			slices.Sort(want)
			if slices.Sort(got); !slices.Equal(got, want) || len(want) == 0 && patch != "" {
				t.Errorf("nogo:\n%s\nfencelint vet:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// TestFactsAreFiles makes sure that the facts do go through files.
func TestFactsAreFiles(t *testing.T) {
	dir, facts := t.TempDir(), t.TempDir()
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module example.org/m\n\ngo 1.26\n")
	write("low/low.go", "package low\n\n//fencelint:allocates\nfunc Alloc() {}\n")
	write("middle/middle.go", "package middle\n\nimport \"example.org/m/low\"\n\nfunc Helper() { low.Alloc() }\n")
	write("high/high.go", "package high\n\nimport \"example.org/m/middle\"\n\n//fencelint:runs signalling\nfunc run() { middle.Helper() }\n")
	analyzers := []*analysis.Analyzer{allocctx.Analyzer}
	found, err := nogo.Run(t.Context(), analyzers, dir, facts, "./high")
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 || found[0].Category != "alloc-in-signalling" {
		t.Errorf("found %v, want an allocation two packages down", found)
	}
	files, err := os.ReadDir(facts)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 3 {
		t.Errorf("%d fact files, want one for each of three packages", len(files))
	}
}

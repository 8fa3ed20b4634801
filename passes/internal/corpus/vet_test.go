package corpus_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/fencelint/fencelint/internal/fencelint"
	"github.com/fencelint/fencelint/passes/internal/corpus"
)

// TestVet runs go vet with the built command over all corpora. It must find what the
// modular mode finds in process: the facts then went through files, and each package
// saw those of its direct imports only.
func TestVet(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a command and runs go vet")
	}
	const root = "../../.."
	cases, err := corpus.Load(root)
	if err != nil {
		t.Fatal(err)
	}
	var all []*packages.Package
	var paths []string
	for _, c := range cases {
		for _, p := range c.Packages {
			all, paths = append(all, p), append(paths, p.PkgPath)
		}
	}
	modular, err := corpus.RunModular(all, today)
	if err != nil {
		t.Fatal(err)
	}
	command, err := fencelint.Build(t.Context(), root, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	found, err := command.Findings(t.Context(), fencelint.Modular, root, paths...)
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, f := range found {
		got = append(got, fmt.Sprintf("%s:%d: %s[%s] %s", filepath.Base(f.Pos.File), f.Pos.Line, f.Rule, f.Verdict, f.Fingerprint))
	}
	for _, single := range modular {
		for _, f := range single.Findings {
			if corpus.Shown(&f) {
				want = append(want, fmt.Sprintf("%s:%d: %s[%s] %s", filepath.Base(f.Pos.File), f.Pos.Line, f.Rule, f.Verdict, f.Fingerprint))
			}
		}
	}
	for _, text := range missing(want, got) {
		t.Errorf("in process only: %s", text)
	}
	for _, text := range missing(got, want) {
		t.Errorf("go vet only: %s", text)
	}
}

// missing returns what of a is not in b.
func missing(a, b []string) []string {
	left := slices.DeleteFunc(slices.Clone(a), func(text string) bool { return slices.Contains(b, text) })
	slices.Sort(left)
	return left
}

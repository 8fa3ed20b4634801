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

// TestBlind holds findings on the changes of testdata/blind against what they break.
func TestBlind(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the driver thirty times")
	}
	t.Chdir("../..")
	command, err := fencelint.Build(t.Context(), ".", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("testdata/blind/expect.tsv")
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	seats := make(chan struct{}, 2) // each takes a core
	for line := range strings.Lines(string(text)) {
		columns := strings.SplitN(line, "\t", 4)
		if len(columns) != 4 {
			t.Fatalf("expect.tsv: %q has not four columns", line)
		}
		name, want, in := columns[0], columns[1], columns[2]
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "driver")
			t.Parallel()
			seats <- struct{}{}
			defer func() { <-seats }()
			if err := mutant.Plant(t.Context(), root, dir, filepath.Join(root, "testdata/blind", name+".patch")); err != nil {
				t.Fatal(err)
			}
			found, err := command.Findings(t.Context(), fencelint.Whole, dir, "./sampledriver/...")
			if err != nil {
				t.Fatal(err)
			}
			is := func(f fencelint.Found) bool { return f.Rule == want && f.Func == in }
			switch {
			case want == "silent" || want == "missed":
				for _, f := range found {
					t.Errorf("unexpected: %s", f)
				}
			case !slices.ContainsFunc(found, is):
				t.Errorf("no %s in %s, but %v", want, in, found)
			}
		})
	}
}

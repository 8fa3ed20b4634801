package mutant_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/internal/fencelint"
	"github.com/fencelint/fencelint/internal/mutant"
)

var update = flag.Bool("update", false, "put the finding into the README")

// TestReadmeShowsAFinding holds the picture of a finding in the README against what
// is printed for the mutant that the README has people plant.
func TestReadmeShowsAFinding(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs the command")
	}
	t.Chdir("../..")
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(readme), "<!-- finding -->\n")
	picture, after, ok2 := strings.Cut(rest, "<!-- /finding -->\n")
	_, name, ok3 := strings.Cut(after, "git apply testdata/mutants/")
	name, _, _ = strings.Cut(name, " ")
	if !ok || !ok2 || !ok3 {
		t.Fatal("the README has no place for a finding, or no mutant to plant")
	}
	command, err := fencelint.Build(t.Context(), ".", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := mutant.Plant(t.Context(), ".", dir, filepath.Join(mutant.Dir, name)); err != nil {
		t.Fatal(err)
	}
	out, err := command.Output(t.Context(), fencelint.Whole, dir, "./sampledriver/...")
	if err != nil {
		t.Fatal(err)
	}
	finding, _, _ := strings.Cut(string(out), "\n\n")
	want := "```\n" + finding + "\n```\n"
	switch {
	case picture == want:
	case *update:
		text := before + "<!-- finding -->\n" + want + "<!-- /finding -->\n" + after
		if err := os.WriteFile("README.md", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("the README shows\n%s\ntest with -update to show\n%s", picture, want)
	}
}

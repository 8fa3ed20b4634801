package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/internal/fencelint"
	"github.com/fencelint/fencelint/internal/mutant"
)

const (
	readme  = "../README.md"
	picture = "<!-- finding -->\n"
	framed  = "<!-- /finding -->\n"
	planted = "../" + mutant.Dir + "/completed-vector.patch"
)

// TestReadmeFinding holds the finding that the front page shows to what is printed
// when the bug that it offers is planted.
func TestReadmeFinding(t *testing.T) {
	if testing.Short() {
		t.Skip("analyses the sample driver")
	}
	text := front(t)
	before, rest, ok := strings.Cut(text, picture)
	_, after, framedToo := strings.Cut(rest, framed)
	if !ok || !framedToo {
		t.Fatalf("the front page has no %s ... %s", picture, framed)
	}
	if !strings.Contains(after, "git apply "+strings.TrimPrefix(planted, "../")) {
		t.Errorf("the front page does not say how to plant %s", planted)
	}
	dir := t.TempDir()
	if err := mutant.Plant(t.Context(), "..", dir, planted); err != nil {
		t.Fatal(err)
	}
	out, err := command(t).Output(t.Context(), fencelint.Whole, dir, "./sampledriver/...")
	if err != nil {
		t.Fatal(err)
	}
	finding, _, _ := strings.Cut(string(out), "\n\n")
	want := before + picture + "```text\n" + finding + "\n```\n" + framed + after
	if want == text {
		return
	}
	if !*update {
		t.Fatalf("the front page shows another finding than\n%s\n\ngo test ./docs -update puts it right", finding)
	}
	if err := os.WriteFile(readme, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

var example = regexp.MustCompile("(?s)   ```go\n(.*?)   ```\n")

// TestReadmeCode analyses the code of the front page as what it is said to be: all
// that there is in a new module.
func TestReadmeCode(t *testing.T) {
	match := example.FindStringSubmatch(front(t))
	if match == nil {
		t.Fatal("no code on the front page")
	}
	code := strings.ReplaceAll("\n"+match[1], "\n   ", "\n")[1:]
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module example.org/gpu\n\ngo 1.26\n", "gpu.go": code} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	command := command(t)
	for _, mode := range fencelint.Modes() {
		found, err := command.Findings(t.Context(), mode, dir, "./...")
		if err != nil {
			t.Fatal(err)
		}
		if len(found) != 1 || found[0].Rule != "wait-in-signalling" || found[0].Func != "(*ring).Run" {
			t.Errorf("%s: found %v, want that Run waits", mode, found)
		}
	}
}

func front(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func command(t *testing.T) fencelint.Command {
	t.Helper()
	c, err := fencelint.Build(t.Context(), "..", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

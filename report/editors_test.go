package report_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/report"
)

// places are where the findings of the sample that are not ignored stand.
func places(t *testing.T, root string) []string {
	t.Helper()
	var places []string
	for _, f := range sample(root) {
		if f.Suppressed != "" {
			continue
		}
		name, err := filepath.Rel(root, f.Pos.File)
		if err != nil {
			t.Fatal(err)
		}
		places = append(places, fmt.Sprintf("%s:%d:%d", name, f.Pos.Line, f.Pos.Col))
	}
	return places
}

func sampleText(t *testing.T, root string) string {
	t.Helper()
	return write(t, "text", report.Options{Root: root, Width: 150, Lanes: true}, wholeCoverage(), sample(root)...)
}

// vscode is the pattern that VS Code knows as $go: file, line and column are its second,
// fourth and sixth group.
var vscode = regexp.MustCompile(`^([^:]*: )?((.:)?[^:]*):(\d+)(:(\d+))?: (.*)$`)

// TestVSCode holds the text to the problem matcher of VS Code: it finds each finding
// where it stands, and takes no other line for one.
func TestVSCode(t *testing.T) {
	root := sampleRoot(t)
	var got []string
	for line := range strings.SplitSeq(sampleText(t, root), "\n") {
		if m := vscode.FindStringSubmatch(line); m != nil {
			got = append(got, m[2]+":"+m[4]+":"+m[6])
		}
	}
	if want := places(t, root); !slices.Equal(got, want) {
		t.Errorf("VS Code finds %q, want %q", got, want)
	}
}

// TestVim has Vim read the text with its own compiler file for Go.
func TestVim(t *testing.T) {
	vim, err := exec.LookPath("vim")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("there is no Vim on the path: nobody has looked whether it finds the findings")
		}
		t.Skip("no Vim")
	}
	root, dir := sampleRoot(t), t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "out"), []byte(sampleText(t, root)), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), vim, "-e", "-s", "-N", "-u", "NONE", "-c", "compiler go", "-c", "cgetfile out",
		"-c", `call writefile(map(filter(getqflist(), "v:val.valid"), {_, e -> bufname(e.bufnr) . ":" . e.lnum . ":" . e.col}), "list")`, "-c", "qall!")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("vim: %v\n%s", err, out)
	}
	list, err := os.ReadFile(filepath.Join(dir, "list"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Split(strings.TrimSpace(string(list)), "\n"), places(t, root); !slices.Equal(got, want) {
		t.Errorf("Vim finds %q, want %q", got, want)
	}
}

func TestText(t *testing.T) {
	golden(t, "sample.txt", sampleText(t, sampleRoot(t)))
}

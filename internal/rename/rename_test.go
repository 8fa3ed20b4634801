package rename_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/fencelint/fencelint/internal/rename"
)

func TestModule(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/module.txtar")
	if err != nil {
		t.Fatal(err)
	}
	both, err := txtar.FS(archive)
	if err != nil {
		t.Fatal(err)
	}
	want, err := fs.Sub(both, "after")
	if err != nil {
		t.Fatal(err)
	}
	before, err := fs.Sub(both, "before")
	if err != nil {
		t.Fatal(err)
	}
	from, to := t.TempDir(), t.TempDir()
	if err := os.CopyFS(from, before); err != nil {
		t.Fatal(err)
	}
	names, err := rename.Module(t.Context(), from, to, "./...")
	if err != nil {
		t.Fatal(err)
	}
	err = fs.WalkDir(want, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(want, path)
		if err != nil {
			return err
		}
		got, err := os.ReadFile(filepath.Join(to, path))
		if err != nil {
			return err
		}
		if string(got) != string(text) {
			t.Errorf("%s:\n%s", path, got)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if kept := []string{"Error", "Len", "Less", "String", "Swap"}; !slices.Equal(names.Kept(), kept) {
		t.Errorf("methods %q kept their names, want %q", names.Kept(), kept)
	}
	if _, err := rename.Module(t.Context(), to, t.TempDir(), "./..."); err != nil {
		t.Errorf("what was renamed cannot be renamed: %v", err)
	}
}

func TestModuleRefuses(t *testing.T) {
	tests := []struct{ name, mod, code, err string }{
		{"no module", "", "package p\n", "no module"},
		{"does not compile", "module m\n\ngo 1.26\n", "package p\n\nvar x int = y\n", "undefined: y"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, filepath.Join(dir, "p.go"), test.code)
			if test.mod != "" {
				write(t, filepath.Join(dir, "go.mod"), test.mod)
			}
			_, err := rename.Module(t.Context(), dir, t.TempDir(), "./...")
			if err == nil || !strings.Contains(err.Error(), test.err) {
				t.Errorf("Module: %v, want %q", err, test.err)
			}
		})
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

package source_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/fencelint/fencelint/report/internal/source"
)

func TestFiles(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.go")
	if err := os.WriteFile(name, []byte("package a\r\n\nvar ä, b = 1, 2\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var files source.Files
	if got, want := files.Lines(name), []string{"package a", "", "var ä, b = 1, 2"}; !slices.Equal(got, want) {
		t.Errorf("lines %q, want %q", got, want)
	}
	if got := files.Lines(name + ".none"); got != nil {
		t.Errorf("a file that does not exist has lines %q", got)
	}
	for _, test := range []struct{ line, col, want int }{
		{1, 1, 1}, {3, 5, 5}, {3, 9, 8}, {3, 17, 16},
		{3, 99, 99}, {0, 3, 3}, {4, 3, 3}, {3, 0, 0},
	} {
		if got := files.Column(name, test.line, test.col); got != test.want {
			t.Errorf("column %d of line %d is %d, want %d", test.col, test.line, got, test.want)
		}
	}
	if got := files.Column(name+".none", 1, 7); got != 7 {
		t.Errorf("column 7 of what cannot be read is %d", got)
	}
}

// What a //line comment can name, and is not for a report.
func TestFilesThatAreNotQuoted(t *testing.T) {
	dir := t.TempDir()
	secret, large, folder := filepath.Join(dir, "id_rsa"), filepath.Join(dir, "large.go"), filepath.Join(dir, "folder.go")
	for name, size := range map[string]int{secret: 10, large: 16<<20 + 1} {
		if err := os.WriteFile(name, make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	var files source.Files
	for _, name := range []string{secret, large, folder, "/dev/zero"} {
		if got := files.Lines(name); got != nil {
			t.Errorf("%s has %d lines", name, len(got))
		}
	}
}

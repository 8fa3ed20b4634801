package bounded_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/internal/bounded"
)

func TestReadFile(t *testing.T) {
	const limit = 1 << 20
	name := filepath.Join(t.TempDir(), "file")
	for size, want := range map[int]string{0: "", limit: "", limit + 1: name + " has more than 1 MB"} {
		if err := os.WriteFile(name, make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
		text, err := bounded.ReadFile(name, limit)
		if want == "" && (err != nil || len(text) != size) || want != "" && (err == nil || err.Error() != want) {
			t.Errorf("%d bytes: read %d, %v; want %q", size, len(text), err, want)
		}
	}
	if _, err := bounded.ReadFile("/dev/zero", limit); err != nil && !strings.Contains(err.Error(), "more than 1 MB") && !os.IsNotExist(err) {
		t.Error(err)
	}
	if _, err := bounded.ReadFile(filepath.Join(t.TempDir(), "nosuch"), limit); !os.IsNotExist(err) {
		t.Errorf("%v, want %v", err, fs.ErrNotExist)
	}
}

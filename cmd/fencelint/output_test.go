package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

var errWrite = errors.New("no more")

func TestReplace(t *testing.T) {
	text := func(w io.Writer) error {
		_, err := io.WriteString(w, "new")
		return err
	}
	half := func(w io.Writer) error { return errors.Join(text(w), errWrite) }
	tests := map[string]struct {
		before string // "" for no file
		write  func(io.Writer) error
		want   string
		err    error
	}{
		"new":                      {"", text, "new", nil},
		"another":                  {"old", text, "new", nil},
		"writing fails":            {"old", half, "old", errWrite},
		"writing a new file fails": {"", half, "", errWrite},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "out")
			if test.before != "" {
				if err := os.WriteFile(file, []byte(test.before), 0o640); err != nil {
					t.Fatal(err)
				}
			}
			if err := replace(t.Context(), file, test.write); !errors.Is(err, test.err) {
				t.Errorf("error %v, want %v", err, test.err)
			}
			want := 1
			if test.want == "" {
				want = 0
			} else if got, err := os.ReadFile(file); err != nil || string(got) != test.want {
				t.Errorf("the file has %q, %v, want %q", got, err, test.want)
			}
			left, err := os.ReadDir(dir)
			if err != nil || len(left) != want {
				t.Errorf("%v, %v are left behind", left, err)
			}
			if info, err := os.Stat(file); test.before != "" && (err != nil || info.Mode().Perm() != 0o640) {
				t.Errorf("the file has mode %v, %v", info.Mode(), err)
			}
		})
	}
}

func TestReplaceKeepsLinks(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("file", link); err != nil {
		t.Skip(err)
	}
	if err := replace(t.Context(), link, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode().Type() != os.ModeSymlink {
		t.Errorf("the link is %v, %v", info.Mode(), err)
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != "new" {
		t.Errorf("what it leads to has %q, %v", got, err)
	}
}

// A run that is told to end while it still thinks about what to write leaves what was
// there.
func TestReplaceIsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	dir := t.TempDir()
	file := filepath.Join(dir, "out")
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := replace(ctx, file, func(w io.Writer) error {
		cancel()
		_, err := io.WriteString(w, "new")
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != "old" {
		t.Errorf("the file has %q, %v", got, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("%v, %v are left behind", left, err)
	}
}

// A device, such as /dev/null, must not become a file.
func TestReplaceWritesThrough(t *testing.T) {
	info, err := os.Stat(os.DevNull)
	if err != nil || info.Mode().IsRegular() {
		t.Skipf("no device to write to: %v", err)
	}
	if err := replace(t.Context(), os.DevNull, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }); err != nil {
		t.Fatal(err)
	}
	if after, err := os.Stat(os.DevNull); err != nil || after.Mode() != info.Mode() {
		t.Errorf("%s has become %v, %v", os.DevNull, after, err)
	}
}

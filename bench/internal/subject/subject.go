// Package subject brings the code that time and memory are measured on.
package subject

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/bench/internal/golist"
	"github.com/fencelint/fencelint/bench/internal/table"
)

// Versions is the module, in the repository, that says which version of a subject is
// measured.
const Versions = "bench/precision/modules"

//go:embed subjects.tsv
var subjects string

// Subject is code to measure on.
type Subject struct {
	Name     string
	Module   string   // its path, or "" for the standard library
	Patterns []string // what of it is analysed
	Dir      string   // where commands run; set by Fetch
}

// Size is how much code a subject is.
type Size struct {
	Named, NamedLines int // the packages that are analysed, tests left out
	Lines             int // of them and of all they depend on
	Walked            int // the same without the standard library, unless that is named
}

// List returns the subjects of the table with the given names.
func List(names []string) ([]Subject, error) {
	var all []Subject
	err := table.Rows("subjects.tsv", subjects, 3, func(cells []string) error {
		s := Subject{Name: cells[0], Patterns: strings.Fields(cells[2])}
		if cells[1] != "-" {
			s.Module = cells[1]
		}
		all = append(all, s)
		return nil
	})
	var picked []Subject
	for _, name := range names {
		i := slices.IndexFunc(all, func(s Subject) bool { return s.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("%q is no subject of subjects.tsv", name)
		}
		picked = append(picked, all[i])
	}
	return picked, err
}

// Fetch makes a checkout of the subject below dir, of the version that the module at
// versions requires.
func (s *Subject) Fetch(ctx context.Context, versions, dir string) error {
	s.Dir = filepath.Join(dir, s.Name)
	if s.Module == "" {
		return empty(s.Dir)
	}
	cmd := exec.CommandContext(ctx, "go", "mod", "download", "-json", s.Module)
	cmd.Dir = versions
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("download %s: %w\n%s%s", s.Module, err, out, stderr.Bytes())
	}
	var download struct{ Dir string }
	if err := json.Unmarshal(out, &download); err != nil {
		return fmt.Errorf("download %s: decode the output of the go command: %w", s.Module, err)
	}
	return os.CopyFS(s.Dir, os.DirFS(download.Dir))
}

// empty makes a module with nothing in it: commands run in some module, and packages of the
// standard library can be named in any.
func empty(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module empty\n\ngo 1.26\n"), 0o666)
}

// Size counts the subject's packages and lines.
func (s *Subject) Size(ctx context.Context) (Size, error) {
	named, err := golist.List(ctx, s.Dir, s.Patterns...)
	if err != nil {
		return Size{}, err
	}
	all, err := golist.List(ctx, s.Dir, slices.Concat([]string{"-deps"}, s.Patterns)...)
	if err != nil {
		return Size{}, err
	}
	reported := make(map[string]bool)
	for _, p := range named {
		reported[p.ImportPath] = true
	}
	size := Size{Named: len(named)}
	for i := range all {
		lines, err := all[i].Lines()
		if err != nil {
			return Size{}, err
		}
		size.Lines += lines
		if reported[all[i].ImportPath] {
			size.NamedLines += lines
		}
		if reported[all[i].ImportPath] || !all[i].Standard {
			size.Walked += lines
		}
	}
	return size, nil
}

// Title is what a heading calls the subject.
func (s *Subject) Title() string {
	if s.Module == "" {
		return "the standard library"
	}
	return s.Name
}

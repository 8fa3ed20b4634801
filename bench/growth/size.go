package main

import (
	"context"
	_ "embed"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/bench/internal/golist"
	"github.com/fencelint/fencelint/bench/internal/subject"
	"github.com/fencelint/fencelint/bench/internal/table"
)

//go:embed sizes.tsv
var programs string

// size is a program of some size.
type size struct {
	name     string
	required bool     // its packages are those that a module of bench/precision requires
	packages []string // with what they import, they are the program
	// program names all of its packages. It and the number of lines are set by locate.
	program subject.Subject
	lines   int
}

func sizes() ([]size, error) {
	var all []size
	err := table.Rows("sizes.tsv", programs, 3, func(cells []string) error {
		all = append(all, size{name: cells[0], required: cells[1] == "precision", packages: strings.Fields(cells[2])})
		return nil
	})
	return all, err
}

// locate lists the packages of the program.
func (s *size) locate(ctx context.Context, root, dir string) error {
	s.program = subject.Subject{Name: strings.ReplaceAll(s.name, "/", "-")}
	if s.required {
		s.program.Dir = filepath.Join(root, subject.Versions)
	} else if err := s.program.Fetch(ctx, "", dir); err != nil {
		return err
	}
	pkgs, err := golist.List(ctx, s.program.Dir, slices.Concat([]string{"-deps"}, s.packages)...)
	if err != nil {
		return err
	}
	for i := range pkgs {
		n, err := pkgs[i].Lines()
		if err != nil {
			return err
		}
		s.lines += n
		if path := pkgs[i].ImportPath; path != "unsafe" { // it has no code
			s.program.Patterns = append(s.program.Patterns, path)
		}
	}
	return nil
}

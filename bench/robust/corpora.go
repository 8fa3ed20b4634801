package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/fencelint/fencelint/analyzer/load"
)

// corpus is a set of programs from one source.
type corpus struct {
	name     string
	programs func() ([]*program, error)
}

// patience is how long analysing may take.
type patience struct {
	program, library time.Duration
}

// corpora returns all of them.
func corpora(ctx context.Context, p patience) ([]corpus, error) {
	root, err := goCommand(ctx, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	tools, err := goCommand(ctx, "list", "-m", "-f", "{{.Dir}}", "golang.org/x/tools")
	if err != nil {
		return nil, err
	}
	loose := newLoose(ctx)
	files := func(name, dir string, skip ...string) corpus {
		return corpus{name, func() ([]*program, error) { return scattered(loose, dir, p.program, skip...) }}
	}
	ssa := filepath.Join(tools, "go", "ssa", "testdata")
	return []corpus{
		files("GOROOT/test", filepath.Join(root, "test")),
		files("types testdata", filepath.Join(root, "src", "internal", "types", "testdata")),
		files("ssa testdata", ssa, "src"),
		{"ssa archives", func() ([]*program, error) { return archives(loose, ssa, p.program) }},
		{"ssa library", func() ([]*program, error) {
			lib, err := tree(loose, filepath.Join(ssa, "src"), p.program)
			return []*program{lib}, err
		}},
		{"std", func() ([]*program, error) { return library("std", filepath.Join(root, "src"), "std", p.library), nil }},
		{"cmd", func() ([]*program, error) {
			return library("cmd", filepath.Join(root, "src", "cmd"), "cmd/...", p.library), nil
		}},
	}, nil
}

func goCommand(ctx context.Context, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, "go", args...).Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}

// library is one program of many packages, which the go command knows.
func library(name, dir, pattern string, patience time.Duration) []*program {
	return []*program{{name: name, patience: patience, load: func(ctx context.Context) (*load.Program, error) {
		return load.Load(ctx, load.Options{Dir: dir}, pattern)
	}}}
}

// scattered returns a program for each file below dir, and one for each directory whose
// files belong together: the Go distribution ends their names in .dir.
func scattered(l *loose, dir string, patience time.Duration, skip ...string) ([]*program, error) {
	var all []*program
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		switch {
		case d.IsDir() && slices.Contains(skip, d.Name()):
			return filepath.SkipDir
		case d.IsDir() && together(path):
			p, err := tree(l, path, patience)
			if err != nil {
				return err
			}
			p.name = name
			all = append(all, p)
			return filepath.SkipDir
		case !d.IsDir() && strings.HasSuffix(path, ".go"):
			all = append(all, l.program(name, patience, []source{{file: path}}))
		}
		return nil
	})
	return all, err
}

// together reports whether the files below a directory are one program.
func together(dir string) bool {
	return strings.HasSuffix(dir, ".dir") || filepath.Base(filepath.Dir(dir)) == "check"
}

// tree returns all files below a directory as one program.
func tree(l *loose, dir string, patience time.Duration) (*program, error) {
	var all []source
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".go") {
			folder, _ := filepath.Rel(dir, filepath.Dir(path))
			all = append(all, source{folder: filepath.ToSlash(folder), file: path})
		}
		return err
	})
	return l.program(filepath.Base(dir), patience, all), err
}

// archives returns a program for each archive in dir.
func archives(l *loose, dir string, patience time.Duration) ([]*program, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil {
		return nil, err
	}
	var all []*program
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var sources []source
		for _, f := range txtar.Parse(text).Files {
			if strings.HasSuffix(f.Name, ".go") {
				sources = append(sources, source{folder: filepath.ToSlash(filepath.Dir(f.Name)), file: f.Name, text: f.Data})
			}
		}
		all = append(all, l.program(filepath.Base(name), patience, sources))
	}
	return all, nil
}

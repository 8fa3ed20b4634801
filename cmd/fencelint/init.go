package main

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/fencelint/fencelint/analyzer/config"
	"github.com/fencelint/fencelint/analyzer/survey"
	"github.com/fencelint/fencelint/report"
)

//go:embed start
var start embed.FS

// workflow is where GitHub looks for what to run.
const workflow = ".github/workflows/fencelint.yml"

// initialise looks at the module and writes the files to start with. It overwrites
// nothing.
func initialise(ctx context.Context, args []string, stdout, stderr io.Writer) (int, error) {
	var s settings
	set := newFlags("fencelint init", &s, stderr)
	if err := s.parse(ctx, set, args); err != nil {
		return failed, err
	}
	if s.out != "" {
		return failed, errors.New("-o: init writes files with names of their own")
	}
	files, err := s.starting()
	if err != nil {
		return failed, err
	}
	result, _, err := s.whole(ctx)
	if err != nil {
		return failed, err
	}
	own := s.own()
	lines := survey.Lines(result.Model, result.Summaries(), own)
	files[0].text = slices.Concat(files[0].text, report.Lines(lines))
	for _, f := range files {
		if err := f.write(); err != nil {
			return failed, err
		}
		fmt.Fprintf(stdout, "wrote %s\n", nearby(f.name))
	}
	return s.finish(ctx, result, stdout, stderr, func(w io.Writer) error {
		return report.Start(w, survey.Fences(result.Model, result.Summaries(), own), len(lines), report.Options{Root: s.root})
	})
}

// own returns what tells the packages of the modules that are worked on from others.
func (s *settings) own() func(pkg string) bool {
	paths := make(map[string]bool)
	for _, p := range s.program.Named {
		paths[p.PkgPath] = p.Module != nil && p.Module.Main
	}
	return func(pkg string) bool { return paths[pkg] }
}

// startFile is a file to start with.
type startFile struct {
	name string
	text []byte
}

// starting returns the files to start with, the model file first; an error if one of
// them is there.
func (s *settings) starting() ([]startFile, error) {
	repository := above(s.root, ".git")
	directory, err := filepath.Rel(repository, s.root)
	if err != nil {
		return nil, fmt.Errorf("cannot place %s: %w", workflow, err)
	}
	if directory = filepath.ToSlash(directory) + "/"; directory == "./" {
		directory = ""
	}
	var files []startFile
	for _, f := range []struct{ from, to string }{
		{config.ModelFile, filepath.Join(s.root, config.ModelFile)},
		{config.FileName, filepath.Join(s.root, config.FileName)},
		{"workflow.yml", filepath.Join(repository, filepath.FromSlash(workflow))},
	} {
		if exists(f.to) {
			return nil, fmt.Errorf("%s is there already, and init overwrites nothing: delete it or go on with it", nearby(f.to))
		}
		text, err := start.ReadFile("start/" + f.from)
		if err != nil {
			return nil, fmt.Errorf("cannot start: %w", err)
		}
		files = append(files, startFile{f.to, bytes.ReplaceAll(text, []byte("DIRECTORY"), []byte(directory))})
	}
	return files, nil
}

// above returns the nearest directory from dir up that has an entry of that name, dir
// itself if none has.
func above(dir, name string) string {
	for d := dir; ; d = filepath.Dir(d) {
		if exists(filepath.Join(d, name)) {
			return d
		}
		if filepath.Dir(d) == d {
			return dir
		}
	}
}

// write writes a file that is not there.
func (f *startFile) write() error {
	if err := os.MkdirAll(filepath.Dir(f.name), 0o755); err != nil {
		return fmt.Errorf("cannot start: %w", err)
	}
	file, err := os.OpenFile(f.name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("cannot start: %w", err)
	}
	_, err = file.Write(f.text)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("cannot start: %w", err)
	}
	return nil
}

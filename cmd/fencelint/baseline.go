package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/baseline"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/internal/roster"
)

// accepted returns the baseline that was asked for, nil if none was. One that is to be
// written need not be there yet.
func (s *settings) accepted() (*baseline.Baseline, error) {
	if s.baseline == "" {
		return nil, nil
	}
	file := nearby(s.baseline)
	if s.writeBaseline && !exists(file) {
		return &baseline.Baseline{File: file}, nil
	}
	return baseline.Read(file)
}

// nearby shortens the name of a file near the current directory: the configuration names
// files in full.
func nearby(file string) string {
	dir, err := os.Getwd()
	if err != nil || !filepath.IsAbs(file) {
		return file
	}
	if rel, err := filepath.Rel(dir, file); err == nil && len(rel) < len(file) {
		return rel
	}
	return file
}

// settle holds the findings of a whole program against the baseline: it writes it where
// that was asked, says which entries are no longer needed where not, and marks what is
// accepted.
func (s *settings) settle(ctx context.Context, accepted *baseline.Baseline, found []finding.Finding, result *analyzer.Result, stderr io.Writer) error {
	env, err := load.Environment(ctx)
	if err != nil {
		return err
	}
	build := baseline.Build(env.OS, env.Arch, s.load.Tags, s.load.Tests)
	scope, err := s.scope(ctx, accepted, result)
	if err != nil {
		return err
	}
	stale := accepted.Stale(found, scope)
	if !s.writeBaseline {
		accepted.Mark(found)
		if build == accepted.Build && len(result.Failures) == 0 {
			noLongerNeeded(stderr, accepted, stale)
		}
		return nil
	}
	if len(result.Failures) > 0 {
		return fmt.Errorf("baseline %s is not written: %s", accepted.File, result.Failures[0])
	}
	renewed, err := s.renewed(accepted, build, found, stale)
	if err != nil {
		return err
	}
	if err := replace(ctx, renewed.File, renewed.Write); err != nil {
		return fmt.Errorf("cannot write baseline: %w", err)
	}
	renewed.Mark(found)
	fmt.Fprintf(stderr, "baseline %s: %d listed, %d no longer needed\n", renewed.File, len(renewed.Entries), len(stale))
	return nil
}

// scope says what this run can tell of the entries of a baseline.
func (s *settings) scope(ctx context.Context, accepted *baseline.Baseline, result *analyzer.Result) (*baseline.Scope, error) {
	scope := &baseline.Scope{Rules: s.rules, Packages: make(map[string]bool)}
	if len(s.rules) == 0 {
		scope.Rules = roster.Rules()
	}
	var others []string
	for _, e := range accepted.Entries {
		scope.Packages[e.Package] = result.Program.Report(e.Package)
		if !scope.Packages[e.Package] && !slices.Contains(others, e.Package) {
			others = append(others, e.Package)
		}
	}
	missing, err := load.Missing(ctx, s.load, others)
	for path := range missing {
		scope.Packages[path] = true
	}
	return scope, err
}

// renewed returns the baseline as it is to be written, or why it may not be.
func (s *settings) renewed(accepted *baseline.Baseline, build string, found []finding.Finding, stale []baseline.Entry) (*baseline.Baseline, error) {
	var shown []finding.Finding
	for i := range found {
		if s.shown(&found[i]) {
			shown = append(shown, found[i])
		}
	}
	renewed, grown := accepted.Renewed(shown, stale)
	switch {
	case s.force || accepted.Build == "": // or a new file
	case accepted.Build != build:
		return nil, fmt.Errorf("baseline %s is for %s and this run for %s: write another file, or say -force to replace it", accepted.File, accepted.Build, build)
	case len(grown) > 0:
		first := grown[0]
		more := ""
		if len(grown) > 1 {
			more = fmt.Sprintf(" and %d more", len(grown)-1)
		}
		return nil, fmt.Errorf("baseline %s would grow by %s in %s%s: correct them, or say -force to accept what is new",
			accepted.File, first.Rule, cmp.Or(first.Place, first.Package), more)
	}
	renewed.Build = build
	return renewed, nil
}

// noLongerNeeded names the entries that nothing was found for.
func noLongerNeeded(w io.Writer, accepted *baseline.Baseline, stale []baseline.Entry) {
	for _, e := range stale {
		fmt.Fprintf(w, "%s:%d: no longer needed: %s in %s\n", accepted.File, e.Line, e.Rule, cmp.Or(e.Place, e.Package))
	}
	if len(stale) > 0 {
		fmt.Fprintln(w, "-write-baseline takes out what is no longer needed")
	}
}

package main

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/audit"
	"github.com/fencelint/fencelint/analyzer/config"
	"github.com/fencelint/fencelint/analyzer/escape"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/internal/roster"
	"github.com/fencelint/fencelint/report"
)

// check analyses a whole program.
func check(ctx context.Context, args []string, stdout, stderr io.Writer) (int, error) {
	var s settings
	set := newFlags("fencelint", &s, stderr)
	findingFlags(set, &s)
	baselineFlags(set, &s)
	if err := s.parse(ctx, set, args); err != nil {
		return failed, err
	}
	accepted, err := s.accepted()
	if err != nil {
		return failed, err
	}
	s.released = pace()
	result, root, err := s.whole(ctx)
	if err != nil {
		return failed, err
	}
	s.progress.at("looking for cycles")
	defer s.progress.stop()
	found := roster.Findings(result, s.rules, time.Now())
	coverage := report.Coverage{Stats: result.Stats, Failures: slices.Concat(result.Failures, result.Late()), Edges: result.Edges}
	if s.evidence && !seen(found) {
		coverage.Remark = audit.Remark(result.Graph(), audit.Exporters(result.Model, result.Summaries()))
	}
	s.progress.stop()
	if accepted != nil {
		if err := s.settle(ctx, accepted, found, result, stderr); err != nil {
			return failed, err
		}
	}
	return s.write(ctx, stdout, root, found, &coverage)
}

// seen reports whether there is a cycle of which every edge was seen.
func seen(found []finding.Finding) bool {
	return slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Verdict == finding.Cycle })
}

// whole loads and analyses the program that the patterns name.
func (s *settings) whole(ctx context.Context) (*analyzer.Result, string, error) {
	s.progress.at("loading packages")
	defer s.progress.stop()
	program, err := load.Load(ctx, s.load, s.patterns...)
	if err != nil {
		return nil, "", err
	}
	files, err := s.modelFiles()
	if err != nil {
		return nil, "", err
	}
	models, err := config.Models(files...)
	if err != nil {
		return nil, "", err
	}
	s.program, s.parsed = program, models
	s.progress.at("analysing " + strings.Join(s.patterns, " "))
	heap := func(paths []string) (*escape.Results, error) { return escape.Ask(ctx, s.load.Dir, s.load.Tags, paths) }
	return analyzer.Whole(program.Named, analyzer.Options{
		Models: models, Heap: heap, Complete: load.Complete(ctx, s.load, program), Released: s.released,
	}), program.Root, nil
}

// write streams the findings that are wanted to the handler, and returns the exit
// status: what could not be analysed weighs more than what was found.
func (s *settings) write(ctx context.Context, stdout io.Writer, root string, found []finding.Finding, coverage *report.Coverage) (int, error) {
	status := clean
	err := s.output(ctx, stdout, func(w io.Writer) error {
		handler, err := s.handler(w, root)
		if err != nil {
			return err
		}
		for i := range found {
			f := &found[i]
			if !s.shown(f) {
				continue
			}
			if f.Suppressed == "" && f.Level != finding.Note {
				status = findings
			}
			if err := handler.Finding(f); err != nil {
				return err
			}
		}
		return handler.Done(coverage)
	})
	if err != nil {
		return failed, err
	}
	if len(coverage.Failures) > 0 {
		status = failed
	}
	return status, nil
}

package main

import (
	"context"
	"io"
	"time"

	"github.com/fencelint/fencelint/analyzer/audit"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/internal/roster"
	"github.com/fencelint/fencelint/report"
)

// audited prints the roots, and everything that each of them can do.
func audited(ctx context.Context, args []string, stdout, stderr io.Writer) (int, error) {
	var s settings
	set := newFlags("fencelint audit", &s, stderr)
	if err := s.parse(set, args); err != nil {
		return failed, err
	}
	result, root, err := s.whole(ctx)
	if err != nil {
		return failed, err
	}
	g := result.Graph()
	all := audit.Roots(g)
	var roots []report.Audited
	for _, r := range all {
		roots = append(roots, report.Audited{Root: r, Operations: audit.Operations(g, &r)})
	}
	var funcs []*summary.Summary
	for _, key := range result.Program.Funcs {
		funcs = append(funcs, result.Program.Summary(key))
	}
	outside := audit.Outside(g, all, funcs)
	w, done, err := s.output(stdout)
	if err != nil {
		return failed, err
	}
	findings := roster.Findings(result, nil, time.Now())
	if err := report.Audit(w, roots, outside, findings, report.Options{Root: root}); err != nil {
		return failed, err
	}
	return s.finish(result, stderr, done)
}

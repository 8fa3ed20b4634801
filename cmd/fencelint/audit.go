package main

import (
	"context"
	"io"
	"slices"
	"time"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/audit"
	"github.com/fencelint/fencelint/internal/roster"
	"github.com/fencelint/fencelint/report"
)

// audited prints the roots, and everything that each of them can do.
func audited(ctx context.Context, args []string, stdout, stderr io.Writer) (int, error) {
	var s settings
	set := newFlags("fencelint audit", &s, stderr)
	wakes := set.Bool("wakes", false, "print who wakes whom instead: predicates, what they read, who writes it, what wake follows")
	if err := s.parse(ctx, set, args); err != nil {
		return failed, err
	}
	result, root, err := s.whole(ctx)
	if err != nil {
		return failed, err
	}
	if *wakes {
		return s.wakes(ctx, result, root, stdout, stderr)
	}
	found := roster.Findings(result, nil, time.Now())
	in := inventory(result)
	if !seen(found) {
		in.Remark = audit.Remark(result.Graph(), in.Exporters)
	}
	return s.finish(ctx, result, stdout, stderr, func(w io.Writer) error {
		return report.Audit(w, in, found, report.Options{Root: root})
	})
}

// inventory takes stock of a program.
func inventory(result *analyzer.Result) *report.Inventory {
	g := result.Graph()
	roots := audit.Roots(g)
	var in report.Inventory
	for _, r := range slices.Concat(roots, audit.Beside(g)) {
		in.Roots = append(in.Roots, report.Audited{Root: r, Operations: audit.Operations(g, &r), Proof: audit.Proven(g, &r)})
	}
	funcs := result.Summaries()
	in.Outside = audit.Outside(g, roots, funcs)
	in.Timeouts = audit.Timeouts(g, result.Timing())
	in.Exporters = audit.Exporters(result.Model, funcs)
	return &in
}

// wakes prints who wakes whom.
func (s *settings) wakes(ctx context.Context, result *analyzer.Result, root string, stdout, stderr io.Writer) (int, error) {
	name := func(key string) string { return result.Program.Summary(key).Display }
	return s.finish(ctx, result, stdout, stderr, func(w io.Writer) error {
		return report.Wakes(w, result.Program.Wakes(), name, report.Options{Root: root})
	})
}

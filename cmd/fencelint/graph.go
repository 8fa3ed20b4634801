package main

import (
	"context"
	"io"

	"github.com/fencelint/fencelint/report"
)

// printGraph prints what is waited for while what is held or owed.
func printGraph(ctx context.Context, args []string, stdout, stderr io.Writer) (int, error) {
	var s settings
	set := newFlags("fencelint graph", &s, stderr)
	s.formatFlag(set, report.GraphFormats())
	if err := s.parse(ctx, set, args); err != nil {
		return failed, err
	}
	result, root, err := s.whole(ctx)
	if err != nil {
		return failed, err
	}
	return s.finish(ctx, result, stdout, stderr, func(w io.Writer) error {
		return report.Graph(s.format, w, result.Edges(), report.Options{Root: root})
	})
}

package main

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/why"
	"github.com/fencelint/fencelint/internal/roster"
	"github.com/fencelint/fencelint/report"
)

// whyWay prints a way from one function or class to another.
func whyWay(ctx context.Context, args []string, stdout, stderr io.Writer) (int, error) {
	return ask(ctx, "why [flags] FROM TO", 2, args, stdout, stderr, func(w io.Writer, result *analyzer.Result, named []string, opts report.Options) error {
		questions := why.New(result.Graph(), result.Edges(), result.Summaries())
		from, err := questions.Thing(named[0])
		if err != nil {
			return err
		}
		to, err := questions.Thing(named[1])
		if err != nil {
			return err
		}
		return report.Why(w, from, to, questions.Way(from, to), questions.Blind(from), opts)
	})
}

// whyNot says why nothing is said of a function.
func whyNot(ctx context.Context, args []string, stdout, stderr io.Writer) (int, error) {
	return ask(ctx, "why-not [flags] FUNC", 1, args, stdout, stderr, func(w io.Writer, result *analyzer.Result, named []string, opts report.Options) error {
		questions := why.New(result.Graph(), result.Edges(), result.Summaries())
		fn, err := questions.Function(named[0])
		if err != nil {
			return err
		}
		found := roster.Findings(result, nil, time.Now())
		return report.WhyNot(w, questions.Silence(fn, found), found, opts)
	})
}

// ask analyses the program and has a question about some of its names answered.
func ask(ctx context.Context, usage string, names int, args []string, stdout, stderr io.Writer,
	answer func(io.Writer, *analyzer.Result, []string, report.Options) error,
) (int, error) {
	var s settings
	set := newFlags("fencelint "+usage, &s, stderr)
	if err := s.parse(ctx, set, args); err != nil {
		return failed, err
	}
	if set.NArg() < names {
		return failed, errors.New("usage: fencelint " + usage + " [packages]")
	}
	named := set.Args()[:names]
	if s.patterns = set.Args()[names:]; len(s.patterns) == 0 {
		s.patterns = []string{"./..."}
	}
	result, root, err := s.whole(ctx)
	if err != nil {
		return failed, err
	}
	return s.finish(ctx, result, stdout, stderr, func(w io.Writer) error {
		return answer(w, result, named, report.Options{Root: root, Width: width})
	})
}

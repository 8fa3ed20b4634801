package main

import (
	"context"
	"errors"
	"io"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/config"
	"github.com/fencelint/fencelint/analyzer/load"
	"github.com/fencelint/fencelint/report"
)

// models checks the model files against the program: what they say must be of
// something that is there. So must what the shipped ones say of packages that are.
func models(ctx context.Context, args []string, stdout, stderr io.Writer) (int, error) {
	if len(args) == 0 || args[0] != "check" {
		return failed, errors.New("usage: fencelint models check [flags] [packages]")
	}
	var s settings
	if err := s.parse(ctx, newFlags("fencelint models check", &s, stderr), args[1:]); err != nil {
		return failed, err
	}
	program, err := load.Load(ctx, s.load, s.patterns...)
	if err != nil {
		return failed, err
	}
	files, err := s.modelFiles()
	if err != nil {
		return failed, err
	}
	parsed, err := config.Models(files...)
	if err != nil {
		return failed, err
	}
	problems := analyzer.CheckModels(program.Named, parsed)
	err = s.output(ctx, stdout, func(w io.Writer) error {
		return report.Problems(w, problems, report.Options{Root: program.Root})
	})
	if err != nil {
		return failed, err
	}
	if len(problems) > 0 {
		return findings, nil
	}
	return clean, nil
}

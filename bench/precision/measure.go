package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fencelint/fencelint/bench/internal/golist"
	"github.com/fencelint/fencelint/internal/fencelint"
)

// outcome is what a run on one module says.
type outcome struct {
	module   module
	packages int
	lines    int               // of the analysed Go files, tests left out
	report   *fencelint.Report // nil where there is none
	err      error             // why some of it, or all, could not be analysed
}

// measure analyses the module in the module at dir, which requires it.
func measure(ctx context.Context, c fencelint.Command, dir string, m module, limit time.Duration) outcome {
	o := outcome{module: m}
	ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("took more than %v", limit))
	defer cancel()
	pkgs, err := list(ctx, dir, m)
	if err != nil {
		o.err = err
		return o
	}
	o.packages = len(pkgs)
	if o.lines, o.err = golist.Lines(pkgs); o.err != nil {
		return o
	}
	args := []string{"-min-level=error"}
	for _, p := range pkgs {
		args = append(args, p.ImportPath)
	}
	o.report, o.err = c.Report(ctx, fencelint.Whole, dir, args...)
	if o.err != nil && ctx.Err() != nil {
		o.err = context.Cause(ctx)
	}
	return o
}

// list returns the packages of the module that are analysed.
func list(ctx context.Context, dir string, m module) ([]golist.Package, error) {
	if m.within == "" {
		return golist.List(ctx, dir, m.packages...)
	}
	pkgs, err := golist.List(ctx, dir, slices.Concat([]string{"-deps"}, m.packages)...)
	return slices.DeleteFunc(pkgs, func(p golist.Package) bool {
		return p.ImportPath != m.within && !strings.HasPrefix(p.ImportPath, m.within+"/")
	}), err
}

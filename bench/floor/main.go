// Floor compares fencelint with what any such tool has to pay: loading, SSA and VTA for a
// whole program; types and SSA of one package at a time under go vet.
//
//	go run ./bench/floor [flags] [subject ...]
//
// A subject is a row of bench/internal/subject/subjects.tsv. Everything that is compared runs in
// turn, and the ratios are taken round by round. Under go vet each round starts with
// everything compiled and nothing analysed.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/fencelint/fencelint/bench/internal/command"
	"github.com/fencelint/fencelint/bench/internal/measure"
	"github.com/fencelint/fencelint/bench/internal/subject"
)

type options struct {
	rounds   int
	vta      int
	limits   measure.Limits
	whole    bool
	vet      bool
	subjects []string
}

func main() {
	var opts options
	flag.IntVar(&opts.rounds, "rounds", 5, "`times` that each command runs")
	flag.IntVar(&opts.vta, "vta", 1, "`rounds` of VTA in the floor of whole programs")
	flag.BoolVar(&opts.whole, "whole", true, "measure the whole-program mode")
	flag.BoolVar(&opts.vet, "vet", true, "measure go vet")
	measure.Flags(flag.CommandLine, &opts.limits, 5*time.Minute)
	flag.Parse()
	opts.subjects = flag.Args()
	if len(opts.subjects) == 0 {
		opts.subjects = []string{"std", "grpc-go"}
	}
	command.Main("floor", func(ctx context.Context) error { return run(ctx, os.Stdout, opts) })
}

func run(ctx context.Context, w io.Writer, opts options) error {
	list, err := subject.List(opts.subjects)
	if err != nil {
		return err
	}
	shop, err := command.Open(ctx, "floor")
	if err != nil {
		return err
	}
	defer shop.Close()
	m := meter{fencelint: shop.Fencelint.Path(), cache: filepath.Join(shop.Dir, "cache"), opts: opts}
	if m.whole, err = shop.Build(ctx, "./bench/floor/whole"); err != nil {
		return err
	}
	if m.unit, err = shop.Build(ctx, "./bench/floor/unit"); err != nil {
		return err
	}
	for i := range list {
		s := &list[i]
		if err := s.Fetch(ctx, filepath.Join(shop.Root, subject.Versions), shop.Dir); err != nil {
			return err
		}
		size, err := s.Size(ctx)
		if err != nil {
			return err
		}
		printSize(w, s, size)
		if opts.whole {
			if err := m.measureWhole(ctx, w, s); err != nil {
				return err
			}
		}
		if opts.vet && s.Module != "" {
			if err := m.measureVet(ctx, w, s); err != nil {
				return err
			}
		}
	}
	return nil
}

func printSize(w io.Writer, s *subject.Subject, size subject.Size) {
	fmt.Fprintf(w, "\n### %s\n\n%d packages with %d lines are named; with what they import, without the standard library, %d lines are analysed; with it %d are loaded.\n",
		s.Title(), size.Named, size.NamedLines, size.Walked, size.Lines)
}

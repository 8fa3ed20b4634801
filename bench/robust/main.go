// Robust analyses code that was written to be hard on compilers, and counts what
// fencelint does not stand:
//
//	go run ./bench/robust [flags] [corpus ...]
//
// The corpora are the standard library, the go command and its tools, every program of the
// Go distribution's test directory, the test data of go/types and of go/ssa. Each program
// is analysed in both modes and its findings are written in all formats. A program that
// does not compile must be rejected with one sentence, any other must be analysed; neither
// may panic or go on for ever, and no finding may be without a position.
//
// The exit status is 1 if something is not as it must be.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/fencelint/fencelint/bench/internal/command"
)

type options struct {
	verbose bool
	match   string
	patience
	names []string
}

func main() {
	var opts options
	flag.BoolVar(&opts.verbose, "v", false, "say what is analysed, how long it took and what came of it")
	flag.StringVar(&opts.match, "match", "", "only programs with this `text` in their names")
	flag.DurationVar(&opts.patience.program, "patience", time.Minute, "how long one small program may take")
	flag.DurationVar(&opts.patience.library, "library-patience", 20*time.Minute, "how long a whole library may take")
	flag.Parse()
	opts.names = flag.Args()

	command.Main("robust", func(ctx context.Context) error { return run(ctx, os.Stdout, opts) })
}

func run(ctx context.Context, w io.Writer, opts options) error {
	all, err := corpora(ctx, opts.patience)
	if err != nil {
		return err
	}
	var known []string
	for _, c := range all {
		known = append(known, c.name)
	}
	for _, name := range opts.names {
		if !slices.Contains(known, name) {
			return fmt.Errorf("no corpus is called %s: they are %s", name, strings.Join(known, ", "))
		}
	}
	var rows []row
	for _, c := range all {
		if len(opts.names) > 0 && !slices.Contains(opts.names, c.name) {
			continue
		}
		programs, err := c.programs()
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		r := row{name: c.name}
		for _, p := range programs {
			if !strings.Contains(p.name, opts.match) {
				continue
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			o := p.try(ctx)
			r.add(o)
			if opts.verbose {
				fmt.Fprintf(os.Stderr, "%s: %s\n", c.name, o)
			}
		}
		rows = append(rows, r)
	}
	print(w, rows)
	for _, r := range rows {
		if len(r.wrong) > 0 {
			return errors.New("not all is as it must be")
		}
	}
	return nil
}

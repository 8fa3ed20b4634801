// Growth measures how fencelint's time and memory grow with the size of the program: over the
// programs of sizes.tsv it takes what a run needs beyond the floor, which is loading, SSA and
// VTA of the same packages, and fits a power of the number of lines to it.
//
//	go run ./bench/growth [flags]
//
// With -o the figures are written to a file, and a picture of them beside it, which
// bench/growth/plot draws.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/fencelint/fencelint/bench/internal/command"
	"github.com/fencelint/fencelint/bench/internal/measure"
)

type options struct {
	rounds int
	limits measure.Limits
	most   int
	out    string
}

func main() {
	var opts options
	flag.IntVar(&opts.rounds, "rounds", 5, "`times` that each command runs")
	flag.IntVar(&opts.most, "most", 3_000_000, "leave out programs of more `lines`")
	flag.StringVar(&opts.out, "o", "", "write the figures to a `file`, and a picture beside it")
	measure.Flags(flag.CommandLine, &opts.limits, 10*time.Minute)
	flag.Parse()
	command.Main("growth", func(ctx context.Context) error { return run(ctx, os.Stdout, opts) })
}

func run(ctx context.Context, w io.Writer, opts options) error {
	list, err := sizes()
	if err != nil {
		return err
	}
	shop, err := command.Open(ctx, "growth")
	if err != nil {
		return err
	}
	defer shop.Close()
	floor, err := shop.Build(ctx, "./bench/floor/whole")
	if err != nil {
		return err
	}
	fmt.Fprint(w, heading)
	var points []point
	for i := range list {
		s := &list[i]
		if err := s.locate(ctx, shop.Root, shop.Dir); err != nil {
			return err
		}
		if s.lines > opts.most {
			continue
		}
		cache := filepath.Join(shop.Dir, "cache")
		contenders := []measure.Contender{
			s.program.Program("floor", cache, floor),
			s.program.Fencelint(cache, shop.Fencelint.Path()),
		}
		if _, err := measure.Run(ctx, 1, opts.limits, contenders[:1]); err != nil { // what cgo makes is there then
			return err
		}
		series, err := measure.Run(ctx, opts.rounds, opts.limits, contenders)
		if err != nil {
			return err
		}
		p := newPoint(s, &series[0], &series[1])
		p.print(w)
		if p.failed == nil {
			points = append(points, p)
		}
	}
	printFits(w, points)
	if opts.out == "" {
		return nil
	}
	var b bytes.Buffer
	write(&b, points)
	if err := os.WriteFile(opts.out, b.Bytes(), 0o666); err != nil {
		return err
	}
	return draw(ctx, shop.Root, opts.out)
}

// draw draws the figures of a file.
func draw(ctx context.Context, root, figures string) error {
	figures, err := filepath.Abs(figures)
	if err != nil {
		return err
	}
	picture := strings.TrimSuffix(figures, filepath.Ext(figures)) + ".svg"
	cmd := exec.CommandContext(ctx, "go", "run", ".", "-i", figures, "-o", picture)
	cmd.Dir = filepath.Join(root, "bench", "growth", "plot")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("draw %s: %w\n%s", figures, err, out)
	}
	return nil
}

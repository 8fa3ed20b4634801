// Goker measures fencelint on the GoKer kernels: deadlocks of large projects, each cut
// down to one file by the authors of GoBench.
//
//	go run ./bench/goker [flags] [kernel ...]
//
// Sixty-three of the sixty-eight come with the Go distribution and are analysed as
// they are there, one at a time and with no annotation. A kernel is detected when a
// finding stands at, or passes, an operation at which a goroutine of the described bug
// stops for good, or names a lock of the bug; expected.tsv has them. With -repaired,
// the kernels' repaired forms in testdata/goker are analysed, where every finding is
// false.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/fencelint/fencelint/internal/fencelint"
)

type options struct {
	repaired bool
	verbose  bool
	names    []string
}

func main() {
	var opts options
	flag.BoolVar(&opts.repaired, "repaired", false, "analyse the repaired forms")
	flag.BoolVar(&opts.verbose, "v", false, "print every finding under the table")
	flag.Parse()
	opts.names = flag.Args()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout, opts)
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "goker: %v\n", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, opts options) error {
	list, err := kernels()
	if err != nil {
		return err
	}
	if len(opts.names) > 0 {
		list = slices.DeleteFunc(list, func(k kernel) bool { return !slices.Contains(opts.names, k.name) })
		if len(list) < len(opts.names) {
			return fmt.Errorf("not all of these are kernels of expected.tsv: %s", strings.Join(opts.names, " "))
		}
	}
	root, err := fencelint.Root(ctx)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "goker")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	c, err := fencelint.Build(ctx, root, dir)
	if err != nil {
		return err
	}

	one := func(k kernel) (outcome, error) { return runRepaired(ctx, c, root, k) }
	if !opts.repaired {
		from, err := distribution(ctx)
		if err != nil {
			return err
		}
		one = func(k kernel) (outcome, error) {
			return runKernel(ctx, c, from, filepath.Join(dir, k.name), k)
		}
	}
	outcomes, err := each(list, one)
	if err != nil {
		return err
	}
	if opts.repaired {
		printRepaired(w, outcomes)
	} else {
		printDetected(w, outcomes)
	}
	printErrors(w, outcomes)
	if opts.verbose {
		printFindings(w, outcomes)
	}
	return nil
}

// each runs do on every kernel, as many at a time as there are processors, and
// returns the outcomes in the kernels' order.
func each(list []kernel, do func(kernel) (outcome, error)) ([]outcome, error) {
	outcomes := make([]outcome, len(list))
	errs := make([]error, len(list))
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for i, k := range list {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			outcomes[i], errs[i] = do(k)
		})
	}
	wg.Wait()
	return outcomes, errors.Join(errs...)
}

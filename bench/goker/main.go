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
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/fencelint/fencelint/bench/internal/command"
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

	command.Main("goker", func(ctx context.Context) error { return run(ctx, os.Stdout, opts) })
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
	shop, err := command.Open(ctx, "goker")
	if err != nil {
		return err
	}
	defer shop.Close()

	one := func(k kernel) (outcome, error) { return runRepaired(ctx, shop.Fencelint, shop.Root, k) }
	if !opts.repaired {
		from, err := distribution(ctx)
		if err != nil {
			return err
		}
		one = func(k kernel) (outcome, error) {
			return runKernel(ctx, shop.Fencelint, from, filepath.Join(shop.Dir, k.name), k)
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

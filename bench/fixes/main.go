// Fixes tries fencelint on deadlocks that large projects have had and fixed: whether
// it finds each one in the last version without the fix, and is silent about it in the
// first version with it.
//
//	go run ./bench/fixes [flags] [project ...]
//
// The versions come as ordinary modules, by the go command. fixes.tsv says which, and
// where the deadlock is.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/fencelint/fencelint/internal/fencelint"
)

func main() {
	verbose := flag.Bool("v", false, "print the findings that count")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout, *verbose, flag.Args())
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "fixes: %v\n", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, verbose bool, projects []string) error {
	list, err := fixes()
	if err != nil {
		return err
	}
	if len(projects) > 0 {
		list = slices.DeleteFunc(list, func(f fix) bool { return !slices.Contains(projects, f.project) })
	}
	root, err := fencelint.Root(ctx)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "fixes")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	c, err := fencelint.Build(ctx, root, dir)
	if err != nil {
		return err
	}

	// One at a time: each may need most of the machine's memory.
	fmt.Fprint(w, "| project | version | rule | found before | silent after | what it was |\n|---|---|---|---|---|---|\n")
	found, silent := 0, 0
	for i, f := range list {
		o := try(ctx, c, filepath.Join(dir, strconv.Itoa(i)), f)
		o.print(w, f)
		if verbose {
			o.printFindings(os.Stderr)
		}
		if o.found() {
			found++
			if o.silent() {
				silent++
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	fmt.Fprintf(w, "\nfound before the fix: %d of %d; of these, silent after it: %d\n", found, len(list), silent)
	return nil
}

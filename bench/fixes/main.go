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
	"path/filepath"
	"slices"
	"strconv"

	"github.com/fencelint/fencelint/bench/internal/command"
)

func main() {
	verbose := flag.Bool("v", false, "print the findings that count")
	flag.Parse()

	command.Main("fixes", func(ctx context.Context) error { return run(ctx, os.Stdout, *verbose, flag.Args()) })
}

func run(ctx context.Context, w io.Writer, verbose bool, projects []string) error {
	list, err := fixes()
	if err != nil {
		return err
	}
	if len(projects) > 0 {
		list = slices.DeleteFunc(list, func(f fix) bool { return !slices.Contains(projects, f.project) })
	}
	shop, err := command.Open(ctx, "fixes")
	if err != nil {
		return err
	}
	defer shop.Close()

	// One at a time: each may need most of the machine's memory.
	fmt.Fprint(w, "| project | version | rule | found before | silent after | what it was |\n|---|---|---|---|---|---|\n")
	found, silent := 0, 0
	for i, f := range list {
		o := try(ctx, shop.Fencelint, filepath.Join(shop.Dir, strconv.Itoa(i)), f)
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

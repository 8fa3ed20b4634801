// Precision runs fencelint on code that is in use, as a user would who has annotated
// nothing, and prints what it took and what it found.
//
//	go run ./bench/precision [flags] [name ...]
//
// The code comes as ordinary modules, which modules/go.mod requires; modules.tsv says
// what of each is analysed. The findings of level error are listed below the table, one
// a line, with what two readers hold each to be: labels.tsv.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fencelint/fencelint/bench/internal/command"
	"github.com/fencelint/fencelint/bench/internal/table"

	_ "embed"
)

//go:embed modules.tsv
var measured string

// module is a row of modules.tsv.
type module struct {
	name     string
	packages []string
	within   string // a path below which dependencies are analysed as well, or ""
}

func modules() ([]module, error) {
	var out []module
	err := table.Rows("modules.tsv", measured, 3, func(cells []string) error {
		m := module{name: cells[0], packages: strings.Fields(cells[1])}
		if cells[2] != "-" {
			m.within = cells[2]
		}
		out = append(out, m)
		return nil
	})
	return out, err
}

func main() {
	limit := flag.Duration("limit", 10*time.Minute, "time for one module")
	flag.Parse()

	command.Main("precision", func(ctx context.Context) error { return run(ctx, os.Stdout, *limit, flag.Args()) })
}

func run(ctx context.Context, w io.Writer, limit time.Duration, names []string) error {
	list, err := modules()
	if err != nil {
		return err
	}
	if len(names) > 0 {
		list = slices.DeleteFunc(list, func(m module) bool { return !slices.Contains(names, m.name) })
	}
	read, err := readings()
	if err != nil {
		return err
	}
	shop, err := command.Open(ctx, "precision")
	if err != nil {
		return err
	}
	defer shop.Close()

	// One at a time: each may need most of the machine's memory.
	dir := filepath.Join(shop.Root, "bench", "precision", "modules")
	fmt.Fprint(w, heading)
	var all []outcome
	for _, m := range list {
		o := measure(ctx, shop.Fencelint, dir, m, limit)
		o.printRow(w)
		all = append(all, o)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	printTotal(w, all)
	printFindings(w, all, read)
	return nil
}

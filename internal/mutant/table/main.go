// Command table plants the mutants of the sample driver, all or those named, and
// prints what fencelint and the simulation make of each.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"github.com/fencelint/fencelint/internal/fencelint"
	"github.com/fencelint/fencelint/internal/mutant"
)

func main() {
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: table [NAME...]")
	}
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	clean, err := run(ctx, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "table:", err)
		os.Exit(2)
	}
	if !clean {
		os.Exit(1)
	}
}

// run judges the mutants and reports whether all is as expected.
func run(ctx context.Context, names []string) (bool, error) {
	root, err := mutant.Root()
	if err != nil {
		return false, err
	}
	if err := os.Chdir(root); err != nil {
		return false, fmt.Errorf("go to the module's root: %w", err)
	}
	mutants, err := mutant.Load(mutant.Dir, names...)
	if err != nil {
		return false, err
	}
	dir, err := os.MkdirTemp("", "fencelint")
	if err != nil {
		return false, fmt.Errorf("make room for the binary: %w", err)
	}
	defer os.RemoveAll(dir)
	command, err := fencelint.Build(ctx, root, dir)
	if err != nil {
		return false, err
	}
	rows := mutant.JudgeAll(ctx, root, dir, command, mutants, func(m *mutant.Mutant) {
		fmt.Fprintln(os.Stderr, "planting", m.Name)
	})
	clean := true
	for _, row := range rows {
		for _, wrong := range row.Wrong {
			clean = false
			fmt.Fprintf(os.Stderr, "%s: %s\n", row.Mutant.Name, wrong)
		}
	}
	return clean, mutant.Print(os.Stdout, rows)
}

// Worst measures fencelint on programs that nobody writes: each has one thing without
// measure that the analysis might not be linear in.
//
//	go run ./bench/worst [flags] [program ...]
//
// The programs are generated into a directory of their own. Each is analysed in turn with
// its floor: loading, SSA and VTA.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fencelint/fencelint/bench/internal/command"
	"github.com/fencelint/fencelint/bench/internal/measure"
)

type options struct {
	rounds int
	limits measure.Limits
	names  []string
}

func main() {
	var opts options
	flag.IntVar(&opts.rounds, "rounds", 1, "`times` that each command runs")
	measure.Flags(flag.CommandLine, &opts.limits, 5*time.Minute)
	flag.Parse()
	opts.names = flag.Args()
	command.Main("worst", func(ctx context.Context) error { return run(ctx, os.Stdout, opts) })
}

func run(ctx context.Context, w io.Writer, opts options) error {
	list, err := chosen(opts.names)
	if err != nil {
		return err
	}
	shop, err := command.Open(ctx, "worst")
	if err != nil {
		return err
	}
	defer shop.Close()
	floor, err := shop.Build(ctx, "./bench/floor/whole")
	if err != nil {
		return err
	}
	for _, p := range list {
		dir := filepath.Join(shop.Dir, p.name)
		if err := lay(dir, p.source(p.size)); err != nil {
			return fmt.Errorf("lay out %s: %w", p.name, err)
		}
		in := func(name, path string, args ...string) measure.Contender {
			return measure.Contender{Name: name, Finds: []int{1}, Command: func(ctx context.Context, _ int) (*exec.Cmd, error) {
				cmd := exec.CommandContext(ctx, path, append(args, ".")...)
				cmd.Dir = dir
				return cmd, nil
			}}
		}
		series, err := measure.Run(ctx, opts.rounds, opts.limits, []measure.Contender{
			in("load, SSA, VTA", floor), in("fencelint", shop.Fencelint.Path(), "-config=off", "-format=json"),
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "\n%s: %s\n\n", p.name, fmt.Sprintf(p.says, p.size))
		measure.Print(w, series)
	}
	return nil
}

// chosen returns the programs with the given names, all if there are none.
func chosen(names []string) ([]program, error) {
	all := programs()
	if len(names) == 0 {
		return all, nil
	}
	list := slices.DeleteFunc(all, func(p program) bool { return !slices.Contains(names, p.name) })
	if len(list) < len(names) {
		return nil, fmt.Errorf("not all of these are programs: %s", strings.Join(names, " "))
	}
	return list, nil
}

// lay makes a module in dir of one file.
func lay(dir, source string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for file, text := range map[string]string{"go.mod": "module worst\n\ngo 1.26\n", "main.go": source} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Peers runs fencelint and other analyzers on the same code, in turn, from where everything is
// compiled and nothing analysed.
//
//	go run ./bench/peers [flags] [subject ...]
//
// They look for other things. What the table tells is what a user pays for one more of them.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/fencelint/fencelint/bench/internal/command"
	"github.com/fencelint/fencelint/bench/internal/measure"
	"github.com/fencelint/fencelint/bench/internal/subject"
)

// The other analyzers, as they are installed.
const (
	staticcheck = "honnef.co/go/tools/cmd/staticcheck@v0.8.2"
	nilaway     = "go.uber.org/nilaway/cmd/nilaway@v0.0.0-20260918162853-acb8859b9031"
)

type options struct {
	rounds   int
	limits   measure.Limits
	subjects []string
}

func main() {
	var opts options
	flag.IntVar(&opts.rounds, "rounds", 5, "`times` that each command runs")
	measure.Flags(flag.CommandLine, &opts.limits, 5*time.Minute)
	flag.Parse()
	opts.subjects = flag.Args()
	if len(opts.subjects) == 0 {
		opts.subjects = []string{"std", "nats-server", "grpc-go"}
	}
	command.Main("peers", func(ctx context.Context) error { return run(ctx, os.Stdout, opts) })
}

func run(ctx context.Context, w io.Writer, opts options) error {
	list, err := subject.List(opts.subjects)
	if err != nil {
		return err
	}
	shop, err := command.Open(ctx, "peers")
	if err != nil {
		return err
	}
	defer shop.Close()
	floor, err := shop.Build(ctx, "./bench/floor/whole")
	if err != nil {
		return err
	}
	for _, pkg := range []string{staticcheck, nilaway} {
		if err := shop.Install(ctx, pkg); err != nil {
			return err
		}
	}
	fmt.Fprintf(w, "\nWith `%s` and `%s`.\n", staticcheck, nilaway)
	cache := filepath.Join(shop.Dir, "cache")
	for i := range list {
		s := &list[i]
		if err := s.Fetch(ctx, filepath.Join(shop.Root, subject.Versions), shop.Dir); err != nil {
			return err
		}
		within := "-include-pkgs=" + s.Module // as its authors advise; it reports on all packages otherwise
		contenders := []measure.Contender{
			s.Program("load, SSA, VTA", cache, floor),
			s.Fencelint(cache, shop.Fencelint.Path()),
			s.Vet("go vet", cache, "-printf.funcs"),
			fresh(s.Program("staticcheck", cache, filepath.Join(shop.Dir, "staticcheck")), "STATICCHECK_CACHE", shop.Dir),
			s.Program("nilaway", cache, filepath.Join(shop.Dir, "nilaway"), within),
		}
		if _, err := measure.Run(ctx, 1, opts.limits, []measure.Contender{subject.Again(contenders[2], 0), contenders[0]}); err != nil { // everything is compiled then
			return err
		}
		series, err := measure.Run(ctx, opts.rounds, opts.limits, contenders)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "\n### %s\n\n", s.Title())
		measure.Print(w, series)
	}
	return nil
}

// fresh gives a contender a directory of its own in each round, below dir, by an environment
// variable.
func fresh(c measure.Contender, variable, dir string) measure.Contender {
	again := c
	again.Command = func(ctx context.Context, round int) (*exec.Cmd, error) {
		cmd, err := c.Command(ctx, round)
		if err != nil {
			return nil, err
		}
		empty, err := os.MkdirTemp(dir, "fresh")
		if err != nil {
			return nil, err
		}
		cmd.Env = append(cmd.Env, variable+"="+empty)
		return cmd, nil
	}
	return again
}

// Facts measures what packages leave for those that import them: how large the facts are,
// and what part of the time under go vet goes into writing and reading them.
//
//	go run ./bench/facts [flags] [subject ...]
//
// A subject is a row of bench/internal/subject/subjects.tsv. Of the standard library there are no
// facts: its model speaks for it.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/fencelint/fencelint/bench/internal/command"
	"github.com/fencelint/fencelint/bench/internal/measure"
	"github.com/fencelint/fencelint/bench/internal/subject"
)

type options struct {
	rounds   int
	largest  int
	limits   measure.Limits
	subjects []string
}

func main() {
	var opts options
	flag.IntVar(&opts.rounds, "rounds", 5, "`times` that go vet runs, for the share of its time")
	flag.IntVar(&opts.largest, "largest", 5, "how many packages are listed by `name`, those with the largest facts")
	measure.Flags(flag.CommandLine, &opts.limits, 5*time.Minute)
	flag.Parse()
	opts.subjects = flag.Args()
	if len(opts.subjects) == 0 {
		opts.subjects = []string{"nats-server", "grpc-go"}
	}
	command.Main("facts", func(ctx context.Context) error { return run(ctx, os.Stdout, opts) })
}

func run(ctx context.Context, w io.Writer, opts options) error {
	list, err := subject.List(opts.subjects)
	if err != nil {
		return err
	}
	shop, err := command.Open(ctx, "facts")
	if err != nil {
		return err
	}
	defer shop.Close()
	fmt.Fprint(w, heading)
	var most []written
	for i := range list {
		s := &list[i]
		if err := s.Fetch(ctx, filepath.Join(shop.Root, subject.Versions), shop.Dir); err != nil {
			return err
		}
		all, err := facts(ctx, s)
		if err != nil {
			return err
		}
		vet := s.Vet("fencelint", filepath.Join(shop.Dir, "cache"), "-vettool="+shop.Fencelint.Path(), "-fencelint.config=off", "-fencelint.salt")
		series, err := measure.Run(ctx, opts.rounds, opts.limits, []measure.Contender{vet})
		if err != nil {
			return err
		}
		printRow(w, s, all, &series[0])
		most = append(most, top(all, opts.largest)...)
	}
	printLargest(w, most)
	return nil
}

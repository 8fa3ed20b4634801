// Performance renews the figures in pages of the documentation. A page says itself how it came
// to them, in comments that a reader of the rendered page does not see:
//
//	<!-- go run ./bench/floor std -->
//	... what that printed, with the day and the machine above it ...
//	<!-- end -->
//
// The command runs what stands in each such comment and puts in what it prints:
//
//	go run ./bench/performance [flags] [page ...]
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"time"

	"github.com/fencelint/fencelint/bench/internal/command"
	"github.com/fencelint/fencelint/internal/fencelint"
)

func main() {
	only := flag.String("only", "", "renew only what comes of commands that match the regular `expression`")
	flag.Parse()
	pages := flag.Args()
	if len(pages) == 0 {
		pages = []string{filepath.Join("docs", "performance.md"), filepath.Join("docs", "scale.md")}
	}
	command.Main("performance", func(ctx context.Context) error { return run(ctx, *only, pages) })
}

func run(ctx context.Context, only string, pages []string) error {
	wanted, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	root, err := fencelint.Root(ctx)
	if err != nil {
		return err
	}
	for _, page := range pages {
		page = filepath.Join(root, page)
		text, err := os.ReadFile(page)
		if err != nil {
			return err
		}
		sections, err := parse(string(text))
		if err != nil {
			return fmt.Errorf("%s: %w", page, err)
		}
		for i := range sections {
			s := &sections[i]
			if len(s.command) == 0 || !wanted.MatchString(s.line()) {
				continue
			}
			fmt.Fprintf(os.Stderr, "%s: %s\n", page, s.line())
			out, err := output(ctx, root, s.command)
			if err != nil {
				return fmt.Errorf("%s: %w", page, err)
			}
			s.text = fmt.Sprintf("\n*%s*\n\n%s\n", conditions(time.Now()), bytes.TrimSpace(out))
			// What took long is kept even if what follows fails.
			if err := os.WriteFile(page, []byte(render(sections)), 0o666); err != nil {
				return err
			}
		}
	}
	return nil
}

// output runs a command of this repository.
func output(ctx context.Context, root string, words []string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%q: %w\n%s", words, err, stderr.Bytes())
	}
	return out, nil
}

// conditions says when and on what figures were taken.
func conditions(now time.Time) string {
	return fmt.Sprintf("%s, %s %s/%s, %d cores", now.UTC().Format("2 January 2006"), runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
}

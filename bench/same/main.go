// Same runs fencelint on the same packages again and again and compares what it writes:
//
//	go run ./bench/same [flags] [directory] [packages]
//
// Every run writes each format, with one processor or with two, with the packages named
// one by one in an order of its own, and from another directory of the module every third
// time. One byte of difference is an error. The default is the sample driver.
package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/fencelint/fencelint/bench/internal/command"
	"github.com/fencelint/fencelint/report"
)

type options struct {
	runs    int
	formats string
	dir     string
	pattern []string
}

func main() {
	var opts options
	flag.IntVar(&opts.runs, "runs", 10, "how often")
	flag.StringVar(&opts.formats, "formats", strings.Join(report.Formats(), ","), "the `formats` that are compared")
	flag.Parse()
	opts.dir = cmp.Or(flag.Arg(0), ".")
	if opts.pattern = []string{"./sampledriver/..."}; flag.NArg() > 1 {
		opts.pattern = flag.Args()[1:]
	}
	command.Main("same", func(ctx context.Context) error { return run(ctx, os.Stdout, opts) })
}

func run(ctx context.Context, w io.Writer, opts options) error {
	shop, err := command.Open(ctx, "same")
	if err != nil {
		return err
	}
	defer shop.Close()
	packages, err := list(ctx, opts.dir, opts.pattern)
	if err != nil {
		return err
	}
	first := make(map[string][sha256.Size]byte)
	different := 0
	fmt.Fprintf(w, "%d packages\n| run | processors | directory | seconds |", len(packages))
	formats := strings.Split(opts.formats, ",")
	for _, format := range formats {
		fmt.Fprintf(w, " %s |", format)
	}
	fmt.Fprintf(w, "\n|---|---|---|---|%s\n", strings.Repeat("---|", len(formats)))
	for n := range opts.runs {
		random := rand.New(rand.NewPCG(uint64(n), 0))
		random.Shuffle(len(packages), func(i, j int) { packages[i], packages[j] = packages[j], packages[i] })
		r := once{tool: shop.Fencelint.Path(), processors: 1 + n%2, dir: opts.dir, packages: paths(packages)}
		if n%3 == 2 {
			r.dir = packages[0].dir
		}
		start := time.Now()
		var cells []string
		for _, format := range formats {
			text, err := r.output(ctx, format)
			if err != nil {
				return err
			}
			sum := sha256.Sum256(text)
			if _, ok := first[format]; !ok {
				first[format] = sum
			}
			cell := fmt.Sprintf("%x", sum[:4])
			if sum != first[format] {
				different++
				cell = "**" + cell + "**"
			}
			cells = append(cells, cell)
		}
		name, _ := filepath.Rel(opts.dir, r.dir)
		fmt.Fprintf(w, "| %d | %d | %s | %.1f | %s |\n", n+1, r.processors, filepath.ToSlash(name), time.Since(start).Seconds(), strings.Join(cells, " | "))
	}
	if different > 0 {
		return fmt.Errorf("%d outputs differ from the first ones", different)
	}
	return nil
}

// pkg is a package and where it is.
type pkg struct{ path, dir string }

func paths(list []pkg) []string {
	var all []string
	for _, p := range list {
		all = append(all, p.path)
	}
	return all
}

// list returns the packages that patterns name.
func list(ctx context.Context, dir string, patterns []string) ([]pkg, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"list", "-f={{.ImportPath}}\t{{.Dir}}"}, patterns...)...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list in %s: %w", dir, err)
	}
	var all []pkg
	for line := range strings.Lines(string(out)) {
		path, dir, _ := strings.Cut(strings.TrimSpace(line), "\t")
		all = append(all, pkg{path, dir})
	}
	return all, nil
}

// once is one way to run the command.
type once struct {
	tool, dir  string
	processors int
	packages   []string
}

// output returns what the command writes in a format. That it finds something is no error.
func (o *once) output(ctx context.Context, format string) ([]byte, error) {
	args := append([]string{"-format=" + format, "-min-level=note", "-show=lanes,stats"}, o.packages...)
	cmd := exec.CommandContext(ctx, o.tool, args...)
	cmd.Dir = o.dir
	cmd.Env = append(os.Environ(), fmt.Sprintf("GOMAXPROCS=%d", o.processors))
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 1 {
			return nil, fmt.Errorf("fencelint in %s: %w\n%s", o.dir, err, &stderr)
		}
	}
	return stdout.Bytes(), nil
}

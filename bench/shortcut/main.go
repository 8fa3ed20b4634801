// Shortcut compares what go vet finds with the embedded model speaking for the standard
// library, as always, and with that analysed from source like everything else:
//
//	go run ./bench/shortcut [flags] [subject ...]
//
// A subject is a row of bench/internal/subject/subjects.tsv, or "corpora" for those in
// testdata. Findings of all levels are compared by fingerprint; those that only one of the
// two has are printed.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fencelint/fencelint/analyzer/config"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/bench/internal/command"
	"github.com/fencelint/fencelint/bench/internal/subject"
	"github.com/fencelint/fencelint/internal/usage"
)

// corpora names the corpora among the subjects.
const corpora = "corpora"

func main() {
	flag.Parse()
	names := flag.Args()
	if len(names) == 0 {
		names = []string{corpora, "yamux"}
	}
	command.Main("shortcut", func(ctx context.Context) error { return run(ctx, os.Stdout, names) })
}

func run(ctx context.Context, w io.Writer, names []string) error {
	shop, err := command.Open(ctx, "shortcut")
	if err != nil {
		return err
	}
	defer shop.Close()
	fmt.Fprintf(w, "| | findings | CPU, s | analysed from source: findings | CPU, s | only by the model | only from source |\n|---|---|---|---|---|---|---|\n")
	var differences strings.Builder
	for _, name := range names {
		s := sets(shop.Root)
		if name != corpora {
			list, err := subject.List([]string{name})
			if err != nil {
				return err
			}
			s = &list[0]
			if err := s.Fetch(ctx, filepath.Join(shop.Root, subject.Versions), shop.Dir); err != nil {
				return err
			}
		}
		short, long, err := both(ctx, shop, s)
		if err != nil {
			return err
		}
		model, source := without(short.found, long.found), without(long.found, short.found)
		fmt.Fprintf(w, "| %s | %d | %.1f | %d | %.1f | %d | %d |\n", name,
			len(short.found), short.took.CPU.Seconds(), len(long.found), long.took.CPU.Seconds(), len(model), len(source))
		list(&differences, "only by the model", model)
		list(&differences, "only from source", source)
	}
	fmt.Fprint(w, "\n", &differences)
	return nil
}

// sets are the corpora in a repository.
func sets(root string) *subject.Subject {
	s := &subject.Subject{Dir: root}
	for _, set := range []string{"domain", "lang", "ordinary", "kern", "examples"} {
		s.Patterns = append(s.Patterns, "./testdata/"+set+"/...")
	}
	return s
}

// both runs go vet on a subject with the model speaking for the standard library, and with
// that analysed from source.
func both(ctx context.Context, shop *command.Workshop, s *subject.Subject) (short, long *outcome, err error) {
	v := vetter{tool: shop.Fencelint.Path(), salt: filepath.Base(shop.Dir)}
	if short, err = v.vet(ctx, s, false); err != nil {
		return nil, nil, err
	}
	long, err = v.vet(ctx, s, true)
	return short, long, err
}

// vetter runs go vet, each time as if nothing had been analysed.
type vetter struct{ tool, salt string }

// outcome is what a run found, by fingerprint, and took.
type outcome struct {
	found map[string]finding.Finding
	took  usage.Usage
}

// vet runs go vet on a subject; with standard, the standard library is analysed too.
func (v vetter) vet(ctx context.Context, s *subject.Subject, standard bool) (*outcome, error) {
	prefix := "-" + config.Analyzer.Name + "."
	args := []string{"vet", "-vettool=" + v.tool, "-json", prefix + config.WireFlag, prefix + config.SaltFlag + "=" + v.salt,
		prefix + config.ConfigFlag + "=" + config.Off, prefix + config.MinLevelFlag + "=note"}
	if standard {
		args = append(args, prefix+config.StandardFlag)
	}
	cmd := exec.CommandContext(ctx, "go", append(args, s.Patterns...)...)
	cmd.Dir = s.Dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("go vet: %w\n%s", err, &stderr)
	}
	found, err := decode(&stdout)
	return &outcome{found: found, took: usage.Of(cmd.ProcessState, start)}, err
}

// decode reads what go vet -json printed.
func decode(r io.Reader) (map[string]finding.Finding, error) {
	found := make(map[string]finding.Finding)
	for d := json.NewDecoder(r); ; {
		var units map[string]map[string][]struct{ Posn, Message string }
		if err := d.Decode(&units); err == io.EOF {
			return found, nil
		} else if err != nil {
			return nil, fmt.Errorf("read what go vet found: %w", err)
		}
		for _, analyzers := range units {
			for _, said := range analyzers {
				for _, one := range said {
					var f finding.Finding
					if err := json.Unmarshal([]byte(one.Message), &f); err != nil {
						return nil, fmt.Errorf("%s: %w: %s", one.Posn, err, one.Message)
					}
					found[f.Fingerprint] = f
				}
			}
		}
	}
}

// without returns what a has and b has not.
func without(a, b map[string]finding.Finding) []finding.Finding {
	var left []finding.Finding
	for _, print := range slices.Sorted(maps.Keys(a)) {
		if _, ok := b[print]; !ok {
			left = append(left, a[print])
		}
	}
	return left
}

func list(w io.Writer, title string, found []finding.Finding) {
	for _, f := range found {
		fmt.Fprintf(w, "- %s: %s:%d: %s: %s\n", title, filepath.Base(f.Pos.File), f.Pos.Line, f.Rule, f.Message)
	}
}

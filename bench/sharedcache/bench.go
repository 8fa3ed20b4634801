package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fencelint/fencelint/internal/usage"
)

// bench has what checkouts share.
type bench struct {
	fencelint string
	dir       string // for checkouts and local caches
	source    string // the code
	patterns  []string
	cache     func(local string) string // the value of GOCACHEPROG, with a directory for what one machine keeps
}

// checkout is a copy of the code, and a machine that has nothing else.
type checkout struct {
	title string
	path  string // below the bench's directory
	flags string // GOFLAGS
}

// outcome is what analysing a checkout took and gave.
type outcome struct {
	analysed     []string // packages for which the tool was run, in order
	dependencies int      // of these, those that it was run for to get facts alone
	found        []string // what go vet printed: package, position in the checkout, message; sorted
	strange      int      // positions with the path of another checkout
	took         usage.Usage
}

// checkouts are those that are compared: each with the first before it that has the same
// flags.
func checkouts() []checkout {
	return []checkout{
		{"the first", "a", ""},
		{"another at the same path", "a", ""},
		{"another elsewhere", "b", ""},
		{"the first, -trimpath", "a", "-trimpath"},
		{"another elsewhere, -trimpath", "b", "-trimpath"},
	}
}

func (b *bench) print(ctx context.Context, w io.Writer, name string, limit time.Duration) error {
	fmt.Fprintf(w, "\n| %s | the tool was run | for dependencies | findings | same as the first's | with the first's paths | wall, s | CPU, s |\n|---|---|---|---|---|---|---|---|\n", name)
	first := make(map[string]*outcome)
	for _, c := range checkouts() {
		ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("took more than %v", limit))
		o, err := b.analyse(ctx, c)
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		cancel()
		if err != nil {
			return fmt.Errorf("%s: %w", c.title, err)
		}
		same := ""
		if before := first[c.flags]; before == nil {
			first[c.flags] = o
		} else if same = "yes"; !slices.Equal(o.found, before.found) {
			same = "NO"
		}
		fmt.Fprintf(w, "| %s | %d | %d | %d | %s | %d | %.1f | %.1f |\n", c.title, len(o.analysed), o.dependencies, len(o.found), same, o.strange, o.took.Wall.Seconds(), o.took.CPU.Seconds())
	}
	return nil
}

// analyse makes the checkout, with nothing in the local cache, and runs go vet there.
func (b *bench) analyse(ctx context.Context, c checkout) (*outcome, error) {
	local, code := filepath.Join(b.dir, "local"), filepath.Join(b.dir, c.path)
	for _, dir := range []string{local, code} {
		if err := os.RemoveAll(dir); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(local, 0o777); err != nil {
		return nil, err
	}
	if err := os.CopyFS(code, os.DirFS(b.source)); err != nil {
		return nil, err
	}
	tool, log := filepath.Join(local, "tool"), filepath.Join(local, "log")
	if err := os.WriteFile(tool, []byte(fmt.Sprintf(counting, log, b.fencelint)), 0o777); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "go", slices.Concat([]string{"vet", "-vettool=" + tool, "-json", "-fencelint.config=off"}, b.patterns)...)
	cmd.Dir = code
	cmd.Env = append(os.Environ(), "GOFLAGS="+c.flags, "GOCACHE="+filepath.Join(local, "gocache"), "GOCACHEPROG="+b.cache(filepath.Join(local, "cacher")))
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("go vet: %w\n%s", err, stderr.Bytes())
	}
	o := &outcome{took: usage.Of(cmd.ProcessState, start)}
	var err error
	if o.found, o.strange, err = b.findings(&stdout, c.path); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(log)
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		pkg, facts, _ := strings.Cut(strings.TrimSpace(line), " ")
		o.analysed = append(o.analysed, pkg)
		if facts == "true" {
			o.dependencies++
		}
	}
	return o, nil
}

// counting is a vet tool that notes each package that it is run for, and whether for its
// facts alone, and is fencelint.
const counting = `#!/bin/sh
for last; do :; done
case $last in
*.cfg) tr -d '\n' <"$last" | sed 's/.*"ImportPath": *"\([^"]*\)".*"VetxOnly": *\([a-z]*\).*/\1 \2\n/' >>'%s' ;;
esac
exec '%s' "$@"
`

// findings decodes what go vet -json printed in a checkout, and counts the positions that
// are said to be in another one.
func (b *bench) findings(r io.Reader, path string) (found []string, strange int, err error) {
	type diagnostic struct{ Posn, Category, Message string }
	for d := json.NewDecoder(r); ; {
		var byPackage map[string]map[string]json.RawMessage
		if err := d.Decode(&byPackage); err == io.EOF {
			break
		} else if err != nil {
			return nil, 0, fmt.Errorf("decode the output of go vet: %w", err)
		}
		for pkg, byAnalyzer := range byPackage {
			for analyzer, raw := range byAnalyzer {
				var all []diagnostic
				if err := json.Unmarshal(raw, &all); err != nil {
					return nil, 0, fmt.Errorf("%s failed on %s: %s", analyzer, pkg, raw)
				}
				for _, d := range all {
					checkout, pos, ok := strings.Cut(strings.TrimPrefix(d.Posn, b.dir+"/"), "/")
					if !ok || checkout != path {
						strange++
					}
					found = append(found, fmt.Sprintf("%s: %s: %s: %s", pkg, pos, d.Category, d.Message))
				}
			}
		}
	}
	slices.Sort(found)
	return found, strange, nil
}

// Bazel builds the corpora with Bazel itself, fencelint's passes being its nogo, and holds
// what that finds to what go vet finds with fencelint:
//
//	go run ./bench/bazel [flags]
//
// It takes Debian's packages bazel-bootstrap, bazel-platforms, bazel-rules-cc,
// bazel-rules-java, bazel-rules-proto and bazel-skylib, which have Bazel 4.2.3, and
// rules_go from the module proxy. Both are older than what else there is, and made to
// fit: see patches.
package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/fencelint/fencelint/bench/internal/command"
	"github.com/fencelint/fencelint/bench/internal/golist"
)

func main() {
	dir := flag.String("dir", "", "keep what is built in `directory`, and go on from what is there")
	flag.Parse()
	command.Main("bazel", func(ctx context.Context) error { return run(ctx, os.Stdout, *dir) })
}

// corpora are the packages that are built.
var corpora = []string{"./testdata/kern/...", "./testdata/domain/...", "./testdata/lang/...", "./testdata/ordinary/..."}

func run(ctx context.Context, w io.Writer, dir string) error {
	shop, err := command.Open(ctx, "bazel")
	if err != nil {
		return err
	}
	defer shop.Close()
	named, err := golist.List(ctx, shop.Root, corpora...)
	if err != nil {
		return err
	}
	if dir, err = filepath.Abs(cmp.Or(dir, shop.Dir)); err != nil {
		return err
	}
	l := layout{root: shop.Root, dir: dir}
	if err := l.write(ctx, named); err != nil {
		return err
	}
	b := bazel{workspace: l.workspace(), out: filepath.Join(dir, "out")}
	defer b.run(context.WithoutCancel(ctx), "shutdown")
	first, err := b.build(ctx)
	if err != nil {
		return err
	}
	again, err := b.build(ctx)
	if err != nil {
		return err
	}
	vet := exec.CommandContext(ctx, "go", append([]string{"vet", "-vettool=" + shop.Fencelint.Path(), "-fencelint.config=off"}, corpora...)...)
	vet.Dir = shop.Root
	said, err := vet.CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && (!ok || exit.ExitCode() != 1) {
		return fmt.Errorf("go vet: %w\n%s", err, said)
	}
	want := findings(said)
	reached, left := reached(named, want)
	maps.DeleteFunc(want, func(line string, _ bool) bool { return !reached[directory(line)] })

	fmt.Fprintf(w, "| | packages | behind findings, not built | findings | only with Bazel | only with go vet | seconds | the same again |\n|---|---|---|---|---|---|---|---|\n")
	extra, missing := without(first.found, want), without(want, first.found)
	fmt.Fprintf(w, "| nogo | %d | %d | %d | %d | %d | %.1f | %.1f |\n", len(reached), left, len(first.found), len(extra), len(missing), first.took.Seconds(), again.took.Seconds())
	for _, line := range extra {
		fmt.Fprintf(w, "only with Bazel: %s\n", line)
	}
	for _, line := range missing {
		fmt.Fprintf(w, "only with go vet: %s\n", line)
	}
	if len(extra)+len(missing) > 0 || len(want) == 0 {
		return fmt.Errorf("nogo and go vet find other things\n%s", first.tail)
	}
	return nil
}

// reached returns the directories of the packages that Bazel gets at, and how many it does
// not: nogo's findings fail an action, and nothing is built that needs it.
func reached(named []golist.Package, found map[string]bool) (dirs map[string]bool, left int) {
	byPath := make(map[string]*golist.Package)
	for i := range named {
		byPath[named[i].ImportPath] = &named[i]
	}
	fails := make(map[string]bool)
	for line := range found {
		fails[directory(line)] = true
	}
	var blocked func(p *golist.Package) bool
	blocked = func(p *golist.Package) bool {
		return slices.ContainsFunc(p.Imports, func(path string) bool {
			q := byPath[path]
			return q != nil && (fails[folder(path)] || blocked(q))
		})
	}
	dirs = make(map[string]bool)
	for i := range named {
		if blocked(&named[i]) {
			left++
		} else {
			dirs[folder(named[i].ImportPath)] = true
		}
	}
	return dirs, left
}

// bazel runs Bazel in a workspace.
type bazel struct{ workspace, out string }

func (b *bazel) run(ctx context.Context, args ...string) ([]byte, error) {
	args = slices.Concat([]string{"--output_user_root=" + b.out}, args)
	cmd := exec.CommandContext(ctx, "bazel", args...)
	cmd.Dir = b.workspace
	return cmd.CombinedOutput()
}

// outcome is what a build found, and took.
type outcome struct {
	found map[string]bool
	took  time.Duration
	tail  string // of what Bazel said
}

// build builds everything. That there are findings is no error.
func (b *bazel) build(ctx context.Context) (*outcome, error) {
	start := time.Now()
	out, err := b.run(ctx, "build", "--keep_going", "--jobs=2", "--spawn_strategy=local", "--color=no", "--curses=no", "--show_result=0", "--host_javabase=@local_jdk//:jdk", "//testdata/...")
	o := &outcome{found: findings(out), took: time.Since(start)}
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	o.tail = string(bytes.Join(lines[max(0, len(lines)-20):], []byte("\n")))
	if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && (!ok || exit.ExitCode() != 1) {
		return nil, fmt.Errorf("bazel build: %w\n%s", err, o.tail)
	}
	return o, nil
}

// headline is the first line of a finding: where it stands, and what it says. nogo adds
// the name of the pass to the last line.
var headline = regexp.MustCompile(`(?m)^(?:\./)?(testdata/[^ :]+\.go:\d+:\d+: [a-z-]+: .*?)(?: \([a-z]+\))?$`)

func findings(out []byte) map[string]bool {
	found := make(map[string]bool)
	for _, m := range headline.FindAllSubmatch(out, -1) {
		found[string(m[1])] = true
	}
	return found
}

// directory returns where the file of a headline is.
func directory(line string) string {
	file, _, _ := strings.Cut(line, ":")
	return filepath.Dir(file)
}

// without returns what a has and b has not.
func without(a, b map[string]bool) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(a)), func(line string) bool { return b[line] })
}

// folder is where a package of the repository is, in the repository and in the workspace.
func folder(path string) string { return strings.TrimPrefix(path, module+"/") }

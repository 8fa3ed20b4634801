// Package command is what the measuring commands have in common: fencelint as it is in
// the repository, a directory to work in, and an end when they are interrupted.
package command

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/fencelint/fencelint/internal/fencelint"
)

// Main runs a command by its name until it is done or interrupted. What went wrong goes to
// standard error, and the process ends with status 1 then.
func Main(name string, run func(ctx context.Context) error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		os.Exit(1)
	}
}

// Workshop is fencelint built from the repository, and a directory to work in.
type Workshop struct {
	Fencelint fencelint.Command
	Root      string // of the repository
	Dir       string // removed by Close
}

// Open builds fencelint into a directory of its own. The caller closes what it returns.
func Open(ctx context.Context, name string) (*Workshop, error) {
	root, err := fencelint.Root(ctx)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", name)
	if err != nil {
		return nil, err
	}
	built, err := fencelint.Build(ctx, root, dir)
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	return &Workshop{built, root, dir}, nil
}

// Close removes the directory.
func (w *Workshop) Close() error { return os.RemoveAll(w.Dir) }

// Build builds another program of the repository, and returns its file.
func (w *Workshop) Build(ctx context.Context, pkg string) (string, error) {
	file := filepath.Join(w.Dir, strings.ReplaceAll(strings.TrimPrefix(pkg, "./"), "/", "-"))
	cmd := exec.CommandContext(ctx, "go", "build", "-o", file, pkg)
	cmd.Dir = w.Root
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", pkg, err, out)
	}
	return file, nil
}

// Install installs a command of another module, named with its version, into the directory.
func (w *Workshop) Install(ctx context.Context, pkg string) error {
	cmd := exec.CommandContext(ctx, "go", "install", pkg)
	cmd.Dir = w.Dir // where no module's requirements change its own
	cmd.Env = append(os.Environ(), "GOBIN="+w.Dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("install %s: %w\n%s", pkg, err, out)
	}
	return nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/fencelint/fencelint/bench/internal/place"
	"github.com/fencelint/fencelint/internal/fencelint"
)

// outcome is what fencelint says about one kernel.
type outcome struct {
	kernel kernel
	hits   []fencelint.Found // those that name an operation or a lock of the bug
	at     bool              // one of them names an operation, not only a lock
	others []fencelint.Found
	err    error // why some of it, or all, could not be analysed
}

// distribution returns where the kernels lie in the Go distribution.
func distribution(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOROOT: %w", err)
	}
	dir := filepath.Join(strings.TrimSpace(string(out)), filepath.FromSlash("src/runtime/testdata/testgoroutineleakprofile/goker"))
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("this Go distribution does not come with the GoKer kernels: %w", err)
	}
	return dir, nil
}

// lay makes a module in dir of one kernel and the file that all of them share. They
// are one package in the distribution; one at a time, no kernel's calls are resolved
// to another's functions.
func lay(from, dir, name string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module kernel\n\ngo 1.26\n"), 0o644); err != nil {
		return err
	}
	for _, file := range []string{"main.go", name + ".go"} {
		src, err := os.ReadFile(filepath.Join(from, file))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, file), src, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// runKernel analyses a kernel of the distribution in a copy at dir.
func runKernel(ctx context.Context, c fencelint.Command, from, dir string, k kernel) (outcome, error) {
	if err := lay(from, dir, k.name); err != nil {
		return outcome{}, fmt.Errorf("lay out %s: %w", k.name, err)
	}
	spots, missing, err := place.Find([]string{filepath.Join(dir, k.name+".go")}, k.blocks)
	if err != nil {
		return outcome{}, fmt.Errorf("%s: %w", k.name, err)
	}
	if len(missing) > 0 {
		return outcome{}, fmt.Errorf("%s of this distribution has no line for %s", k.name, missing[0])
	}
	found, err := analyse(ctx, c, dir, ".")
	o := outcome{kernel: k, err: err}
	for _, f := range found {
		switch {
		case spots.Passes(f, dir):
			o.at = true
			o.hits = append(o.hits, f)
		case place.NamesAny(f, k.locks):
			o.hits = append(o.hits, f)
		default:
			o.others = append(o.others, f)
		}
	}
	return o, nil
}

// runRepaired analyses the repaired form of a kernel in the repository at root.
func runRepaired(ctx context.Context, c fencelint.Command, root string, k kernel) (outcome, error) {
	found, err := analyse(ctx, c, root, "./testdata/goker/"+k.name)
	return outcome{kernel: k, others: found, err: err}, nil
}

func analyse(ctx context.Context, c fencelint.Command, dir, pkg string) ([]fencelint.Found, error) {
	report, err := c.Report(ctx, fencelint.Whole, dir, "-min-level=warning", pkg)
	if report == nil {
		return nil, err
	}
	return report.Findings, err
}

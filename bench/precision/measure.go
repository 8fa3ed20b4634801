package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/fencelint/fencelint/internal/fencelint"
)

// outcome is what a run on one module says.
type outcome struct {
	module   module
	packages int
	lines    int               // of the analysed Go files, tests left out
	report   *fencelint.Report // nil where there is none
	err      error             // why some of it, or all, could not be analysed
}

// pkg is what is needed of a package.
type pkg struct {
	Dir, ImportPath   string
	GoFiles, CgoFiles []string
}

// measure analyses the module in the module at dir, which requires it.
func measure(ctx context.Context, c fencelint.Command, dir string, m module, limit time.Duration) outcome {
	o := outcome{module: m}
	ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("took more than %v", limit))
	defer cancel()
	pkgs, err := list(ctx, dir, m)
	if err != nil {
		o.err = err
		return o
	}
	args := []string{"-min-level=error"}
	for _, p := range pkgs {
		n, err := countLines(p)
		if err != nil {
			o.err = err
			return o
		}
		o.packages++
		o.lines += n
		args = append(args, p.ImportPath)
	}
	o.report, o.err = c.Report(ctx, fencelint.Whole, dir, args...)
	if o.err != nil && ctx.Err() != nil {
		o.err = context.Cause(ctx)
	}
	return o
}

// list returns the packages of the module that are analysed.
func list(ctx context.Context, dir string, m module) ([]pkg, error) {
	args := []string{"list", "-json=Dir,ImportPath,GoFiles,CgoFiles"}
	if m.within != "" {
		args = append(args, "-deps")
	}
	cmd := exec.CommandContext(ctx, "go", append(args, m.packages...)...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, stderr.Bytes())
	}
	var pkgs []pkg
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs, nil
		} else if err != nil {
			return nil, fmt.Errorf("decode the output of go list: %w", err)
		}
		if m.within == "" || p.ImportPath == m.within || strings.HasPrefix(p.ImportPath, m.within+"/") {
			pkgs = append(pkgs, p)
		}
	}
}

func countLines(p pkg) (int, error) {
	lines := 0
	for _, name := range append(p.GoFiles, p.CgoFiles...) {
		src, err := os.ReadFile(filepath.Join(p.Dir, name))
		if err != nil {
			return 0, err
		}
		lines += bytes.Count(src, []byte("\n"))
	}
	return lines, nil
}

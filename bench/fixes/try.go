package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/bench/internal/place"
	"github.com/fencelint/fencelint/internal/fencelint"
)

// outcome is what fencelint says about the two sides of a fix.
type outcome struct {
	before, after []fencelint.Found // those of the deadlock
	err           error
}

// try analyses both versions in modules below dir.
func try(ctx context.Context, c fencelint.Command, dir string, f fix) outcome {
	before, missing, err := findings(ctx, c, filepath.Join(dir, "before"), f.before, f)
	if err != nil {
		return outcome{err: err}
	}
	if len(missing) > 0 {
		return outcome{err: fmt.Errorf("%s has no line for %s", f.before.pkg, missing[0])}
	}
	o := outcome{before: before}
	// The fix may have taken the places away.
	o.after, _, o.err = findings(ctx, c, filepath.Join(dir, "after"), f.after, f)
	return o
}

// findings returns what fencelint finds of the deadlock in one version: at a place of
// the table, naming all of its locks.
func findings(ctx context.Context, c fencelint.Command, dir string, v version, f fix) ([]fencelint.Found, []place.Place, error) {
	files, err := provide(ctx, dir, v)
	if err != nil {
		return nil, nil, err
	}
	spots, missing, err := place.Find(files, f.blocks)
	if err != nil {
		return nil, nil, err
	}
	report, err := c.Report(ctx, fencelint.Whole, dir, "-min-level=warning", v.pkg)
	if err != nil {
		return nil, nil, err
	}
	return slices.DeleteFunc(report.Findings, func(found fencelint.Found) bool {
		return !spots.Passes(found, dir) || !place.NamesAll(found, f.locks)
	}), missing, nil
}

// provide makes a module in dir that requires the version, and returns the files of
// its package.
func provide(ctx context.Context, dir string, v version) ([]string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module fixes\n\ngo 1.26\n"), 0o644); err != nil {
		return nil, err
	}
	if _, err := goCommand(ctx, dir, "get", v.pkg+"@"+v.number); err != nil {
		return nil, err
	}
	out, err := goCommand(ctx, dir, "list", "-json=Dir,GoFiles,CgoFiles", v.pkg)
	if err != nil {
		return nil, err
	}
	var pkg struct {
		Dir               string
		GoFiles, CgoFiles []string
	}
	if err := json.Unmarshal(out, &pkg); err != nil {
		return nil, fmt.Errorf("decode the output of go list: %w", err)
	}
	var files []string
	for _, name := range append(pkg.GoFiles, pkg.CgoFiles...) {
		files = append(files, filepath.Join(pkg.Dir, name))
	}
	return files, nil
}

func goCommand(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if exit, ok := err.(*exec.ExitError); ok {
		return nil, fmt.Errorf("go %s: %w\n%s", args[0], err, exit.Stderr)
	}
	return out, err
}

func (o *outcome) found() bool  { return len(o.before) > 0 }
func (o *outcome) silent() bool { return o.err == nil && len(o.after) == 0 }

func (o *outcome) print(w io.Writer, f fix) {
	before, after := "**no**", "yes"
	switch {
	case o.err != nil && o.before == nil:
		before, after = "not analysed: "+firstLine(o.err), ""
	case o.err != nil:
		before, after = "yes", "not analysed: "+firstLine(o.err)
	case !o.found():
		after = ""
	default:
		before = o.before[0].Rule + ", " + o.before[0].Level
	}
	if o.found() && len(o.after) > 0 {
		after = "**no**: " + o.after[0].Rule
	}
	fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %s |\n", f.project, f.before.number, f.rule, before, after, f.description)
}

func (o *outcome) printFindings(w io.Writer) {
	if o.err != nil {
		fmt.Fprintln(w, o.err)
	}
	for _, f := range o.before {
		fmt.Fprintf(w, "before: %s\n", f)
	}
	for _, f := range o.after {
		fmt.Fprintf(w, "after: %s\n", f)
	}
}

// firstLine is what fits into a cell of a table.
func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

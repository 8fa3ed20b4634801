// Package fencelint builds and runs the fencelint command, for tests that must see
// what a user sees.
package fencelint

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Mode is a way to run fencelint.
type Mode string

// The modes: the whole program, and package by package under go vet.
const (
	Whole   Mode = "whole"
	Modular Mode = "modular"
)

// Modes returns both modes.
func Modes() []Mode { return []Mode{Whole, Modular} }

// Command is the fencelint binary.
type Command struct{ path string }

// Path returns the file of the binary.
func (c Command) Path() string { return c.path }

// Root returns the root of the module that the working directory is in.
func Root(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("find the module's root: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

// Build builds the command of the repository at root into dir.
func Build(ctx context.Context, root, dir string) (Command, error) {
	c := Command{filepath.Join(dir, "fencelint")}
	cmd := exec.CommandContext(ctx, "go", "build", "-o", c.path, "./cmd/fencelint")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return c, fmt.Errorf("build fencelint: %w\n%s", err, out)
	}
	return c, nil
}

// Found is a finding, as the JSON output has it.
type Found struct {
	Rule        string
	Verdict     string
	Level       string
	Fingerprint string
	Message     string
	Pos         Pos
	Func        string
	Root        string
	Edges       []Edge
	Lanes       []Lane
}

// Pos is a position in the JSON output.
type Pos struct {
	File      string
	Line, Col int
}

// Lane is a lane in the JSON output.
type Lane struct {
	Title string
	Steps []Step
}

// Step is a step of a lane.
type Step struct {
	Pos             Pos
	Func, Text, Via string
}

// Edge is an edge in the JSON output.
type Edge struct{ From, To, Provenance string }

func (f Found) String() string {
	return fmt.Sprintf("%s:%d: %s in %s, root %s [%s]: %s", f.Pos.File, f.Pos.Line, f.Rule, f.Func, f.Root, f.Verdict, f.Message)
}

// Findings runs the command in dir and returns what it finds in the packages,
// notes left out.
func (c Command) Findings(ctx context.Context, mode Mode, dir string, packages ...string) ([]Found, error) {
	r, err := c.Report(ctx, mode, dir, packages...)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(r.Findings, func(f Found) bool { return f.Level == "note" }), nil
}

// Output runs the command in dir and returns what it prints. That there are findings
// is no error.
func (c Command) Output(ctx context.Context, mode Mode, dir string, args ...string) ([]byte, error) {
	stdout, _, err := c.run(ctx, mode, dir, args)
	return stdout, err
}

func (c Command) run(ctx context.Context, mode Mode, dir string, args []string) ([]byte, *os.ProcessState, error) {
	if mode == Modular {
		args = append([]string{"vet"}, args...)
	}
	cmd := exec.CommandContext(ctx, c.path, args...)
	cmd.Dir = dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && (!ok || exit.ExitCode() != 1) {
		return stdout.Bytes(), cmd.ProcessState, fmt.Errorf("fencelint, mode %s: %w\n%s", mode, err, stderr.Bytes())
	}
	return stdout.Bytes(), cmd.ProcessState, nil
}

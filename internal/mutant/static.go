package mutant

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
)

// Found is a finding of a run of fencelint.
type Found struct {
	Rule, Func, Root, Verdict, Fingerprint, Message string
}

func (f Found) String() string {
	return fmt.Sprintf("%s in %s, root %s [%s]: %s", f.Rule, f.Func, f.Root, f.Verdict, f.Message)
}

// Tools are the programs that judge mutants.
type Tools struct {
	Root      string // of the repository
	Fencelint string // the binary
}

// Build builds fencelint into dir.
func Build(ctx context.Context, root, dir string) (Tools, error) {
	t := Tools{Root: root, Fencelint: filepath.Join(dir, "fencelint")}
	cmd := exec.CommandContext(ctx, "go", "build", "-o", t.Fencelint, "./cmd/fencelint")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return t, fmt.Errorf("build fencelint: %w\n%s", err, out)
	}
	return t, nil
}

// Analyze runs fencelint in a mode over the driver in dir.
func (t Tools) Analyze(ctx context.Context, mode Mode, dir string) ([]Found, error) {
	args := []string{"-format=json", "./sampledriver/..."}
	if mode == Modular {
		args = append([]string{"vet"}, args...)
	}
	cmd := exec.CommandContext(ctx, t.Fencelint, args...)
	cmd.Dir = dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	// Status 1 says that there are findings, which is what mutants are for.
	if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && (!ok || exit.ExitCode() != 1) {
		return nil, fmt.Errorf("fencelint, mode %s: %w\n%s", mode, err, stderr.Bytes())
	}
	found, err := decode(stdout.Bytes())
	if err != nil {
		return nil, fmt.Errorf("fencelint, mode %s: %w\n%s", mode, err, stderr.Bytes())
	}
	return found, nil
}

// position is a position in the JSON output.
type position struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Col  int    `json:"col"`
}

// decode reads the JSON output of fencelint.
func decode(text []byte) ([]Found, error) {
	var output struct {
		Version  int `json:"version"`
		Findings []struct {
			Rule, Verdict, Fingerprint, Message, Root string
			Pos                                       position
			Lanes                                     []struct {
				Steps []struct {
					Pos  position
					Func string
				}
			}
		}
	}
	if err := json.Unmarshal(text, &output); err != nil {
		return nil, fmt.Errorf("decode output: %w", err)
	}
	if output.Version != 1 {
		return nil, fmt.Errorf("output has version %d, want 1", output.Version)
	}
	var found []Found
	for _, f := range output.Findings {
		next := Found{Rule: f.Rule, Root: f.Root, Verdict: f.Verdict, Fingerprint: f.Fingerprint, Message: f.Message}
		// The function it stands in is that of the step at its position.
		for _, lane := range f.Lanes {
			for _, step := range lane.Steps {
				if step.Pos == f.Pos {
					next.Func = step.Func
				}
			}
			if next.Func != "" {
				break
			}
		}
		found = append(found, next)
	}
	return found, nil
}

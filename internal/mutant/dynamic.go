package mutant

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// Simulate builds the simulator of the driver in dir and runs it with each seed. It
// returns what is wrong: a run that does not show what is expected, or, of a clean
// driver, one that shows something.
func (d Dynamic) Simulate(ctx context.Context, dir string, clean bool) ([]string, error) {
	if len(d.Seeds) == 0 {
		return nil, nil
	}
	binary := filepath.Join(dir, "agxsim.test")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", binary, "./sampledriver/cmd/agxsim")
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the simulator: %w\n%s", err, out)
	}
	var wrong []string
	for _, seed := range d.Seeds {
		args := append([]string{"-seed=" + strconv.FormatUint(seed, 10)}, d.Args...)
		out, err := exec.CommandContext(ctx, binary, args...).CombinedOutput()
		if _, ok := errors.AsType[*exec.ExitError](err); err != nil && !ok {
			return nil, fmt.Errorf("run the simulator: %w", err)
		}
		// What comes before the problems is statistics, which name things too.
		_, problems, found := strings.Cut(string(out), problem)
		problems = problem + problems
		switch {
		case clean && err != nil:
			wrong = append(wrong, fmt.Sprintf("seed %d: the twin fails:\n%s", seed, out))
		case clean:
		case err == nil || !found:
			wrong = append(wrong, fmt.Sprintf("seed %d: no problem shows", seed))
		default:
			for _, want := range append([]string{d.Kind.mark()}, d.Shows...) {
				if !strings.Contains(problems, want) {
					wrong = append(wrong, fmt.Sprintf("seed %d: the report does not name %q:\n%s", seed, want, problems))
				}
			}
		}
	}
	return wrong, nil
}

// problem begins each problem of a report.
const problem = "PROBLEM "

// mark is what the report says of a problem of the kind.
func (k Kind) mark() string {
	switch k {
	case Deadlock:
		return "deadlock at "
	case Endless:
		return "limit of scheduling points reached"
	case LostFence:
		return " was never signalled"
	default:
		return problem
	}
}

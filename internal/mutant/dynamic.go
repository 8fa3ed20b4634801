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
// returns what is wrong: a report that the run did not make, or one too many when
// nothing is expected.
func (d Dynamic) Simulate(ctx context.Context, dir string, clean bool) ([]string, error) {
	if len(d.Seeds) == 0 {
		return nil, nil
	}
	binary := filepath.Join(dir, "agxsim.test")
	build := exec.CommandContext(ctx, "go", "build", "-o", binary, "./sampledriver/cmd/agxsim")
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
		report := string(out)
		switch {
		case clean && err != nil:
			wrong = append(wrong, fmt.Sprintf("seed %d: the twin fails:\n%s", seed, report))
		case clean:
		case err == nil:
			wrong = append(wrong, fmt.Sprintf("seed %d: the simulation ran to its end", seed))
		default:
			for _, want := range d.Shows {
				if !strings.Contains(report, want) {
					wrong = append(wrong, fmt.Sprintf("seed %d: the report does not name %q:\n%s", seed, want, report))
				}
			}
		}
	}
	return wrong, nil
}

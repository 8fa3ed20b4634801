package fencelint

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/fencelint/fencelint/internal/usage"
)

// Report is what a run says in JSON, and what it took.
type Report struct {
	Version    int
	Findings   []Found
	Suppressed []Found
	Unresolved map[string]int // calls that could not be resolved, by kind
	Stats      Stats
	Usage      usage.Usage `json:"-"` // of the run, the go command that it ran included
}

// Stats says how much a run has seen.
type Stats struct {
	Packages, Functions, Reached int
	Calls                        int // resolved or not
	Waits, Unsignalled           int // those in all, and those for what nobody in sight signals
	Failures                     []string
}

// Report runs the command in dir with the arguments, flags or packages, and returns
// all that it reports. Where it could not analyse everything there is a report and an
// error.
func (c Command) Report(ctx context.Context, mode Mode, dir string, args ...string) (*Report, error) {
	start := time.Now()
	out, state, err := c.run(ctx, mode, dir, append([]string{"-format=json"}, args...))
	if len(out) == 0 && err != nil {
		return nil, err
	}
	r := new(Report)
	if err := json.Unmarshal(out, r); err != nil {
		return nil, fmt.Errorf("decode the output of fencelint, mode %s: %w\n%s", mode, err, out)
	}
	if r.Version != 1 {
		return nil, fmt.Errorf("output of fencelint has version %d, want 1", r.Version)
	}
	r.Usage = usage.Of(state, start)
	if err == nil {
		return r, nil
	}
	if len(r.Stats.Failures) > 0 {
		err = fmt.Errorf("fencelint, mode %s: %s", mode, strings.Join(r.Stats.Failures, "\n"))
	}
	return r, err
}

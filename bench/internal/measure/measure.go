// Package measure runs commands in turn, several times over, and says what each took. What
// is compared is compared within a round: a machine's speed drifts, and what else runs on
// it comes and goes.
package measure

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"time"

	"github.com/fencelint/fencelint/internal/usage"
)

// Contender is a command that is compared with others.
type Contender struct {
	Name string
	// Command returns what is run in a round, counted from 1.
	Command func(ctx context.Context, round int) (*exec.Cmd, error)
	// Finds are the exit statuses, beside 0, with which it says that it found something.
	Finds []int
	// Incomplete is the exit status with which it says that it printed what it could find,
	// and could not analyse everything; 0 if it never does.
	Incomplete int
}

// Limits are what one run may take. Zero is no limit.
type Limits struct {
	Time   time.Duration
	Memory int64 // the address space of each of its processes, in bytes
}

// Series is what a contender took, round by round, up to the round in which it failed.
type Series struct {
	Name string
	Took []usage.Usage
	Err  error // nil if it did not fail
	// Incomplete says that something could not be analysed.
	Incomplete bool
}

// Run runs each contender once in each round. Who comes first changes from round to
// round. One that fails is not run again.
func Run(ctx context.Context, rounds int, limits Limits, contenders []Contender) ([]Series, error) {
	all := make([]Series, len(contenders))
	for i, c := range contenders {
		all[i].Name = c.Name
	}
	for round := 1; round <= rounds; round++ {
		for turn := range contenders {
			i := (turn + round - 1) % len(contenders)
			if all[i].Err != nil {
				continue
			}
			took, complete, err := once(ctx, round, limits, &contenders[i])
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil {
				all[i].Err = err
				continue
			}
			all[i].Took = append(all[i].Took, took)
			all[i].Incomplete = all[i].Incomplete || !complete
		}
	}
	return all, nil
}

// once runs a contender to its end, and reports whether it analysed everything.
func once(ctx context.Context, round int, limits Limits, c *Contender) (took usage.Usage, complete bool, err error) {
	if limits.Time > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, limits.Time, fmt.Errorf("took more than %v", limits.Time))
		defer cancel()
	}
	cmd, err := c.Command(ctx, round)
	if err != nil {
		return usage.Usage{}, false, err
	}
	var stderr bytes.Buffer
	var printed counter
	cmd.Stdout, cmd.Stderr = &printed, &stderr
	limit(cmd, limits.Memory)
	start := time.Now()
	if err = cmd.Start(); err == nil {
		err = cmd.Wait()
	}
	if ctx.Err() != nil {
		return usage.Usage{}, false, context.Cause(ctx)
	}
	if err == nil {
		return usage.Of(cmd.ProcessState, start), true, nil
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		status := exit.ExitCode()
		incomplete := status == c.Incomplete && printed > 0
		if incomplete || slices.Contains(c.Finds, status) {
			return usage.Of(cmd.ProcessState, start), !incomplete, nil
		}
	}
	return usage.Usage{}, false, fmt.Errorf("%s: %w\n%s", c.Name, err, stderr.Bytes())
}

// counter counts what is written, and keeps nothing of it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

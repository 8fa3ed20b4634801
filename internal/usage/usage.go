// Package usage says what a process took that has ended.
package usage

import (
	"os"
	"time"
)

// Usage is what a process took, with the processes that it started and waited for.
type Usage struct {
	Wall, CPU time.Duration
	Memory    int64 // the largest resident set of one of the processes, in bytes; 0 where that is not known
}

// Of returns what a process took that was started at the given time and has just ended.
func Of(state *os.ProcessState, start time.Time) Usage {
	return Usage{
		Wall:   time.Since(start),
		CPU:    state.UserTime() + state.SystemTime(),
		Memory: memory(state),
	}
}

package sim

import (
	"fmt"
	"path"
	"runtime"
	"strings"
)

// Frame is one call on a task's stack.
type Frame struct {
	Func string // as the runtime names it, without the directories of the package path
	File string // the base name
	Line int
}

func (f Frame) String() string { return fmt.Sprintf("%s %s:%d", f.Func, f.File, f.Line) }

// callers returns the calls of the running task outside of this package, innermost
// first.
//
//fencelint:trusted -- the simulator itself: reads the Go stack
func callers(limit int) []Frame {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	var out []Frame
	for {
		f, more := frames.Next()
		if !internal(f.Function) {
			name := f.Function[strings.LastIndex(f.Function, "/")+1:]
			out = append(out, Frame{Func: name, File: path.Base(f.File), Line: f.Line})
			if limit > 0 && len(out) == limit {
				break
			}
		}
		if !more {
			break
		}
	}
	return out
}

// internal reports whether function is the machinery itself. Tests of this package
// are not.
func internal(function string) bool {
	return strings.HasPrefix(function, "runtime.") ||
		strings.Contains(function, "/kernel/sim.")
}

// Package fault turns a fault of fencelint's own, a panic, into a sentence. Nothing that
// code, models or facts say may take a run down, and nothing may pass for harmless because
// fencelint stumbled over it.
package fault

import (
	"fmt"
	"path"
	"runtime"
	"strings"
)

// Guard calls do and returns "" or, where it panicked, what went wrong and where in
// fencelint. It cannot help a goroutine that do starts, but in a [Group].
func Guard(do func()) (why string) {
	defer func() {
		switch fault := recover().(type) {
		case nil:
		case raised:
			why = string(fault)
		default:
			why = fmt.Sprintf("internal error: %v%s", fault, place())
		}
	}()
	do()
	return ""
}

// module is the path that fencelint's own packages have in front.
const module = "github.com/fencelint/fencelint/"

// maxFrames bounds how far a fault is followed back to fencelint's own code.
const maxFrames = 64

// place names the innermost of fencelint's functions on the way to the panic.
func place() string {
	var pcs [maxFrames]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs[:])])
	for panicked := false; ; {
		frame, more := frames.Next()
		if strings.HasPrefix(frame.Function, "runtime.gopanic") {
			panicked = true
		} else if name, own := strings.CutPrefix(frame.Function, module); own && panicked {
			return fmt.Sprintf(" (in %s, %s:%d)", path.Base(name), path.Base(frame.File), frame.Line)
		}
		if !more {
			return ""
		}
	}
}

package report

import (
	"bytes"
	"fmt"
	"io"
	"path"

	"github.com/fencelint/fencelint/analyzer/survey"
)

// Lines writes guesses as comments of a model file.
func Lines(lines []survey.Line) []byte {
	if len(lines) == 0 {
		return nil
	}
	var b bytes.Buffer
	b.WriteString("\n# Guesses by the names of methods that are called here. Take away the # where one is\n# right, and the line where it is not.\n\n")
	for _, l := range lines {
		if l.Type {
			fmt.Fprintf(&b, "# type %s  %s\n", l.Name, l.Says)
		} else {
			fmt.Fprintf(&b, "# %s  %s\n", l.Name, l.Says)
		}
	}
	return b.Bytes()
}

// Start writes what to do next in a module that has just been begun with.
func Start(w io.Writer, fences []survey.Fence, lines int, opts Options) error {
	a := answer{opts: &opts}
	if lines > 0 {
		a.line("fencelint.models has %s to decide on", guesses(lines))
	}
	if len(fences) > 0 {
		a.line("these channels are closed once and waited for, so what they are in may be a fence:")
		for _, f := range fences[:min(most, len(fences))] {
			a.line("  %s: %s is closed in %s, waited for in %s", a.at(f.Pos), path.Base(f.Field), f.Closes, f.Waits)
		}
		a.more(len(fences))
		a.line("above such a type: //fencelint:fence; above its methods: //fencelint:signals and //fencelint:waits")
	}
	a.line("next: fencelint ./... shows what is wrong today, fencelint doctor what it rests on")
	return a.write(w)
}

func guesses(n int) string {
	if n == 1 {
		return "1 guess"
	}
	return fmt.Sprintf("%d guesses", n)
}

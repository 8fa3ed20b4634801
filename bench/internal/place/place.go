// Package place names operations in somebody else's source in a way that outlives
// edits around them: by the function and the text of the line.
package place

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Place is an operation: a line of a declared function. A closure counts as the
// function that it is written in.
type Place struct {
	Func string // as in stack traces: f, T.f or (*T).f
	Line string // without its comment and the blanks around it
	Nth  int    // which such line of the function, from 1; 0 for all
}

func (p Place) String() string {
	if p.Nth == 0 {
		return p.Func + ": " + p.Line
	}
	return fmt.Sprintf("%s: %s #%d", p.Func, p.Line, p.Nth)
}

var nth = regexp.MustCompile(` #(\d+)$`)

// Parse reads places as tables have them: FUNCTION: SOURCE LINE, with #N after it for
// the Nth such line of the function, and " | " between two of them.
func Parse(list string) ([]Place, error) {
	var out []Place
	for text := range strings.SplitSeq(list, " | ") {
		function, line, ok := strings.Cut(text, ": ")
		if !ok {
			return nil, fmt.Errorf("place %q: want FUNCTION: SOURCE LINE", text)
		}
		p := Place{Func: function, Line: line}
		if m := nth.FindStringSubmatchIndex(line); m != nil {
			n, err := strconv.Atoi(line[m[2]:m[3]])
			if err != nil || n == 0 {
				return nil, fmt.Errorf("place %q: want a number from 1 after #", text)
			}
			p.Line, p.Nth = line[:m[0]], n
		}
		out = append(out, p)
	}
	return out, nil
}

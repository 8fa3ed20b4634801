// Package fold breaks source code and sentences into lines for narrow places.
package fold

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// breaks are the characters after which a line may end besides the space: those
// between the parts of names, paths and calls.
const breaks = ".,(/"

// Width returns how many columns of a terminal text takes, which obeys the control
// sequences in it.
func Width(text string) int {
	return displaywidth.Options{ControlSequences: true}.String(text)
}

// Lines breaks text so that no line is wider than width columns; a character that is
// wider alone stands alone. Spaces at the break are dropped.
func Lines(text string, width int) []string {
	var lines []string
	line, wide := "", 0
	end := func() {
		lines = append(lines, strings.TrimRight(line, " "))
		line, wide = "", 0
	}
	for _, piece := range pieces(text) {
		if bare := Width(strings.TrimRight(piece, " ")); wide > 0 && wide+bare > width {
			end()
		}
		for _, r := range piece {
			w := Width(string(r))
			if wide > 0 && wide+w > width {
				if r == ' ' {
					continue
				}
				end()
			}
			line += string(r)
			wide += w
		}
	}
	if line != "" || len(lines) == 0 {
		end()
	}
	return lines
}

// pieces cuts text after each place where a line may end.
func pieces(text string) []string {
	var out []string
	start := 0
	for i := range len(text) {
		if next := i + 1; mayEnd(text, i) {
			out = append(out, text[start:next])
			start = next
		}
	}
	if start < len(text) {
		out = append(out, text[start:])
	}
	return out
}

// mayEnd reports whether a line may end after text[i]: not before a space, which goes
// with what is before it, and not between the parentheses of a call.
func mayEnd(text string, i int) bool {
	if next := i + 1; next < len(text) && (text[next] == ' ' || text[i] == '(' && text[next] == ')') {
		return false
	}
	return text[i] == ' ' || strings.IndexByte(breaks, text[i]) >= 0
}

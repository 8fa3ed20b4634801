package finding

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fencelint/fencelint/analyzer/model"
)

// Layout says how findings are written as text.
type Layout struct {
	Width int                 // lanes stand side by side where they fit, one under the other otherwise
	File  func(string) string // the name a reader knows a file by; nil for the name as it is
}

// Text returns a finding as its readers see it, without its position: the message,
// the lanes, what closes the cycle, and what to do.
func (l Layout) Text(f *Finding) string {
	var b strings.Builder
	b.WriteString(l.Headline(f))
	b.WriteByte('\n')
	for _, line := range l.lanes(f.Lanes) {
		b.WriteString(strings.TrimRight("  "+line, " "))
		b.WriteByte('\n')
	}
	if f.Closing != "" {
		fmt.Fprintf(&b, "  %s\n", f.Closing)
	}
	if rest := f.Rest(); rest != "" {
		fmt.Fprintf(&b, "  %s\n", rest)
	}
	if f.Help != "" {
		fmt.Fprintf(&b, "  help: %s\n", f.Help)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Headline returns the one line that says what is wrong: rule, message, verdict, and
// level where it is not an error.
func (l Layout) Headline(f *Finding) string {
	mark := string(f.Verdict)
	if f.Level != Error {
		mark += ", " + string(f.Level)
	}
	return fmt.Sprintf("%s: %s [%s]", f.Rule, f.Message, mark)
}

// Name returns the name a reader knows the file of a position by.
func (l Layout) Name(p model.Pos) string {
	if l.File == nil {
		return p.File
	}
	return l.File(p.File)
}

// lanes sets the lanes side by side, or one under the other where they are too wide.
func (l Layout) lanes(lanes []Lane) []string {
	if len(lanes) == 2 {
		base := func(p model.Pos) string { return path.Base(l.Name(p)) }
		left, right := column(lanes[0], base), column(lanes[1], base)
		wide := width(left)
		if 2+wide+3+width(right) <= l.Width {
			return beside(left, right, wide)
		}
	}
	var lines []string
	for _, lane := range lanes {
		lines = append(lines, column(lane, l.Name)...)
	}
	return lines
}

// Lane returns the lines of one lane: its title, then a hop a line.
func (l Layout) Lane(lane Lane) []string { return column(lane, l.Name) }

// beside joins two columns; the left one is wide characters wide.
func beside(left, right []string, wide int) []string {
	var lines []string
	for i := range max(len(left), len(right)) {
		var l, r string
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		lines = append(lines, pad(l, wide+3)+r)
	}
	return lines
}

// column returns the lines of a lane: its title, then a hop a line, with the
// positions under each other.
func column(lane Lane, name func(model.Pos) string) []string {
	lines := []string{lane.Title}
	texts := make([]string, len(lane.Steps))
	for i, s := range lane.Steps {
		texts[i] = hop(s)
		if i > 0 {
			texts[i] = "-> " + texts[i]
		}
	}
	wide := width(texts)
	for i, s := range lane.Steps {
		line := texts[i]
		if s.Pos.Line > 0 {
			line = fmt.Sprintf("%s  %s:%d", pad(line, wide), name(s.Pos), s.Pos.Line)
		}
		if !slices.Contains(plain, s.Via) {
			line += "  " + s.Via
		}
		lines = append(lines, line)
	}
	return lines
}

// plain are the ways a hop is resolved that its source already shows.
var plain = []string{"", "static", "contract", "model"}

// hop returns the words of a step: the source of a hop or, where a path begins, the
// function that it begins in as well.
func hop(s Step) string {
	switch {
	case s.Text == "":
		return s.Func
	case s.Via == "" && !strings.HasPrefix(s.Text, s.Func):
		return s.Func + ": " + s.Text
	}
	return s.Text
}

func width(lines []string) int {
	wide := 0
	for _, line := range lines {
		wide = max(wide, utf8.RuneCountInString(line))
	}
	return wide
}

func pad(s string, wide int) string {
	return s + strings.Repeat(" ", max(0, wide-utf8.RuneCountInString(s)))
}

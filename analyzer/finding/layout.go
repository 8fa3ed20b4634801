package finding

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/internal/fold"
)

// Layout says how findings are written as text.
type Layout struct {
	Width int                       // lanes stand side by side where they fit, one under the other otherwise
	Wrap  bool                      // break what is wider than that, the headline excepted
	File  func(string) string       // the name a reader knows a file by; nil for the name as it is
	Paint func(Part, string) string // how a part looks; nil for plain text
}

// Part is a part of a finding's text that may look different from the rest.
type Part int

// The parts of a finding's text.
const (
	RulePart    Part = iota // the rule
	VerdictPart             // verdict and level, in brackets
	TitlePart               // the title of a lane
	PlacePart               // the position of a hop
	ViaPart                 // why a hop was resolved so
	HelpPart                // the word before the help
)

func (l Layout) paint(p Part, text string) string {
	if l.Paint == nil || text == "" {
		return text
	}
	return l.Paint(p, text)
}

// Text returns a finding as its readers see it, without its position: the message,
// the lanes, what closes the cycle, and what to do.
func (l Layout) Text(f *Finding) string {
	lines := []string{l.Headline(f)}
	for _, line := range l.lanes(f.Lanes) {
		lines = append(lines, strings.TrimRight(indent+line, " "))
	}
	if f.Closing != "" {
		lines = append(lines, l.paragraph("", f.Closing)...)
	}
	if rest := f.Rest(); rest != "" {
		lines = append(lines, l.paragraph("", rest)...)
	}
	if f.Help != "" {
		lines = append(lines, l.paragraph("help: ", f.Help)...)
	}
	return strings.Join(lines, "\n")
}

// Headline returns the one line that says what is wrong: rule, message, verdict, and
// level where it is not an error.
func (l Layout) Headline(f *Finding) string {
	mark := string(f.Verdict)
	if f.Level != Error {
		mark += ", " + string(f.Level)
	}
	return l.paint(RulePart, f.Rule) + ": " + printable(f.Message) + " " + l.paint(VerdictPart, "["+mark+"]")
}

// Name returns the name a reader knows the file of a position by.
func (l Layout) Name(p model.Pos) string {
	if l.File == nil {
		return p.File
	}
	return l.File(p.File)
}

// indent is what all lines but the first begin with.
const indent = "  "

// narrowest is how little room a lane is given before it is left to the terminal.
const narrowest = 16

// paragraph returns a sentence after a word that says what it is.
func (l Layout) paragraph(label, text string) []string {
	lines := l.fold(printable(text), l.Width-len(indent)-len(label))
	for i, line := range lines {
		if i == 0 {
			lines[i] = indent + l.paint(HelpPart, label) + line
		} else {
			lines[i] = indent + strings.Repeat(" ", len(label)) + line
		}
	}
	return lines
}

// fold breaks text into lines no wider than that, if lines are to be broken.
func (l Layout) fold(text string, width int) []string {
	if !l.Wrap {
		return []string{text}
	}
	return fold.Lines(text, max(width, narrowest))
}

// lanes sets the lanes side by side, or one under the other where they are too wide.
func (l Layout) lanes(lanes []Lane) []string {
	if len(lanes) == 2 {
		base := func(p model.Pos) string { return path.Base(l.Name(p)) }
		asIs := l
		asIs.Wrap = false
		left, right := asIs.column(lanes[0], base), asIs.column(lanes[1], base)
		wide := width(left)
		if len(indent)+wide+3+width(right) <= l.Width {
			return beside(left, right, wide)
		}
	}
	var lines []string
	for _, lane := range lanes {
		lines = append(lines, l.column(lane, l.Name)...)
	}
	return lines
}

// Lane returns the lines of one lane: its title, then a hop a line.
func (l Layout) Lane(lane Lane) []string { return l.column(lane, l.Name) }

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
func (l Layout) column(lane Lane, name func(model.Pos) string) []string {
	lines := []string{l.paint(TitlePart, printable(lane.Title))}
	places := make([]string, len(lane.Steps)) // where, and why it was resolved so
	for i, s := range lane.Steps {
		if s.Pos.Line > 0 {
			places[i] = "  " + l.paint(PlacePart, fmt.Sprintf("%s:%d", name(s.Pos), s.Pos.Line))
		}
		if !slices.Contains(plain, s.Via) {
			places[i] += "  " + l.paint(ViaPart, s.Via)
		}
	}
	room := l.Width - len(indent) - width(places)
	texts := make([][]string, len(lane.Steps))
	wide := 0
	for i, s := range lane.Steps {
		arrow := ""
		if i > 0 {
			arrow = "-> "
		}
		texts[i] = l.fold(hop(s), room-len(arrow))
		for j := range texts[i] {
			texts[i][j] = arrow + texts[i][j]
			arrow = strings.Repeat(" ", len(arrow))
		}
		wide = max(wide, width(texts[i]))
	}
	for i, s := range lane.Steps {
		first := texts[i][0]
		if s.Pos.Line > 0 {
			first = pad(first, wide)
		}
		lines = append(append(lines, first+places[i]), texts[i][1:]...)
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
		return printable(s.Func)
	case s.Via == "" && !strings.HasPrefix(s.Text, s.Func):
		return printable(s.Func + ": " + s.Text)
	}
	return printable(s.Text)
}

// printable spells out what a terminal would obey, or would show as something else:
// string literals of analysed code may hold anything.
func printable(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strconv.IsPrint(r) {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		}
	}
	return b.String()
}

// width returns how wide the widest of lines is in a terminal.
func width(lines []string) int {
	wide := 0
	for _, line := range lines {
		wide = max(wide, fold.Width(line))
	}
	return wide
}

func pad(s string, wide int) string {
	return s + strings.Repeat(" ", max(0, wide-fold.Width(s)))
}

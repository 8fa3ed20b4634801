package page

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/report/internal/source"
)

// excerpt is a piece of a file with the lines that a finding speaks of.
type excerpt struct {
	File  string
	Lines []line
}

type line struct {
	Number int
	Text   string
	Marks  []mark
}

// mark is a hop that stands on a line.
type mark struct{ ID, Label string }

// around is how many lines are shown above and below a line.
const around = 3

// excerpts quotes the lines on which the hops of a finding stand, and where it has none
// the line that it stands on itself.
func (r *Report) excerpts(f *finding.Finding, id string, files *source.Files) []excerpt {
	marks := make(map[model.Pos][]mark) // by file and line
	add := func(p model.Pos, m mark) {
		p.Col = 0
		if p.Line > 0 {
			marks[p] = append(marks[p], m)
		}
	}
	for i := range f.Lanes {
		for j, step := range f.Lanes[i].Steps {
			add(step.Pos, mark{anchor(id, i, j), number(i, j)})
		}
	}
	if len(marks) == 0 {
		add(f.Pos, mark{id + "-here", "here"})
	}
	var at []model.Pos
	for p := range marks {
		at = append(at, p)
	}
	slices.SortFunc(at, func(a, b model.Pos) int {
		return cmp.Or(cmp.Compare(r.File(a.File), r.File(b.File)), cmp.Compare(a.Line, b.Line))
	})
	var out []excerpt
	last := model.Pos{} // the last line that was quoted
	for _, p := range at {
		lines := files.Lines(p.File)
		if p.Line > len(lines) {
			continue // not the file that was analysed any more
		}
		first := max(1, p.Line-around)
		if p.File != last.File || first > last.Line+1 {
			out = append(out, excerpt{File: r.File(p.File)})
			last = model.Pos{File: p.File, Line: first - 1}
		}
		e := &out[len(out)-1]
		for last.Line < min(len(lines), p.Line+around) {
			last.Line++
			at := model.Pos{File: p.File, Line: last.Line}
			e.Lines = append(e.Lines, line{last.Line, lines[last.Line-1], marks[at]})
		}
	}
	return out
}

// number is what a hop is called: 1.2 is the second hop of the first lane.
func number(lane, step int) string { return fmt.Sprintf("%d.%d", lane+1, step+1) }

// anchor is the id of the line that a hop stands on.
func anchor(id string, lane, step int) string { return id + "-" + number(lane, step) }

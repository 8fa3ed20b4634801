package page

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/internal/fold"
)

// lanes is the picture of a finding: a lifeline for each goroutine, with its hops in
// the order in which they happen, down to where it waits.
type lanes struct {
	Class         string
	Width, Height int
	Title         string
	Lines         []segment // the lifelines
	Boxes         []box
	Waits         []wait
	End           words
}

type segment struct{ X1, Y1, X2, Y2 int }

// words are lines of text around X, the first with its baseline at Y.
type words struct {
	X, Y  int
	Lines []string
	Class string
}

// Step is how far the lines of words are apart, for the template.
func (words) Step() int { return lineHeight }

// box is a hop, or the title of a lane.
type box struct {
	X, Y, Width, Height int
	Class               string
	Href                string // the line that it stands on, "" where there is none
	Text                words  // what is done
	Note                words  // where, and why it was resolved so
}

// wait is an arrow from one goroutine to what it waits for in the other.
type wait struct {
	Path  string
	Class string
	Label words
}

// The measures of a picture, in pixels. The letters of a monospace font are six tenths
// of their size wide, or a little more.
const (
	letter     = 7.3 // of 12 pixels
	lineHeight = 16
	padding    = 9
	laneGap    = 26
	stepGap    = 16
	margin     = 6
)

// width is for how much room a picture is drawn: a class of the style, and how many
// letters stand on a line, of which a lane that is alone has more.
type width struct {
	class         string
	letters, lone int
}

// There is one picture for where there is room and one for a phone; the style shows the
// one that fits.
func wide() width   { return width{"wide", 52, 78} }
func narrow() width { return width{"narrow", 19, 38} }

// lanes draws a finding.
func (r *Report) lanes(f *finding.Finding, id string, room width) *lanes {
	p := &lanes{Class: room.class, Title: fmt.Sprintf("%s: %d lanes", f.Rule, len(f.Lanes))}
	letters := room.letters
	switch n := len(f.Lanes); {
	case n == 1:
		letters = room.lone
	case n > 2:
		letters = 2 * letters / n
	}
	laneWidth := int(float64(letters)*letter) + 2*padding
	var bottoms []int
	for i := range f.Lanes {
		x := margin + i*(laneWidth+laneGap)
		bottoms = append(bottoms, p.lane(r, f, i, id, x, laneWidth, letters))
	}
	p.Width = 2*margin + len(f.Lanes)*laneWidth + (len(f.Lanes)-1)*laneGap
	p.Height = slices.Max(bottoms) + margin
	switch {
	case len(f.Edges) > 0 && len(f.Lanes) > 1:
		p.ring(f, laneWidth)
	case len(f.Edges) > 0:
		p.itself(f, laneWidth)
	}
	return p
}

// lane draws one lane at x and returns where it ends.
func (p *lanes) lane(r *Report, f *finding.Finding, i int, id string, x, width, letters int) int {
	lane := &f.Lanes[i]
	middle := x + width/2
	title := box{X: x, Y: margin, Width: width, Class: "title"}
	title.Text = words{middle, title.Y + padding + 12, wrap(lane.Title, letters), "what"}
	title.Height = 2*padding + lineHeight*len(title.Text.Lines)
	boxes := []box{title}
	y := title.Y + title.Height + stepGap
	for j := range lane.Steps {
		step := &lane.Steps[j]
		b := box{X: x, Y: y, Width: width, Class: "hop"}
		if j == len(lane.Steps)-1 && (i == 0 || f.Verdict != finding.Breach) {
			b.Class += " last " + string(f.Verdict)
		}
		if step.Pos.Line > 0 {
			b.Href = "#" + anchor(id, i, j)
		}
		b.Text = words{middle, y + padding + 12, wrap(said(step), letters), "what"}
		b.Note = words{middle, b.Text.Y + lineHeight*len(b.Text.Lines), wrap(strings.TrimSpace(number(i, j)+"  "+r.noted(step)), letters), "note"}
		b.Height = 2*padding + lineHeight*(len(b.Text.Lines)+len(b.Note.Lines))
		boxes = append(boxes, b)
		y += b.Height + stepGap
	}
	end := y - stepGap
	p.Lines = append(p.Lines, segment{middle, title.Y + title.Height, middle, end})
	p.Boxes = append(p.Boxes, boxes...)
	return end
}

// said is what a hop does: its source, after the function that it is in where the
// path begins there.
func said(s *finding.Step) string {
	switch {
	case s.Text == "":
		return s.Func
	case s.Via == "" && !strings.HasPrefix(s.Text, s.Func):
		return s.Func + ": " + s.Text
	}
	return s.Text
}

// noted is where a hop stands, and why it was resolved so.
func (r *Report) noted(s *finding.Step) string {
	var parts []string
	if s.Pos.Line > 0 {
		parts = append(parts, fmt.Sprintf("%s:%d", path.Base(r.File(s.Pos.File)), s.Pos.Line))
	}
	if s.Via != "" && s.Via != "static" {
		parts = append(parts, s.Via)
	}
	return strings.Join(parts, ", ")
}

// wrap breaks text so that no line is longer than a number of letters.
func wrap(text string, letters int) []string {
	if text == "" {
		return nil
	}
	return fold.Lines(text, letters)
}

// ring draws that each goroutine waits for the next, and the last for the first. The
// first edge is the first one's wait, the last edge the last one's, by way of whatever
// lies between.
func (p *lanes) ring(f *finding.Finding, laneWidth int) {
	middle := func(lane int) int { return margin + laneWidth/2 + lane*(laneWidth+laneGap) }
	y := p.Height
	last := len(f.Lanes) - 1
	for i := range f.Lanes {
		waits := f.Edges[min(i, len(f.Edges)-1)]
		if i == last {
			waits = f.Edges[len(f.Edges)-1]
			if slices.ContainsFunc(f.Edges[min(i, len(f.Edges)-1):], byContract) {
				waits.Provenance = finding.ByContract
			}
		}
		from, to := middle(i), middle((i+1)%len(f.Lanes))
		letters := int(float64(max(from, to)-min(from, to)-2*padding) / letter)
		y = p.arrow(from, to, y+stepGap, waits.Provenance, "waits for "+model.WithoutPath(waits.To), letters)
	}
	for i := range f.Lanes {
		p.Lines = append(p.Lines, segment{middle(i), p.Lines[i].Y2, middle(i), y + stepGap})
	}
	p.finish(f, y+stepGap)
}

func byContract(e finding.Edge) bool { return e.Provenance == finding.ByContract }

// arrow draws a wait from one lifeline to another, its label above, and returns where
// that ends.
func (p *lanes) arrow(from, to, y int, how finding.Provenance, label string, letters int) int {
	text := wrap(label, letters)
	line := y + lineHeight*len(text) + 4
	tip := to - 2
	if to < from {
		tip = to + 2
	}
	p.Waits = append(p.Waits, wait{
		Path:  fmt.Sprintf("M%d %dH%d", from, line, tip),
		Class: string(how),
		Label: words{(from + to) / 2, y + 10, text, "waits"},
	})
	return line
}

// itself draws that a goroutine waits for what only it could bring about.
func (p *lanes) itself(f *finding.Finding, laneWidth int) {
	last := p.Boxes[len(p.Boxes)-1]
	title := p.Boxes[0]
	x := margin + laneWidth
	p.Width += laneGap
	p.Waits = append(p.Waits, wait{
		Path:  fmt.Sprintf("M%d %dh%dV%dh%d", x, last.Y+last.Height/2, laneGap-4, title.Y+title.Height/2, -(laneGap - 6)),
		Class: string(f.Edges[0].Provenance),
	})
	p.finish(f, p.Height)
}

// finish writes below the picture what has happened.
func (p *lanes) finish(f *finding.Finding, y int) {
	text := "deadlock"
	if f.Verdict == finding.Contract {
		text = "deadlock, by contract"
	}
	p.End = words{p.Width / 2, y + lineHeight + 4, wrap(text, int(float64(p.Width)/letter)), "end"}
	p.Height = p.End.Y + lineHeight*len(p.End.Lines)
}

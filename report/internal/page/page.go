// Package page writes findings as one HTML file that needs nothing else: no network,
// no other file. Code that was analysed is hostile input to it: all text goes through
// html/template, and the page's own policy lets no script and no style run but its own.
package page

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/docs/rules"
	"github.com/fencelint/fencelint/report/internal/source"
)

// Report is what a page shows.
type Report struct {
	Findings []finding.Finding
	Edges    []graph.Export           // the whole graph, where the run has one
	Summary  []string                 // what the run covered, a line each
	Failures []string                 // what could not be analysed
	File     func(name string) string // what readers call a file
	// Again is the command that finds the same once more, nil where nobody knows.
	Again func(*finding.Finding) string
}

//go:embed page.html
var pageHTML string

//go:embed page.css
var style string

//go:embed page.js
var script string

// Write writes the page of a report.
func Write(w io.Writer, r *Report) error {
	t, err := template.New("page").Parse(pageHTML)
	if err != nil {
		return fmt.Errorf("parse the template of the page: %w", err)
	}
	if err := t.Execute(w, newView(r)); err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	return nil
}

// view is what the template sees.
type view struct {
	Policy   string
	Style    template.CSS
	Script   template.JS
	Filters  []filter
	Findings []card
	Live     int // findings that are not ignored
	Ignored  int
	Open     bool // findings are unfolded from the start: there are few
	Cycles   *picture
	Order    *picture
	Summary  []string
	Failures []string
}

// filter is a way to show some findings only.
type filter struct {
	Name    string
	Label   string
	Choices []choice
}

type choice struct {
	Value string
	Count int
}

// card is what is shown of one finding.
type card struct {
	*finding.Finding
	ID      string
	Said    string // the message, with arrows that do not break
	Place   string
	About   string // what the rule says
	Rest    string
	Command string
	Wide    *lanes
	Narrow  *lanes
	Source  []excerpt
}

// few is how many findings a reader takes in without folding.
const few = 3

func newView(r *Report) *view {
	v := &view{
		Policy: "default-src 'none'; base-uri 'none'; form-action 'none'; " +
			"script-src '" + hash(script) + "'; style-src '" + hash(style) + "'",
		Style:    template.CSS(style),
		Script:   template.JS(script),
		Open:     len(r.Findings) <= few,
		Summary:  r.Summary,
		Failures: r.Failures,
		Cycles:   cycles(r),
		Order:    order(r),
	}
	var files source.Files
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Suppressed == "" {
			v.Live++
		} else {
			v.Ignored++
		}
		v.Findings = append(v.Findings, r.card(f, fmt.Sprintf("f%d", i+1), &files))
	}
	v.Filters = []filter{
		r.filter("rule", "Rule", func(f *finding.Finding) string { return f.Rule }),
		r.filter("verdict", "Verdict", func(f *finding.Finding) string { return string(f.Verdict) }),
		r.filter("package", "Package", func(f *finding.Finding) string { return f.Package }),
	}
	return v
}

// hash is how a policy names the one script, or style, that it allows.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

func (r *Report) filter(name, label string, value func(*finding.Finding) string) filter {
	counts := make(map[string]int)
	for i := range r.Findings {
		counts[value(&r.Findings[i])]++
	}
	out := filter{Name: name, Label: label}
	for value, count := range counts {
		out.Choices = append(out.Choices, choice{value, count})
	}
	slices.SortFunc(out.Choices, func(a, b choice) int { return strings.Compare(a.Value, b.Value) })
	return out
}

func (r *Report) card(f *finding.Finding, id string, files *source.Files) card {
	c := card{
		Finding: f,
		ID:      id,
		Said:    strings.ReplaceAll(f.Message, "->", "→"),
		Place:   fmt.Sprintf("%s:%d:%d", r.File(f.Pos.File), f.Pos.Line, f.Pos.Col),
		About:   rules.Summary(f.Rule),
		Rest:    f.Rest(),
		Source:  r.excerpts(f, id, files),
	}
	if r.Again != nil {
		c.Command = r.Again(f)
	}
	if len(f.Lanes) > 0 {
		c.Wide, c.Narrow = r.lanes(f, id, wide()), r.lanes(f, id, narrow())
	}
	return c
}

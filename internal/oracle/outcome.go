package oracle

import (
	"fmt"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
)

// Outcome is how fencelint and the reference see a program.
type Outcome struct {
	Program   *Program
	Source    Source
	Reference *Reference
	Findings  []Finding
	Partly    bool // fencelint has not looked at all states
	Missed    []Miss
	Quiet     int // deadlocks that only a finding names which is shown if asked for
	False     []Miss
}

// Finding is one that is shown unless asked otherwise.
type Finding = finding.Finding

// Miss is a deadlock that no finding names, or a finding without a deadlock or breach.
type Miss struct {
	Deadlock Deadlock
	Finding  *Finding
	// Class is the assumption that it falls under, "" for none.
	Class string
}

// judge compares what was found with what there is. Findings at level error are false if
// the reference has seen neither a deadlock nor a breach in the whole program, and it does
// not crash.
func (o *Outcome) judge(report Report) {
	found := report.Findings
	o.Partly = report.Partly
	shown := &finding.Filter{}
	for i := range found {
		if f := &found[i]; shown.Wants(f) {
			o.Findings = append(o.Findings, *f)
		}
	}
	for _, dead := range o.Reference.Deadlocks {
		missed, quiet := true, false
		for i := range found {
			if f := &found[i]; o.names(f, dead) {
				missed = missed && !shown.Wants(f)
				quiet = true
			}
		}
		if missed && quiet {
			o.Quiet++
		} else if missed {
			o.Missed = append(o.Missed, Miss{Deadlock: dead, Class: o.classify(dead)})
		}
	}
	for i := range found {
		f := &found[i]
		if !shown.Wants(f) {
			continue
		}
		if f.Level == finding.Error && o.Clean() {
			o.False = append(o.False, Miss{Finding: f, Class: o.excuse(f)})
		}
	}
}

// Clean reports whether the reference has seen nothing wrong in a program.
func (o *Outcome) Clean() bool {
	r := o.Reference
	return len(r.Deadlocks) == 0 && len(r.Breaches) == 0 && !r.Crashes
}

// Open reports whether there is a miss, or a false finding, that falls under no assumption.
func (o *Outcome) Open() bool {
	for _, list := range [][]Miss{o.Missed, o.False} {
		for _, m := range list {
			if m.Class == "" {
				return true
			}
		}
	}
	return false
}

// Like reports whether all sorts of misses and false findings of another outcome are there:
// by class, and the rule of what is false.
func (o *Outcome) Like(other *Outcome) bool {
	sorts := func(o *Outcome) map[string]bool {
		out := make(map[string]bool)
		for _, m := range o.Missed {
			out["missed: "+m.Class] = true
		}
		for _, m := range o.False {
			out[m.Finding.Rule+": "+m.Class] = true
		}
		return out
	}
	own := sorts(o)
	for s := range sorts(other) {
		if !own[s] {
			return false
		}
	}
	return true
}

// String describes an outcome, after the program.
func (o *Outcome) String() string {
	var b strings.Builder
	b.WriteString(o.Source.Text)
	fmt.Fprintf(&b, "\n%d states\n", o.Reference.States)
	for _, d := range o.Reference.Deadlocks {
		fmt.Fprintf(&b, "stuck at %s\n", o.lines(d.Stmts))
	}
	if len(o.Reference.Breaches) > 0 {
		fmt.Fprintf(&b, "breaches at %s\n", o.lines(o.Reference.Breaches))
	}
	if o.Reference.Crashes {
		b.WriteString("may crash\n")
	}
	for _, f := range o.Findings {
		fmt.Fprintf(&b, "found at %d: %s[%s/%s] %s\n", f.Pos.Line, f.Rule, f.Verdict, f.Level, f.Message)
	}
	for _, m := range o.Missed {
		fmt.Fprintf(&b, "missed %s: %s\n", o.lines(m.Deadlock.Stmts), known(m.Class))
	}
	for _, m := range o.False {
		fmt.Fprintf(&b, "false at %d: %s\n", m.Finding.Pos.Line, known(m.Class))
	}
	return b.String()
}

func known(class string) string {
	if class == "" {
		return "no reason known"
	}
	return class
}

// lines returns where statements stand.
func (o *Outcome) lines(list []*Stmt) string {
	var out []string
	for _, s := range list {
		out = append(out, fmt.Sprint(o.Source.Lines[s]))
	}
	return strings.Join(out, " ")
}

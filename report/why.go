package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/audit"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/why"
)

// most is how many of a list are shown where all of them would be too many.
const most = 10

// Why writes the way from one thing to another or, without one, what may hide it.
func Why(w io.Writer, from, to why.Thing, way []finding.Lane, blind []reach.Blind, opts Options) error {
	a := answer{opts: &opts}
	if len(way) == 0 {
		a.line("no way from %s to %s was seen", from.Name(), to.Name())
		a.blind("unresolved calls on the way, any of which may lead there:", blind)
		return a.write(w)
	}
	a.line("%s -> %s", from.Name(), to.Name())
	for _, lane := range way {
		a.lane(lane)
	}
	return a.write(w)
}

// WhyNot writes why nothing is said of a function, or what is.
func WhyNot(w io.Writer, s *why.Silence, found []finding.Finding, opts Options) error {
	a := answer{opts: &opts}
	a.line("%s  %s", s.Func.Display, a.at(s.Func.Pos))
	a.findings(s.Findings)
	if s.Func.Unknown != "" {
		a.line("its body is not known: %s", s.Func.Unknown)
	}
	if s.Spoken {
		a.line("its callers see its directives and not its body, which is judged by itself")
	}
	verdicts := verdicts(found)
	for _, r := range s.Reached {
		a.lane(finding.Lane{Title: "reached from " + r.Root.Name + ", " + r.Root.Kind, Steps: r.Path})
		for i := range r.Operations {
			a.operation(&r.Operations[i], verdicts)
		}
		if len(r.Operations) == 0 {
			a.line("    nothing there could break a rule")
		}
	}
	if len(s.Reached) == 0 {
		a.unreached(s, verdicts)
	}
	return a.write(w)
}

type answer struct {
	opts *Options
	b    strings.Builder
}

func (a *answer) line(format string, args ...any) { fmt.Fprintf(&a.b, format+"\n", args...) }

func (a *answer) write(w io.Writer) error {
	_, err := io.WriteString(w, a.b.String())
	return err
}

func (a *answer) at(p model.Pos) string { return fmt.Sprintf("%s:%d", a.opts.file(p.File), p.Line) }

func (a *answer) lane(lane finding.Lane) {
	layout := a.opts.layout()
	for i, line := range layout.Lane(lane) {
		if i > 0 {
			line = "  " + line
		}
		a.line("  %s", strings.TrimRight(line, " "))
	}
}

func (a *answer) findings(found []finding.Finding) {
	layout := a.opts.layout()
	for i := range found {
		f := &found[i]
		said := "reported"
		if f.Suppressed != "" {
			said = "suppressed, " + f.Suppressed
		}
		a.line("%s: %s: %s", said, a.at(f.Pos), layout.Headline(f))
	}
}

func (a *answer) operation(op *audit.Operation, verdicts map[model.Pos]string) {
	verdict := "allowed"
	if rule, refused := verdicts[op.Pos()]; refused {
		verdict = rule
	}
	a.line("    %s: %s  %s", verdict, said(op), a.at(op.Pos()))
}

func (a *answer) unreached(s *why.Silence, verdicts map[model.Pos]string) {
	a.line("no root leads to it: nothing that a fence, reclaim or a notifier waits for is seen to run it")
	a.steps("called by:", s.Callers)
	a.steps("started by:", s.Starts)
	if len(s.Callers)+len(s.Starts) == 0 {
		a.line("  nothing here is seen to call it")
	}
	if len(s.Own) > 0 {
		a.line("  of what it does, only cycles of what is held and waited for are reported:")
		for i := range s.Own[:min(most, len(s.Own))] {
			a.operation(&s.Own[i], verdicts)
		}
		a.more(len(s.Own))
	}
	a.blind("unresolved calls below roots, any of which may lead here:", s.Blind)
}

func (a *answer) steps(title string, steps []finding.Step) {
	if len(steps) == 0 {
		return
	}
	a.line("  %s", title)
	for _, s := range steps[:min(most, len(steps))] {
		via := ""
		if !slices.Contains([]string{"", "static", "contract", "model"}, s.Via) {
			via = "  " + s.Via
		}
		a.line("    %s: %s  %s%s", s.Func, s.Text, a.at(s.Pos), via)
	}
	a.more(len(steps))
}

func (a *answer) blind(title string, calls []reach.Blind) {
	if len(calls) == 0 {
		return
	}
	a.line("  %s", title)
	for _, b := range calls[:min(most, len(calls))] {
		a.line("    %s: %s  %s  %s", b.Path.State.Summary.Display, b.Call.Text, a.at(b.Call.Pos), b.Why)
	}
	a.more(len(calls))
}

func (a *answer) more(n int) {
	if n > most {
		a.line("    and %d more", n-most)
	}
}

package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/fencelint/fencelint/analyzer/audit"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
)

// Audited is a root with everything that it can do, and what it cannot.
type Audited struct {
	Root       audit.Root
	Operations []audit.Operation
	Proof      audit.Proof
}

// Inventory is what a program can do where it owes others something.
type Inventory struct {
	Roots     []Audited
	Outside   []audit.Operation // signals that no root leads to
	Timeouts  []audit.Timeout
	Exporters []audit.Exporter
	Remark    string // what the absence of cycles rests on, "" where there are some
}

// Audit writes for each root what it can do, on which way, and whether that is
// allowed, and what it was shown not to lead to; then the signals that no root leads
// to, the timeouts, and how fences leave.
func Audit(w io.Writer, in *Inventory, findings []finding.Finding, opts Options) error {
	a := auditor{opts: opts, verdicts: verdicts(findings)}
	for i := range in.Roots {
		a.root(&in.Roots[i])
	}
	if len(in.Outside) > 0 {
		a.b.WriteString("signals outside any root:\n")
		for i := range in.Outside {
			op := &in.Outside[i]
			fmt.Fprintf(&a.b, "  %s  %s\n", op.On, a.way(op))
		}
		a.b.WriteByte('\n')
	}
	a.timeouts(in.Timeouts)
	a.exporters(in.Exporters)
	if in.Remark != "" {
		fmt.Fprintf(&a.b, "%s\n\n", in.Remark)
	}
	fmt.Fprintf(&a.b, "%s with %s, %d not allowed; %s outside any root\n", plural(len(in.Roots), "root"),
		plural(a.operations, "operation"), a.refused, plural(len(in.Outside), "signal"))
	_, err := io.WriteString(w, a.b.String())
	return err
}

type auditor struct {
	opts       Options
	verdicts   map[model.Pos]string
	b          strings.Builder
	operations int
	refused    int
}

func (a *auditor) root(r *Audited) {
	fmt.Fprintf(&a.b, "%s: %s, %s  %s", r.Root.Kind, r.Root.Name, r.Root.Role, a.at(r.Root.Pos))
	if r.Root.Via != "" {
		fmt.Fprintf(&a.b, "  by %s", r.Root.Via)
	}
	a.b.WriteByte('\n')
	for i := range r.Operations {
		op := &r.Operations[i]
		a.operations++
		verdict, refused := a.verdicts[op.Pos()]
		if !refused {
			verdict = "allowed"
		} else {
			a.refused++
		}
		fmt.Fprintf(&a.b, "  %s: %s\n    %s\n", verdict, said(op), a.way(op))
	}
	if len(r.Operations) == 0 {
		a.b.WriteString("  nothing that could break a rule\n")
	}
	a.proof(&r.Proof)
	a.b.WriteByte('\n')
}

// said puts an operation into words.
func said(op *audit.Operation) string {
	what := strings.TrimSuffix(op.Verb+" "+op.On, " ")
	if op.How != "" {
		what += ", " + op.How
	}
	return what
}

// proof says what a root does not lead to, and what that rests on.
func (a *auditor) proof(p *audit.Proof) {
	if len(p.Never) == 0 {
		a.b.WriteString("  proven: nothing\n")
	} else {
		fmt.Fprintf(&a.b, "  proven: %s\n", strings.Join(p.Never, ", "))
	}
	if len(p.Blind) == 0 {
		return
	}
	fmt.Fprintf(&a.b, "  provided that nothing else comes of %s:\n", plural(len(p.Blind), "unresolved call"))
	for _, b := range p.Blind {
		fmt.Fprintf(&a.b, "    %s  %s  %s\n", b.Text, a.at(b.Pos), b.Why)
	}
}

// timeouts says for each fence how it signals because time is up.
func (a *auditor) timeouts(all []audit.Timeout) {
	if len(all) == 0 {
		return
	}
	a.b.WriteString("timeouts:\n")
	for _, t := range all {
		if len(t.Ways) == 0 {
			fmt.Fprintf(&a.b, "  %s: none\n", t.Fence)
		}
		for i := range t.Ways {
			w := &t.Ways[i]
			mark := ""
			if w.Infinite() {
				mark = "none, the timeout is infinite: "
			} else if w.MayBeInfinite() {
				mark = "may be infinite: "
			}
			fmt.Fprintf(&a.b, "  %s: %s%s, after %s\n    %s\n", t.Fence, mark, w.Start, w.Bound(), tooltip(w.Path, &a.opts))
		}
	}
	a.b.WriteByte('\n')
}

func (a *auditor) exporters(all []audit.Exporter) {
	if len(all) == 0 {
		return
	}
	a.b.WriteString("fences leave through:\n")
	for _, e := range all {
		fmt.Fprintf(&a.b, "  %s  %s\n", e.Name, a.at(e.Pos))
		for _, call := range e.Calls {
			fmt.Fprintf(&a.b, "    %s: %s  %s\n", call.Func, call.Text, a.at(call.Pos))
		}
		if len(e.Calls) == 0 {
			a.b.WriteString("    not called here\n")
		}
	}
	a.b.WriteByte('\n')
}

func (a *auditor) at(p model.Pos) string { return fmt.Sprintf("%s:%d", a.opts.file(p.File), p.Line) }

func (a *auditor) way(op *audit.Operation) string { return tooltip(op.Path, &a.opts) }

// verdicts says what is wrong with operations, by the position that a finding's first
// lane ends at.
func verdicts(findings []finding.Finding) map[model.Pos]string {
	found := make(map[model.Pos]string)
	for i := range findings {
		f := &findings[i]
		pos := f.Pos
		if len(f.Lanes) > 0 && len(f.Lanes[0].Steps) > 0 {
			steps := f.Lanes[0].Steps
			pos = steps[len(steps)-1].Pos
		}
		found[pos] = f.Rule
		if f.Suppressed != "" {
			found[pos] += ", ignored"
		}
	}
	return found
}

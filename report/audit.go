package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/fencelint/fencelint/analyzer/audit"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
)

// Audited is a root with everything that it can do.
type Audited struct {
	Root       audit.Root
	Operations []audit.Operation
}

// Audit writes for each root what it can do, on which way, and whether that is
// allowed; then the signals that no root leads to.
func Audit(w io.Writer, roots []Audited, outside []audit.Operation, findings []finding.Finding, opts Options) error {
	a := auditor{opts: opts, verdicts: verdicts(findings)}
	for _, r := range roots {
		a.root(&r)
	}
	if len(outside) > 0 {
		fmt.Fprintf(&a.b, "signals outside any root:\n")
		for i := range outside {
			op := &outside[i]
			fmt.Fprintf(&a.b, "  %s  %s\n", op.On, a.way(op))
		}
		a.b.WriteByte('\n')
	}
	fmt.Fprintf(&a.b, "%s with %s, %d not allowed; %s outside any root\n", plural(len(roots), "root"),
		plural(a.operations, "operation"), a.refused, plural(len(outside), "signal"))
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
	fmt.Fprintf(&a.b, "%s: %s  %s:%d", r.Root.Kind, r.Root.Name, a.opts.file(r.Root.Pos.File), r.Root.Pos.Line)
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
		what := strings.TrimSuffix(op.Verb+" "+op.On, " ")
		fmt.Fprintf(&a.b, "  %s: %s\n    %s\n", verdict, what, a.way(op))
	}
	if len(r.Operations) == 0 {
		a.b.WriteString("  nothing that could break a rule\n")
	}
	a.b.WriteByte('\n')
}

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

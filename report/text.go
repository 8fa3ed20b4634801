package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/finding"
)

// text is for people.
type text struct {
	w          io.Writer
	opts       Options
	found      int
	notes      int
	suppressed int
}

func (t *text) Finding(f *finding.Finding) error {
	if f.Suppressed != "" {
		t.suppressed++
		return nil
	}
	if f.Level == finding.Note {
		t.notes++
	} else {
		t.found++
	}
	layout := t.opts.layout()
	if t.opts.Color {
		layout.Paint = palette(f.Level)
	}
	body := layout.Headline(f)
	if t.opts.Lanes {
		body = layout.Text(f)
	}
	at := fmt.Sprintf("%s:%d:%d:", layout.Name(f.Pos), f.Pos.Line, f.Pos.Col)
	_, err := fmt.Fprintf(t.w, "%s %s\n", t.style(at, bold), body)
	if t.opts.Lanes && err == nil {
		_, err = fmt.Fprintln(t.w)
	}
	return err
}

func (t *text) Done(c *Coverage) error {
	var b strings.Builder
	if !c.Modular {
		t.coverage(&b, &c.Stats)
	}
	for _, failure := range c.Failures {
		fmt.Fprintf(&b, "not analysed: %s\n", failure)
	}
	if c.Remark != "" {
		fmt.Fprintln(&b, c.Remark)
	}
	switch count := plural(t.found, "finding"); {
	case t.found > 0:
		b.WriteString(t.style(count, bad))
	case len(c.Failures) > 0:
		b.WriteString(count)
	default:
		b.WriteString(t.style("clean:", good) + " " + count)
	}
	if t.notes > 0 {
		fmt.Fprintf(&b, ", %s", plural(t.notes, "note"))
	}
	if t.suppressed > 0 {
		fmt.Fprintf(&b, ", %d suppressed", t.suppressed)
	}
	b.WriteByte('\n')
	_, err := io.WriteString(t.w, b.String())
	return err
}

// coverage says where the run started from, how far it came and what it could not
// resolve.
func (t *text) coverage(b *strings.Builder, stats *analyzer.Stats) {
	kind := ""
	for _, r := range stats.Roots {
		if r.Kind != kind {
			kind = r.Kind
			fmt.Fprintf(b, "roots, %s:\n", kind)
		}
		fmt.Fprintf(b, "  %s", r.Name)
		if t.opts.Stats {
			fmt.Fprintf(b, "  %s:%d", t.opts.file(r.Pos.File), r.Pos.Line)
			if r.Via != "" {
				fmt.Fprintf(b, "  by %s", r.Via)
			}
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(b, "%s\n%s\n", reached(stats), unresolved(stats))
}

// reached says how far a run came.
func reached(stats *analyzer.Stats) string {
	return fmt.Sprintf("%s reached from %s; %s in %s", plural(stats.Reached, "function"), plural(len(stats.Roots), "root"),
		plural(stats.Functions, "function"), plural(stats.Packages, "package"))
}

// unresolved says what a run knows nothing of.
func unresolved(stats *analyzer.Stats) string {
	if len(stats.Unresolved) == 0 {
		return "unresolved calls: none"
	}
	var parts []string
	for _, u := range stats.Unresolved {
		parts = append(parts, fmt.Sprintf("%d %s", u.Calls, u.Kind))
	}
	return "unresolved calls: " + strings.Join(parts, ", ")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

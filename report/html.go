package report

import (
	"io"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/report/internal/page"
)

// html is for people who were not there: one page with pictures and sources.
type html struct {
	w        io.Writer
	opts     Options
	findings []finding.Finding
}

func (h *html) Finding(f *finding.Finding) error {
	h.findings = append(h.findings, *f)
	return nil
}

func (h *html) Done(c *Coverage) error {
	r := page.Report{
		Findings: h.findings,
		Failures: c.Failures,
		File:     h.opts.file,
		Again:    h.opts.Again,
	}
	if c.Edges != nil {
		r.Edges = c.Edges()
	}
	if !c.Modular {
		r.Summary = []string{reached(&c.Stats), unresolved(&c.Stats)}
	}
	if c.Remark != "" {
		r.Summary = append(r.Summary, c.Remark)
	}
	return page.Write(h.w, &r)
}

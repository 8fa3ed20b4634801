package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
)

// github writes workflow commands, which GitHub shows as annotations on the lines of
// a change.
type github struct {
	w    io.Writer
	opts Options
}

func (g *github) Finding(f *finding.Finding) error {
	if f.Suppressed != "" {
		return nil
	}
	layout := g.opts.layout()
	_, err := fmt.Fprintf(g.w, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", command(f.Level),
		property.Replace(layout.Name(f.Pos)), f.Pos.Line, f.Pos.Col, property.Replace(f.Rule), message.Replace(layout.Text(f)))
	return err
}

func (g *github) Done(c *Coverage) error {
	for _, failure := range c.Failures {
		if _, err := fmt.Fprintf(g.w, "::error::%s\n", message.Replace(failure)); err != nil {
			return err
		}
	}
	return nil
}

func command(level finding.Level) string {
	switch level {
	case finding.Error:
		return "error"
	case finding.Warning:
		return "warning"
	}
	return "notice"
}

// What would end a message, or a property, is escaped as the workflow command
// protocol has it.
var (
	message  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

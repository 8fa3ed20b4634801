package report

import (
	"github.com/charmbracelet/x/ansi"

	"github.com/fencelint/fencelint/analyzer/finding"
)

// style is how a piece of text looks in a terminal. The colours are those of the
// terminal's own sixteen, which its owner has chosen to be readable.
type style func(string) string

func bold(s string) string   { return ansi.Style{}.Bold().Styled(s) }
func dim(s string) string    { return ansi.Style{}.Faint().Styled(s) }
func bad(s string) string    { return ansi.Style{}.Bold().ForegroundColor(ansi.Red).Styled(s) }
func uneasy(s string) string { return ansi.Style{}.Bold().ForegroundColor(ansi.Yellow).Styled(s) }
func good(s string) string   { return ansi.Style{}.Bold().ForegroundColor(ansi.Green).Styled(s) }
func tag(s string) string    { return ansi.Style{}.ForegroundColor(ansi.Cyan).Styled(s) }

// palette returns how the parts of a finding of that level look.
func palette(l finding.Level) func(finding.Part, string) string {
	rule := bad
	switch l {
	case finding.Warning:
		rule = uneasy
	case finding.Note:
		rule = bold
	}
	parts := map[finding.Part]style{
		finding.RulePart: rule, finding.VerdictPart: rule, finding.TitlePart: bold,
		finding.PlacePart: dim, finding.ViaPart: tag, finding.HelpPart: good,
	}
	return func(p finding.Part, text string) string { return parts[p](text) }
}

// style applies a style where text is painted at all.
func (t *text) style(s string, how style) string {
	if !t.opts.Color {
		return s
	}
	return how(s)
}

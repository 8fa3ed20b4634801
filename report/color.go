package report

import "github.com/fencelint/fencelint/analyzer/finding"

// style is how a piece of text looks in a terminal. The colours are those of the
// terminal's own sixteen, which its owner has chosen to be readable.
type style func(string) string

func bold(s string) string   { return rendition("1", s) }
func dim(s string) string    { return rendition("2", s) }
func bad(s string) string    { return rendition("1;31", s) }
func uneasy(s string) string { return rendition("1;33", s) }
func good(s string) string   { return rendition("1;32", s) }
func tag(s string) string    { return rendition("36", s) }

// rendition selects how a terminal renders s, by the attributes of ECMA-48's SGR, and
// goes back to its default after it.
func rendition(attributes, s string) string { return "\x1b[" + attributes + "m" + s + "\x1b[m" }

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

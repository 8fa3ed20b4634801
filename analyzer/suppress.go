package analyzer

import (
	"slices"
	"time"

	"github.com/fencelint/fencelint/analyzer/directive"
	"github.com/fencelint/fencelint/analyzer/finding"
)

// Suppress marks the findings that an ignore directive covers on the given day, and
// says for each of the directives which of its rules matched something.
func (r *Result) Suppress(findings []finding.Finding, today time.Time) (matched [][]string) {
	matched = make([][]string, len(r.Ignores))
	for i := range findings {
		f := &findings[i]
		for n := range r.Ignores {
			ignore := &r.Ignores[n]
			if !covers(ignore, f) || Expired(ignore, today) {
				continue
			}
			if f.Suppressed == "" {
				f.Suppressed = ignore.Reason
			}
			if !slices.Contains(matched[n], f.Rule) {
				matched[n] = append(matched[n], f.Rule)
			}
		}
	}
	return matched
}

func covers(ignore *directive.Ignore, f *finding.Finding) bool {
	return slices.Contains(ignore.Rules, f.Rule) && ignore.File == f.Pos.File &&
		ignore.FirstLine <= f.Pos.Line && f.Pos.Line <= ignore.LastLine
}

// Expired reports whether the last day on which an ignore directive counts is over.
func Expired(ignore *directive.Ignore, today time.Time) bool {
	return !ignore.Until.IsZero() && !today.Before(ignore.Until.AddDate(0, 0, 1))
}

package finding

import "slices"

// Levels returns the levels, worst first.
func Levels() []Level { return []Level{Error, Warning, Note} }

// Filter says which findings are wanted.
type Filter struct {
	Rules    []string // all if there are none
	MinLevel Level    // "": warning, and error where nothing annotated takes part
	Evidence bool     // not those that hold only by contract
	// Generated says to show what nobody has annotated in files that a program wrote, too.
	Generated bool
}

// Wants reports whether a finding is.
func (w *Filter) Wants(f *Finding) bool {
	rank := func(l Level) int { return slices.Index(Levels(), l) }
	least := w.MinLevel
	switch {
	case least != "":
	case f.Annotated:
		least = Warning
	default:
		least = Error
	}
	return (len(w.Rules) == 0 || slices.Contains(w.Rules, f.Rule)) &&
		rank(f.Level) <= rank(least) &&
		!(w.Evidence && f.Verdict == Contract) &&
		!(f.Generated && !f.Annotated && !w.Generated)
}

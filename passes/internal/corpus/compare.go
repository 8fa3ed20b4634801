package corpus

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
)

// difference is one way in which findings and expectations disagree.
type difference struct {
	file string
	line int
	text string
}

func (d difference) String() string {
	return fmt.Sprintf("%s:%d: %s", filepath.Base(d.file), d.line, d.text)
}

// compare returns how findings differ from the expectations for mode, sorted, and the
// expectations that are known not to be met.
func compare(mode Mode, wants []want, findings []finding.Finding) (differences []difference, known []want) {
	wants = slices.DeleteFunc(slices.Clone(wants), func(w want) bool { return w.mode != "" && w.mode != mode })
	notes := slices.ContainsFunc(wants, func(w want) bool { return w.level == string(finding.Note) })
	matched := make([]bool, len(wants))
	for _, f := range findings {
		if f.Level == finding.Note && !notes {
			continue
		}
		i := match(wants, matched, f)
		if i < 0 {
			differences = append(differences, difference{f.Pos.File, f.Pos.Line, fmt.Sprintf(
				"unexpected %s[%s/%s]: %s", f.Rule, f.Verdict, f.Level, f.Message)})
			continue
		}
		matched[i] = true
	}
	for i, w := range wants {
		differ := func(text string) {
			differences = append(differences, difference{w.pos.Filename, w.pos.Line, text})
		}
		switch {
		case w.known == "" && !matched[i]:
			differ("no " + w.String())
		case w.known != "" && matched[i] != w.extra:
			differ(fmt.Sprintf("%s is as it should be now: remove known(%s)", w, w.known))
		case w.known != "":
			known = append(known, w)
		}
	}
	slices.SortFunc(differences, func(a, b difference) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line), cmp.Compare(a.text, b.text))
	})
	return differences, known
}

// match returns the first expectation that f meets and that nothing has met, or -1.
func match(wants []want, matched []bool, f finding.Finding) int {
	for i, w := range wants {
		if !matched[i] && w.pos.Filename == f.Pos.File && w.pos.Line == f.Pos.Line &&
			w.rule == f.Rule && w.verdict == string(f.Verdict) &&
			(w.level == "" || w.level == string(f.Level)) &&
			w.suppressed == (f.Suppressed != "") {
			return i
		}
	}
	return -1
}

// Package corpus holds what fencelint reports on the packages under testdata/lang,
// testdata/domain and testdata/ordinary against what they say it must.
//
// An expected finding is a comment on the line where it must stand:
//
//	kern.Alloc(1, kern.Kernel) // want alloc-in-signalling[contract]
//
// The brackets hold the verdict and, where it matters, the level:
// [breach/warning]. Several expectations may follow one want. The words are:
//
//	// want RULE[VERDICT] ...           reported, and not suppressed
//	// suppressed RULE[VERDICT] ...     reported, and suppressed by an ignore directive
//	// want(whole) ..., want(modular)   in that mode only
//	// want RULE[VERDICT] known(REASON) must be reported, and is not yet
//	// extra RULE[VERDICT] known(REASON) must not be reported, and still is
//
// What carries no expectation must not be reported. Notes are shown to nobody unless
// asked for, so they count only in a corpus that expects one.
package corpus

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"strings"
)

// Mode is one of the ways of running fencelint.
type Mode string

// The modes.
const (
	Whole   Mode = "whole"
	Modular Mode = "modular"
)

// want is one expectation.
type want struct {
	pos        token.Position
	mode       Mode // "" for both
	rule       string
	verdict    string
	level      string // "" for any
	suppressed bool
	known      string // why the engine does otherwise today
	extra      bool   // known, and the other way round: reported although it must not be
}

func (w want) String() string {
	level := ""
	if w.level != "" {
		level = "/" + w.level
	}
	return fmt.Sprintf("%s[%s%s]", w.rule, w.verdict, level)
}

var (
	clause = regexp.MustCompile(`// (want|suppressed|extra)(?:\((whole|modular)\))?((?: +[a-z-]+\[[a-z]+(?:/[a-z]+)?\](?: known\([^)]*\))?)+)`)
	item   = regexp.MustCompile(`([a-z-]+)\[([a-z]+)(?:/([a-z]+))?\](?: known\(([^)]*)\))?`)
	word   = regexp.MustCompile(`// *(want|suppressed|extra)\b`)
)

// wants reads the expectations of files.
func wants(fset *token.FileSet, files []*ast.File) ([]want, error) {
	var all []want
	for _, file := range files {
		for _, group := range file.Comments {
			for _, comment := range group.List {
				found, err := parse(comment.Text)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", fset.Position(comment.Pos()), err)
				}
				for _, w := range found {
					w.pos = fset.Position(comment.Pos())
					all = append(all, w)
				}
			}
		}
	}
	return all, nil
}

// parse reads the expectations in one comment.
func parse(text string) ([]want, error) {
	clauses := clause.FindAllStringSubmatch(text, -1)
	if n := len(word.FindAllString(text, -1)); n != len(clauses) {
		return nil, fmt.Errorf("%d of %d expectations can be read: %s", len(clauses), n, text)
	}
	var found []want
	for _, c := range clauses {
		for _, i := range item.FindAllStringSubmatch(c[3], -1) {
			w := want{
				mode:       Mode(c[2]),
				rule:       i[1],
				verdict:    i[2],
				level:      i[3],
				known:      strings.TrimSpace(i[4]),
				suppressed: c[1] == "suppressed",
				extra:      c[1] == "extra",
			}
			if w.extra && w.known == "" {
				return nil, fmt.Errorf("extra needs a known(REASON): %s", text)
			}
			found = append(found, w)
		}
	}
	return found, nil
}

package directive

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"
	"time"

	"github.com/fencelint/fencelint/analyzer/directive/clause"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/internal/spell"
)

// Ignore is an ignore directive: findings of its rules that stand on its lines are
// suppressed.
type Ignore struct {
	Rules     []string
	Until     time.Time // the last day on which it counts; zero if it always does
	Reason    string
	Pos       model.Pos // of the directive
	File      string
	FirstLine int // of what it covers
	LastLine  int
	Package   string // import path
	Target    string // full name of the function it covers, "" for a statement
}

// ignoreLines reads the ignore directives of a file.
func (s *scanner) ignoreLines(file *ast.File) {
	if !slices.ContainsFunc(s.lines, func(l *line) bool { return l.clause.Word.Text == "ignore" }) {
		return
	}
	layout := layoutOf(s.fset, file)
	for _, l := range s.lines {
		if l.clause.Word.Text != "ignore" {
			continue
		}
		target, ok := layout.target(l)
		if !ok {
			continue
		}
		l.claimed = true
		ignore, err := parseIgnore(l.clause)
		if err != nil {
			s.problem(l.at(err.Offset), err.Message)
			continue
		}
		ignore.Pos = s.pos(l.pos)
		ignore.File, ignore.Package = ignore.Pos.File, s.path()
		ignore.FirstLine, ignore.LastLine = s.pos(target.first).Line, s.pos(target.last).Line
		if target.fn != nil {
			if fn, ok := s.info.Defs[target.fn.Name].(*types.Func); ok {
				ignore.Target = model.FuncName(fn)
			}
		}
		s.ignores = append(s.ignores, ignore)
	}
}

func parseIgnore(c clause.Clause) (Ignore, *clause.Error) {
	var ignore Ignore
	if len(c.Args) == 0 {
		return ignore, &clause.Error{Offset: c.Word.Offset, Message: "ignore needs a rule: ignore RULE[,RULE] [until=YYYY-MM-DD] -- REASON"}
	}
	for rule := range strings.SplitSeq(c.Args[0].Text, ",") {
		if !slices.Contains(finding.Rules(), rule) {
			return ignore, &clause.Error{Offset: c.Args[0].Offset, Message: fmt.Sprintf("ignore: %q is no rule%s", rule, spell.DidYouMean(rule, finding.Rules()))}
		}
		if rule == "bad-directive" || rule == "unused-ignore" {
			return ignore, &clause.Error{Offset: c.Args[0].Offset, Message: fmt.Sprintf("ignore: %s cannot be ignored: correct the directive or remove it", rule)}
		}
		if slices.Contains(ignore.Rules, rule) {
			return ignore, &clause.Error{Offset: c.Args[0].Offset, Message: fmt.Sprintf("ignore: %s is said twice", rule)}
		}
		ignore.Rules = append(ignore.Rules, rule)
	}
	for _, tok := range c.Args[1:] {
		date, ok := strings.CutPrefix(tok.Text, "until=")
		if !ok {
			return ignore, &clause.Error{Offset: tok.Offset, Message: fmt.Sprintf("ignore: unexpected %q; only until=YYYY-MM-DD and -- REASON can stand here", tok.Text)}
		}
		if !ignore.Until.IsZero() {
			return ignore, &clause.Error{Offset: tok.Offset, Message: "ignore: until= is said twice"}
		}
		until, err := time.Parse(time.DateOnly, date)
		if err != nil {
			return ignore, &clause.Error{Offset: tok.Offset, Message: fmt.Sprintf("ignore: %q is no date: until=YYYY-MM-DD", date)}
		}
		ignore.Until = until
	}
	if c.Reason == "" {
		return ignore, &clause.Error{Offset: c.Word.Offset, Message: "ignore needs a reason, without one it suppresses nothing: ignore RULE -- REASON"}
	}
	ignore.Reason = c.Reason
	return ignore, nil
}

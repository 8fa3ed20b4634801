package modelfile

import (
	"fmt"
	"go/token"
	"strconv"
	"strings"

	"github.com/fencelint/fencelint/analyzer/directive/clause"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/internal/spell"
)

type parser struct {
	file   string
	number int
	lines  map[string]int // the line on which a name was described
	pkg    *model.Package
	errs   []error
}

func (p *parser) errorf(offset int, format string, args ...any) {
	p.errs = append(p.errs, &Error{p.pos(offset), fmt.Sprintf(format, args...)})
}

// pos is a position in the current line; columns count bytes, as in Go.
func (p *parser) pos(offset int) model.Pos {
	return model.Pos{File: p.file, Line: p.number, Col: offset + 1}
}

func (p *parser) line(text string) {
	rest := strings.TrimLeft(text, " \t")
	if rest == "" || strings.HasPrefix(rest, "#") {
		return
	}
	start := len(text) - len(rest)
	name, clauses := cutName(rest)
	isType := name == "type"
	if !isType {
		word, _ := cutName(strings.TrimLeft(clauses, " \t"))
		isType = clause.Split(word).IsType()
	} else {
		trimmed := strings.TrimLeft(clauses, " \t")
		start = len(text) - len(trimmed)
		name, clauses = cutName(trimmed)
	}
	if message := badName(name, isType); message != "" {
		p.errorf(start, "%s", message)
		return
	}
	if strings.TrimSpace(clauses) == "" {
		p.errorf(start, "%s: nothing is said of it", name)
		return
	}
	if before, ok := p.lines[name]; ok {
		p.errorf(start, "%s is described on line %d already; separate directives by \";\"", name, before)
		return
	}
	p.lines[name] = p.number
	if isType {
		p.typ(name, start, len(text)-len(clauses), clauses)
	} else {
		p.contract(name, start, len(text)-len(clauses), clauses)
	}
}

// cutName cuts at the first blank outside brackets.
func cutName(text string) (name, rest string) {
	depth := 0
	for i, r := range text {
		switch r {
		case '[':
			depth++
		case ']':
			depth--
		case ' ', '\t':
			if depth <= 0 {
				return text[:i], text[i:]
			}
		}
	}
	return text, ""
}

// badName explains what is wrong with a full name, "" if it could name something.
func badName(name string, isType bool) string {
	if name == "" {
		return "type: a name is missing"
	}
	rest, method := name, ""
	if inner, ok := strings.CutPrefix(name, "("); ok {
		var closed bool
		if rest, method, closed = strings.Cut(inner, ")."); !closed || method == "" {
			return fmt.Sprintf("%q is no full name: write (*import/path.Type).Method", name)
		}
		if isType {
			return fmt.Sprintf("%q is no type: write import/path.Type, import/path.Type.Field or import/path.Var", name)
		}
		rest = strings.TrimPrefix(rest, "*")
	}
	pkg, object, ok := strings.Cut(rest[strings.LastIndexByte(rest, '/')+1:], ".")
	if !ok || pkg == "" || object == "" || strings.ContainsAny(rest, "()*") || strings.ContainsAny(method, "().") {
		if guess := spell.DidYouMean(name, []string{"type"}); guess != "" {
			return fmt.Sprintf("%q is no full name%s", name, guess)
		}
		return fmt.Sprintf("%q is no full name: write import/path.Name or (*import/path.Type).Method", name)
	}
	return ""
}

func (p *parser) contract(name string, start, offset int, clauses string) {
	c := model.Contract{Name: name, Model: true, Pos: p.pos(start)}
	for at, c1 := range split(clauses) {
		switch {
		case c1.Word.Text == "":
			p.errorf(offset+at, "%s: a directive is missing", name)
			return
		case c1.IsType():
			p.errorf(offset+at+c1.Word.Offset, "%s describes a type, and what comes before it a function: they cannot be one", c1.Word.Text)
			return
		}
		if err := c1.AddFunc(&c, clause.Positional, p.pos(start)); err != nil {
			p.errorf(offset+at+err.Offset, "%s", err.Message)
			return
		}
	}
	p.pkg.Contracts = append(p.pkg.Contracts, c)
}

func (p *parser) typ(name string, start, offset int, clauses string) {
	t := model.Type{Name: name, Model: true, Pos: p.pos(start)}
	for at, c := range split(clauses) {
		switch {
		case c.Word.Text == "":
			p.errorf(offset+at, "type %s: a directive is missing", name)
			return
		case c.IsFunc():
			p.errorf(offset+at+c.Word.Offset, "%s describes a function, not a type", c.Word.Text)
			return
		}
		if err := c.AddType(&t, number); err != nil {
			p.errorf(offset+at+err.Offset, "%s", err.Message)
			return
		}
	}
	p.pkg.Types = append(p.pkg.Types, t)
}

func number(text string) (uint64, error) {
	if token.IsIdentifier(text) {
		return 0, clause.ErrLater
	}
	v, err := strconv.ParseUint(text, 0, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is neither a number, like 0x400, nor the name of a constant", text)
	}
	return v, nil
}

// split iterates over the clauses of a line with their offsets. A reason, which "--"
// begins, is the rest of the line and belongs to the last clause.
func split(text string) func(yield func(int, clause.Clause) bool) {
	return func(yield func(int, clause.Clause) bool) {
		text, at := clause.WithoutComment(text), 0
		for {
			rest := text[at:]
			end := strings.IndexByte(rest, ';')
			if end < 0 || reasonBefore(rest[:end]) {
				yield(at, clause.Split(rest))
				return
			}
			if !yield(at, clause.Split(rest[:end])) {
				return
			}
			at += end + 1
		}
	}
}

func reasonBefore(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if word == "--" {
			return true
		}
	}
	return false
}

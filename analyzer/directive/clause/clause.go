// Package clause is the grammar of one directive: a word, its arguments, a reason.
// It is the same in a Go comment and in a model file; what differs is how a name in
// it is resolved, which is the caller's part.
package clause

import (
	"strings"
	"unicode"
)

// Token is a blank-separated piece of a clause.
type Token struct {
	Text   string
	Offset int // in bytes, in the text that was split
}

// Clause is one directive, split but not understood.
type Clause struct {
	Word   Token
	Args   []Token
	Reason string // what follows "--"
}

// Error says what is wrong with a clause and where in its text.
type Error struct {
	Offset  int
	Message string
}

func (e *Error) Error() string { return e.Message }

// Split splits the text of a clause: "waits f bounded -- reason // comment". The
// comment, which begins at a "//" after a blank, is not part of it.
func Split(text string) Clause {
	text = WithoutComment(text)
	var c Clause
	head := text
	if before, reason, ok := cutReason(text); ok {
		head, c.Reason = before, strings.TrimSpace(reason)
	}
	for tok := range tokens(head) {
		if c.Word.Text == "" {
			c.Word = tok
		} else {
			c.Args = append(c.Args, tok)
		}
	}
	return c
}

// WithoutComment returns text up to a "//" at its start or after a blank.
func WithoutComment(text string) string {
	for i := 0; i < len(text); {
		at := strings.Index(text[i:], "//")
		if at < 0 {
			break
		}
		i += at
		if i == 0 || text[i-1] == ' ' || text[i-1] == '\t' {
			return text[:i]
		}
		i += len("//")
	}
	return text
}

// cutReason cuts text at the first token that is "--".
func cutReason(text string) (before, reason string, found bool) {
	for tok := range tokens(text) {
		if tok.Text == "--" {
			return text[:tok.Offset], text[tok.Offset+len("--"):], true
		}
	}
	return text, "", false
}

func tokens(text string) func(yield func(Token) bool) {
	return func(yield func(Token) bool) {
		start := -1
		for i, r := range text {
			switch blank := unicode.IsSpace(r); {
			case blank && start >= 0:
				if !yield(Token{text[start:i], start}) {
					return
				}
				start = -1
			case !blank && start < 0:
				start = i
			}
		}
		if start >= 0 {
			yield(Token{text[start:], start})
		}
	}
}

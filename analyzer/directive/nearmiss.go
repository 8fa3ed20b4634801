package directive

import (
	"fmt"
	"go/ast"
	"regexp"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/directive/clause"
	"github.com/fencelint/fencelint/internal/spell"
)

// nearMiss explains a comment that looks like a directive and is none; "" if it does
// not look like one. After a blank only a word of the vocabulary makes it look so,
// since prose, too, can begin with the tool's name; and a word that only resembles that is one
// of prose unless a colon follows.
func nearMiss(comment string) string {
	tool := bare(firstWord(comment))
	if spell.Nearest(tool, []string{toolName}) == "" {
		return "" // as nearly all comments of a program
	}
	m := looksLike().FindStringSubmatch(comment)
	if m == nil || !strings.Contains(m[3], ":") && !strings.EqualFold(tool, toolName) {
		return ""
	}
	open, blank, colon, word := m[1], m[2], m[3], m[4]
	words := append(append(clause.FuncWords(), clause.TypeWords()...), "ignore")
	known := word
	if !slices.Contains(words, word) {
		known = spell.Nearest(word, words)
	}
	compact := open == "//" && blank == "" && colon == ":"
	switch {
	case known == "" && !compact:
		return ""
	case open == "/*":
		return fmt.Sprintf("not a directive: a directive is a line comment; did you mean %q?", prefix+known)
	case known == "":
		return fmt.Sprintf("not a directive: a directive begins with %q", prefix)
	}
	return fmt.Sprintf("not a directive: no blanks, lower case, a colon; did you mean %q?", prefix+known)
}

func looksLike() *regexp.Regexp {
	return regexp.MustCompile(`^(//|/\*)([ \t]?)[A-Za-z][A-Za-z_-]*( ?: ?|[ .])([A-Za-z]+)`)
}

// firstWord returns the word at the beginning of a comment, behind a blank at most.
func firstWord(comment string) string {
	text := comment[len("//"):]
	if text != "" && (text[0] == ' ' || text[0] == '\t') {
		text = text[1:]
	}
	for i := range len(text) {
		c := text[i] | 0x20 // in lower case, if it is a letter
		if (c < 'a' || c > 'z') && text[i] != '-' && text[i] != '_' {
			return text[:i]
		}
	}
	return text
}

// toolName is the name of the tool as directives have it.
const toolName = "fencelint"

// bare returns a name without what may stand between its parts.
func bare(name string) string {
	return strings.ReplaceAll(strings.ReplaceAll(name, "-", ""), "_", "")
}

// misplaced explains why nothing owns the directive.
func misplaced(l *line, file *ast.File) string {
	word := l.clause.Word.Text
	switch {
	case word == "ignore":
		return "misplaced ignore: no statement begins on the line below, and no code stands before it"
	case word == "":
		return "a directive without a word"
	case !l.clause.IsFunc() && !l.clause.IsType():
		return unknownWord(word)
	}
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil && fn.Body.Pos() < l.pos && l.pos < fn.Body.End() {
			return fmt.Sprintf("misplaced %s: inside a function body only ignore can stand; a function literal or a local type cannot be described", word)
		}
		if decl.Pos() < l.pos && l.pos < decl.End() {
			return fmt.Sprintf("misplaced %s: it stands above nothing that has a full name (fields of a struct without a name do not)", word)
		}
	}
	return fmt.Sprintf("misplaced %s: it must stand directly above what it describes, without a blank line, or in its doc comment", word)
}

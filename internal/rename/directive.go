package rename

import (
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/directive/clause"
)

const marker = "//fencelint:"

// directiveNames returns the names in a comment that a directive refers to. It knows
// the public vocabulary and not how the analyzer reads it.
func directiveNames(comment string) []clause.Token {
	text, ok := strings.CutPrefix(comment, marker)
	if !ok {
		return nil
	}
	var names []clause.Token
	c := clause.Split(text)
	for i, arg := range c.Args {
		offset := len(marker) + arg.Offset
		switch {
		case c.Word.Text == "gfp":
			key, _, _ := strings.Cut(arg.Text, "=")
			names = append(names, fields(arg.Text[len(key)+1:], offset+len(key)+1)...)
		case i == 0 && slices.Contains(objects(), c.Word.Text), i > 0 && slices.Contains(prepositions(), c.Args[i-1].Text):
			names = append(names, fields(arg.Text, offset)...)
		}
	}
	return names
}

// objects are the words that a name follows.
func objects() []string {
	return []string{"waits", "wakes", "signals", "publishes", "takes", "acquires", "releases", "allocates", "calls", "queues", "flushes"}
}

// prepositions are the words after an object that a name follows.
func prepositions() []string { return []string{"until", "on"} }

// fields splits a name into the names of its path.
func fields(path string, offset int) []clause.Token {
	var names []clause.Token
	for name := range strings.SplitSeq(path, ".") {
		names = append(names, clause.Token{Text: name, Offset: offset})
		offset += len(name) + 1
	}
	return names
}

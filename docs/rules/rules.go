// Package rules holds the user's page of every rule, as the explain command
// prints it.
package rules

import (
	"embed"
	"strings"
)

//go:embed *.md
var pages embed.FS

// Page returns the page of a rule, in Markdown.
func Page(rule string) (string, bool) {
	text, err := pages.ReadFile(rule + ".md")
	return string(text), err == nil
}

// Names returns the rules that have a page, sorted.
func Names() []string {
	entries, err := pages.ReadDir(".")
	if err != nil {
		return nil // the root of an embedded tree can always be read
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), ".md")
	}
	return names
}

// Summary returns what a rule says in short: the first paragraph of its page, without
// its marks.
func Summary(rule string) string {
	page, _ := Page(rule)
	_, page, _ = strings.Cut(page, "\n\n")
	first, _, _ := strings.Cut(page, "\n\n")
	return strings.ReplaceAll(strings.ReplaceAll(first, "\n", " "), "`", "")
}

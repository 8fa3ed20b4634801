// Package source reads the lines that reports quote.
package source

import (
	"os"
	"strings"
	"unicode/utf8"
)

// Files keeps the lines of the files that were read. What cannot be read has none: a
// report without a quotation is better than no report. It is not safe for concurrent
// use.
type Files struct{ lines map[string][]string }

// Lines returns the lines of a file.
func (f *Files) Lines(name string) []string {
	if lines, ok := f.lines[name]; ok {
		return lines
	}
	if f.lines == nil {
		f.lines = make(map[string][]string)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		f.lines[name] = nil
		return nil
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimSuffix(lines[i], "\r")
	}
	f.lines[name] = lines
	return lines
}

// Column turns a column in bytes, as Go counts, into one in characters, as others do.
// Where the line cannot be read the two are taken to be the same.
func (f *Files) Column(name string, line, col int) int {
	lines := f.Lines(name)
	if line < 1 || line > len(lines) || col < 1 || col > len(lines[line-1])+1 {
		return col
	}
	return 1 + utf8.RuneCountInString(lines[line-1][:col-1])
}

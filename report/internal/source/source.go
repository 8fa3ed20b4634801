// Package source reads the lines that reports quote.
package source

import (
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/fencelint/fencelint/internal/bounded"
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
	text := read(name)
	if text == nil {
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

// maxFile bounds the size of a file that is quoted, in bytes.
const maxFile = 16 << 20

// read returns the text of a file, nil of one that is not quoted. A //line comment in the
// analysed code can name any file there is: a device that never ends, or what is nobody's
// business who reads the report.
func read(name string) []byte {
	if ext := filepath.Ext(name); ext != ".go" && ext != ".y" {
		return nil
	}
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	text, err := bounded.ReadFile(name, maxFile)
	if err != nil {
		return nil
	}
	return text
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

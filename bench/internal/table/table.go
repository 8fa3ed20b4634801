// Package table reads the tables of the benchmarks: one row a line, cells between
// tabs, a heading, and lines that start with # for those who read it.
package table

import (
	"fmt"
	"strings"
)

// Rows calls row with the cells of each row of the text, which comes from the file.
// It stops at an error, and says in which line it was.
func Rows(file, text string, cells int, row func(cells []string) error) error {
	heading := true
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "#"):
			continue
		case heading:
			heading = false
			continue
		}
		got := strings.Split(line, "\t")
		if len(got) != cells {
			return fmt.Errorf("%s:%d: %d cells, want %d", file, n, len(got), cells)
		}
		if err := row(got); err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
	}
	return nil
}

package main

import (
	"fmt"
	"regexp"
	"strings"
)

// section is a part of a page: text that somebody wrote, or what a command printed.
type section struct {
	command []string // nil for what somebody wrote
	text    string
}

// line is the command as it stands in the page.
func (s *section) line() string { return strings.Join(s.command, " ") }

// begin is where the output of a command begins. No others than those below bench are run.
var begin = regexp.MustCompile(`^<!-- (go run \./bench/[a-z]+(?: [-=./\w]+)*) -->$`)

const end = "<!-- end -->"

// parse takes a page apart.
func parse(page string) ([]section, error) {
	var all []section
	current := section{}
	n, opened := 0, 0
	for line := range strings.Lines(page) {
		n++
		bare := strings.TrimSpace(line)
		switch m := begin.FindStringSubmatch(bare); {
		case m != nil && opened == 0:
			all = append(all, current)
			current, opened = section{command: strings.Fields(m[1])}, n
		case bare == end && opened > 0:
			all = append(all, current)
			current, opened = section{}, 0
		case m != nil || bare == end || strings.HasPrefix(bare, "<!-- go run"):
			return nil, fmt.Errorf("line %d: %s is not where or what it may be", n, bare)
		default:
			current.text += line
		}
	}
	if opened > 0 {
		return nil, fmt.Errorf("line %d: no %s follows", opened, end)
	}
	return append(all, current), nil
}

// render puts a page together again.
func render(all []section) string {
	var b strings.Builder
	for i := range all {
		s := &all[i]
		if len(s.command) == 0 {
			b.WriteString(s.text)
			continue
		}
		fmt.Fprintf(&b, "<!-- %s -->\n%s\n%s\n", s.line(), strings.TrimRight(s.text, "\n"), end)
	}
	return b.String()
}

package baseline

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/internal/bounded"
	"github.com/fencelint/fencelint/internal/spell"
)

// maxFile bounds the size of a baseline, in bytes: some hundred thousand findings.
const maxFile = 64 << 20

// Read reads a baseline. Its errors are one sentence, with the line that is wrong.
func Read(file string) (*Baseline, error) {
	text, err := bounded.ReadFile(file, maxFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("cannot read baseline: %w: make it with -write-baseline", err)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read baseline: %w", err)
	}
	return parse(file, string(text))
}

func parse(file, text string) (*Baseline, error) {
	b := &Baseline{File: file}
	lines := make(map[string]int)
	number := 0
	for line := range strings.Lines(text) {
		number++
		if err := b.line(number, strings.TrimSpace(line), lines); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, number, err)
		}
	}
	if b.Build == "" {
		return nil, fmt.Errorf("%s:%d: the line that says what it was written for is missing: is this a baseline?", file, max(number, 1))
	}
	return b, nil
}

func (b *Baseline) line(number int, line string, lines map[string]int) error {
	text, place, _ := strings.Cut(line, "#")
	fields := strings.Fields(text)
	switch {
	case len(fields) == 0:
		return nil
	case b.Build == "":
		if fields[0] != "for" || len(fields) < 2 {
			return fmt.Errorf("%q is not where a baseline begins: the first line that is no comment is for GOOS/GOARCH", fields[0])
		}
		b.Build = strings.Join(fields[1:], " ")
		return nil
	case len(fields) != 3:
		return fmt.Errorf("%q is no entry: FINGERPRINT RULE PACKAGE", strings.Join(fields, " "))
	}
	e := Entry{Fingerprint: fields[0], Rule: fields[1], Package: fields[2], Place: strings.TrimSpace(place), Line: number}
	if sum, err := hex.DecodeString(e.Fingerprint); err != nil || len(sum) != 8 {
		return fmt.Errorf("%q is no fingerprint: sixteen hexadecimal digits", e.Fingerprint)
	}
	if !slices.Contains(finding.Rules(), e.Rule) {
		return fmt.Errorf("%q is no rule%s", e.Rule, spell.DidYouMean(e.Rule, finding.Rules()))
	}
	if before, ok := lines[e.Fingerprint]; ok {
		return fmt.Errorf("%s is on line %d already", e.Fingerprint, before)
	}
	lines[e.Fingerprint] = number
	b.Entries = append(b.Entries, e)
	return nil
}

const header = `# Findings that are accepted for now: fencelint -baseline=FILE suppresses them, and
# -write-baseline takes out those that are gone. Lines may be deleted, in any order.
`

// Write writes the text of the file to w.
func (b *Baseline) Write(w io.Writer) error {
	entries := slices.SortedFunc(slices.Values(b.Entries), func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Place, b.Place),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Fingerprint, b.Fingerprint))
	})
	var text bytes.Buffer
	text.WriteString(header)
	fmt.Fprintf(&text, "for %s\n", b.Build)
	for _, e := range entries {
		fmt.Fprintf(&text, "%s  %s  %s", e.Fingerprint, e.Rule, e.Package)
		if e.Place != "" {
			fmt.Fprintf(&text, "  # %s", e.Place)
		}
		text.WriteByte('\n')
	}
	_, err := text.WriteTo(w)
	return err
}

package main

import (
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fencelint/fencelint/internal/fencelint"
)

const heading = "| module | packages | lines | functions | errors | by rule | unresolved calls | waits without a known signaller | time | memory |\n" +
	"|---|---|---|---|---|---|---|---|---|---|\n"

func (o *outcome) printRow(w io.Writer) {
	if o.report == nil {
		line, _, _ := strings.Cut(o.err.Error(), "\n")
		fmt.Fprintf(w, "| %s | %d | %d | | not analysed: %s | | | | | |\n", o.module.name, o.packages, o.lines, line)
		return
	}
	stats := o.report.Stats
	fmt.Fprintf(w, "| %s | %d | %d | %d | %d | %s | %s | %s | %v | %d MB |\n",
		o.module.name, o.packages, o.lines, stats.Functions, len(o.report.Findings), byRule(o.report.Findings),
		share(o.unresolved(), stats.Calls), share(stats.Unsignalled, stats.Waits),
		o.report.Usage.Wall.Round(100*time.Millisecond), o.report.Usage.Memory>>20)
}

func (o *outcome) unresolved() int {
	n := 0
	for _, calls := range o.report.Unresolved {
		n += calls
	}
	return n
}

// share prints a part of a whole, or the part alone where the whole is not known.
func share(part, whole int) string {
	if whole == 0 {
		return fmt.Sprint(part)
	}
	return fmt.Sprintf("%d of %d, %.1f %%", part, whole, 100*float64(part)/float64(whole))
}

func byRule(found []fencelint.Found) string {
	counts := make(map[string]int)
	for _, f := range found {
		counts[f.Rule]++
	}
	var out []string
	for _, rule := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, fmt.Sprintf("%s %d", rule, counts[rule]))
	}
	return strings.Join(out, ", ")
}

func printTotal(w io.Writer, all []outcome) {
	lines, found := 0, 0
	for _, o := range all {
		if o.report != nil {
			lines += o.lines
			found += len(o.report.Findings)
		}
	}
	fmt.Fprintf(w, "\n%d errors in %d lines", found, lines)
	if lines > 0 {
		fmt.Fprintf(w, ": %.2f in 20,000 lines", float64(found)*20_000/float64(lines))
	}
	fmt.Fprintln(w)
}

// printFindings prints the findings with what their readers say, and how many are true.
func printFindings(w io.Writer, all []outcome, read map[named]reading) {
	counts := make(tally)
	for _, o := range all {
		if o.err != nil {
			fmt.Fprintf(w, "\n%s: %v\n", o.module.name, o.err)
		}
		if o.report == nil || len(o.report.Findings) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n## %s\n\n| finding | rule | at | it says | label | why |\n|---|---|---|---|---|---|\n", o.module.name)
		for _, f := range o.report.Findings {
			r, ok := read[named{o.module.name, f.Fingerprint}]
			if !ok {
				r = reading{first: unread, second: unread}
			}
			counts[r.verdict()]++
			fmt.Fprintf(w, "| %s | %s | %s:%d | %s | %s, %s | %s |\n", f.Fingerprint, f.Rule, source(f.Pos.File), f.Pos.Line,
				cell(f.Message), r.first, r.second, cell(strings.Join(r.reasons[:], " / ")))
		}
	}
	if len(counts) > 0 {
		fmt.Fprintln(w)
		counts.print(w)
	}
}

// cell returns the text as it stands in a cell of a table.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

// source names a file by module and version, or as the standard library's.
func source(name string) string {
	name = filepath.ToSlash(name)
	for _, root := range []string{"/pkg/mod/", "/src/"} {
		if _, rest, ok := strings.Cut(name, root); ok {
			return rest
		}
	}
	return name
}

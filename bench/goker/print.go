package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/internal/fencelint"
)

// shown is the level that a user is shown in code that has no annotation.
const shown = "error"

func printDetected(w io.Writer, outcomes []outcome) {
	for _, category := range categories {
		part := slices.DeleteFunc(slices.Clone(outcomes), func(o outcome) bool { return o.kernel.category != category })
		if len(part) == 0 {
			continue
		}
		fmt.Fprintf(w, "## %s\n\n| kernel | kind | blocks at | detected | rules | other findings |\n|---|---|---|---|---|---|\n", category)
		for _, o := range part {
			fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %s |\n",
				o.kernel.name, o.kernel.subtype, code(o.kernel.blocks[0].String()), o.detected(), rules(o.hits), rules(o.others))
		}
		fmt.Fprintln(w)
	}

	fmt.Fprintf(w, "| category | kernels | detected | with warnings | other findings |\n|---|---|---|---|---|\n")
	var all row
	for _, category := range categories {
		var r row
		for _, o := range outcomes {
			if o.kernel.category == category {
				r.add(o)
				all.add(o)
			}
		}
		r.print(w, category)
	}
	all.print(w, "all")
}

// row is a line of the summary.
type row struct {
	kernels, errors, warnings, others int
}

func (r *row) add(o outcome) {
	r.kernels++
	if len(o.hits) > 0 {
		r.warnings++
	}
	if slices.ContainsFunc(o.hits, isShown) {
		r.errors++
	}
	r.others += len(o.others)
}

func (r *row) print(w io.Writer, name string) {
	fmt.Fprintf(w, "| %s | %d | %d | %d | %d |\n", name, r.kernels, r.errors, r.warnings, r.others)
}

func printRepaired(w io.Writer, outcomes []outcome) {
	fmt.Fprintf(w, "| repaired form | findings |\n|---|---|\n")
	silent := 0
	for _, o := range outcomes {
		if o.err != nil {
			fmt.Fprintf(w, "| %s | **not analysed** |\n", o.kernel.name)
		}
		if len(o.others) == 0 && o.err == nil {
			silent++
		}
		if len(o.others) == 0 {
			continue
		}
		fmt.Fprintf(w, "| %s | %s |\n", o.kernel.name, rules(o.others))
	}
	fmt.Fprintf(w, "| silent | %d of %d |\n", silent, len(outcomes))
}

func printErrors(w io.Writer, outcomes []outcome) {
	for _, o := range outcomes {
		if o.err != nil {
			fmt.Fprintf(w, "\n%s: %v\n", o.kernel.name, o.err)
		}
	}
}

func printFindings(w io.Writer, outcomes []outcome) {
	for _, o := range outcomes {
		for _, f := range o.hits {
			fmt.Fprintf(w, "\n%s: of the bug [%s]\n  %s\n", o.kernel.name, f.Level, f)
		}
		for _, f := range o.others {
			fmt.Fprintf(w, "\n%s: other [%s]\n  %s\n", o.kernel.name, f.Level, f)
		}
	}
}

func isShown(f fencelint.Found) bool { return f.Level == shown }

func (o *outcome) detected() string {
	by := ""
	if !o.at {
		by = ", by the lock alone"
	}
	switch {
	case slices.ContainsFunc(o.hits, isShown):
		return "yes" + by
	case len(o.hits) > 0:
		return "as a warning" + by
	case o.err != nil:
		return "**not analysed**"
	}
	return "**no**"
}

// rules counts the findings by rule; what is less than an error is in brackets.
func rules(found []fencelint.Found) string {
	counts := make(map[string]int)
	for _, f := range found {
		name := f.Rule
		if !isShown(f) {
			name = "(" + name + ")"
		}
		counts[name]++
	}
	var out []string
	for name, n := range counts {
		if n > 1 {
			name = fmt.Sprintf("%s ×%d", name, n)
		}
		out = append(out, name)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// code sets text as code in a cell of a Markdown table.
func code(text string) string {
	return "`" + strings.ReplaceAll(text, "|", `\|`) + "`"
}

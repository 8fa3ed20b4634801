package mutant

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// Print writes the table: a line a mutant, then the figures by group.
func Print(w io.Writer, rows []Row) error {
	rows = slices.SortedFunc(slices.Values(rows), func(a, b Row) int { return cmp.Compare(a.Mutant.Name, b.Mutant.Name) })
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tab, "mutant\tgroup\trule\tfunction\twhole\tmodular\tsimulation\ttwin\tresult")
	for _, r := range rows {
		e, result, twin := r.Mutant.Expect, "ok", "silent"
		if len(r.Wrong) > 0 {
			result = fmt.Sprintf("%d wrong", len(r.Wrong))
		}
		if r.TwinNoise > 0 {
			twin = fmt.Sprintf("%d findings", r.TwinNoise)
		}
		rule, in, whole, modular := e.Finding.Rule, e.Finding.Whole.Func, e.Finding.Whole.Verdict, e.Finding.Modular.Verdict
		if rule == "" {
			rule, in, whole, modular = "(audit)", strings.Join(slices.Sorted(maps.Keys(e.Timeouts)), ", "), "no timeout", "-"
		}
		fmt.Fprintf(tab, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.Mutant.Name, e.Group, rule, in, whole, modular, e.Dynamic.Kind, twin, result)
	}
	if err := tab.Flush(); err != nil {
		return fmt.Errorf("print the table: %w", err)
	}
	if err := printFigures(w, rows); err != nil {
		return err
	}
	return printSeen(w, rows)
}

// printSeen says how many findings there are on mutants, twins left out, and what modular
// mode does not show of them.
func printSeen(w io.Writer, rows []Row) error {
	whole, missing := 0, 0
	times := make(map[string]int)
	for _, r := range rows {
		whole += r.Seen.Whole
		missing += len(r.Seen.Missing)
		for _, f := range r.Seen.Missing {
			times[f.Rule+" in "+f.Func]++
		}
	}
	var lines strings.Builder
	for _, what := range slices.Sorted(maps.Keys(times)) {
		fmt.Fprintf(&lines, "missing in modular mode: %s, in %d mutants\n", what, times[what])
	}
	if _, err := fmt.Fprintf(w, "%d findings of the whole programs, %d of them in modular mode\n%s", whole, whole-missing, &lines); err != nil {
		return fmt.Errorf("print what the modes show: %w", err)
	}
	return nil
}

// figures counts the mutants of a group.
type figures struct{ total, asExpected, silent int }

func printFigures(w io.Writer, rows []Row) error {
	groups := map[string]figures{}
	for _, r := range rows {
		for _, group := range []string{r.Mutant.Expect.Group, "all"} {
			f := groups[group]
			f.total++
			if len(r.Wrong) == 0 {
				f.asExpected++
			}
			if r.TwinNoise == 0 {
				f.silent++
			}
			groups[group] = f
		}
	}
	names := make([]string, 0, len(groups))
	for name := range groups {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f := groups[name]
		if _, err := fmt.Fprintf(w, "%s: %d of %d as expected, %d of %d twins silent\n", name, f.asExpected, f.total, f.silent, f.total); err != nil {
			return fmt.Errorf("print the figures: %w", err)
		}
	}
	return nil
}

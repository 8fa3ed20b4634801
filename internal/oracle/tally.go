package oracle

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
)

// Tally is what became of many programs.
type Tally struct {
	Programs  int
	Discarded map[string]int // by why the reference cannot judge them
	Shapes    map[string]int
	States    int

	Deadlocks, Found, Quiet int
	Deadlocking, Breaching  int            // programs
	Crashing                int            // programs
	Missed                  map[string]int // by assumption, "" for none
	Clean, Accused          int            // programs with nothing wrong, and those of them with a finding at level error
	False                   map[string]int // findings in those, by assumption
}

func newTally() *Tally {
	return &Tally{Discarded: make(map[string]int), Shapes: make(map[string]int), Missed: make(map[string]int), False: make(map[string]int)}
}

// count counts an outcome.
func (t *Tally) count(o *Outcome) {
	t.Programs++
	t.States += o.Reference.States
	for _, s := range Shapes() {
		if s.Has(o.Program) {
			t.Shapes[s.Name]++
		}
	}
	is := func(n *int, b bool) {
		if b {
			*n++
		}
	}
	is(&t.Deadlocking, len(o.Reference.Deadlocks) > 0)
	is(&t.Breaching, len(o.Reference.Breaches) > 0)
	is(&t.Crashing, o.Reference.Crashes)
	is(&t.Clean, o.Clean())
	is(&t.Accused, len(o.False) > 0)
	t.Deadlocks += len(o.Reference.Deadlocks)
	t.Quiet += o.Quiet
	t.Found += len(o.Reference.Deadlocks) - o.Quiet - len(o.Missed)
	for _, m := range o.Missed {
		t.Missed[m.Class]++
	}
	for _, m := range o.False {
		t.False[m.Class]++
	}
}

// add adds what was counted elsewhere.
func (t *Tally) add(u *Tally) {
	t.Programs += u.Programs
	t.States += u.States
	t.Deadlocks += u.Deadlocks
	t.Found += u.Found
	t.Quiet += u.Quiet
	t.Deadlocking += u.Deadlocking
	t.Breaching += u.Breaching
	t.Crashing += u.Crashing
	t.Clean += u.Clean
	t.Accused += u.Accused
	sum := func(to, from map[string]int) {
		for k, n := range from {
			to[k] += n
		}
	}
	sum(t.Discarded, u.Discarded)
	sum(t.Shapes, u.Shapes)
	sum(t.Missed, u.Missed)
	sum(t.False, u.False)
}

// Unclassified is how many deadlocks were missed that fall under no assumption.
func (t *Tally) Unclassified() int { return t.Missed[""] }

// Print writes a tally for people.
func (t *Tally) Print(w io.Writer) {
	share := func(n, of int) string { return fmt.Sprintf("%8d  %5.1f %%", n, 100*float64(n)/float64(max(1, of))) }
	fmt.Fprintf(w, "programs%37d\n", t.Programs)
	for _, why := range slices.Sorted(maps.Keys(t.Discarded)) {
		fmt.Fprintf(w, "  not judged, %-30s %s\n", why, share(t.Discarded[why], t.Programs))
	}
	fmt.Fprintf(w, "states of the reference%22d\n\nshapes\n", t.States)
	for _, s := range Shapes() {
		fmt.Fprintf(w, "  %-46s%s\n", s.Name, share(t.Shapes[s.Name], t.Programs))
	}
	fmt.Fprintf(w, "\nprograms with\n  %-46s%s\n  %-46s%s\n  %-46s%s\n  %-46s%s\n", "a deadlock", share(t.Deadlocking, t.Programs),
		"a breach", share(t.Breaching, t.Programs), "a crash", share(t.Crashing, t.Programs), "none of these", share(t.Clean, t.Programs))
	missed := t.Deadlocks - t.Found - t.Quiet
	fmt.Fprintf(w, "\ndeadlocks %36d\n  %-46s%s\n  %-46s%s\n  %-46s%s\n", t.Deadlocks, "found", share(t.Found, t.Deadlocks),
		"shown with -min-level=warning only", share(t.Quiet, t.Deadlocks), "missed", share(missed, t.Deadlocks))
	classes(w, t.Missed, t.Deadlocks, share)
	fmt.Fprintf(w, "\nfalse\n  %-46s%s\n", "programs with nothing wrong but an error", share(t.Accused, t.Clean))
	classes(w, t.False, t.Clean, share)
}

// classes writes how many there are by assumption, most first.
func classes(w io.Writer, counts map[string]int, of int, share func(n, of int) string) {
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	for _, name := range names {
		if name != "" {
			fmt.Fprintf(w, "    %-44s%s\n", name, share(counts[name], of))
		}
	}
	fmt.Fprintf(w, "    %-44s%s\n", "unclassified", share(counts[""], of))
}

package oracle

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestRun looks at the first programs of a seed. The command bench/oracle looks at more.
func TestRun(t *testing.T) {
	n := uint64(1600)
	if testing.Short() {
		n = 200
	}
	tally, err := Run(t.Context(), Options{Seed: 1, N: n, Workers: 2, Show: func(n uint64, o *Outcome) {
		for _, m := range o.Missed {
			if m.Class == "" {
				t.Errorf("program %d: a deadlock is missed that falls under no assumption\n%s", n, o)
			}
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	tally.Print(&text)
	t.Log(text.String())
	for _, s := range Shapes() {
		if tally.Shapes[s.Name]*100 < tally.Programs {
			t.Errorf("%d of %d programs have %s", tally.Shapes[s.Name], tally.Programs, s.Name)
		}
	}
	if tally.Found == 0 || tally.Clean == 0 {
		t.Errorf("%d deadlocks found, %d programs with nothing wrong", tally.Found, tally.Clean)
	}
}

// TestInterrupted ends early.
func TestInterrupted(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	tally, err := Run(ctx, Options{Seed: 1, N: 1000, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	if tally.Programs >= 1000 {
		t.Errorf("%d programs were looked at", tally.Programs)
	}
}

// TestAssumptions holds what misses and false findings are put down to to docs/limits.md.
func TestAssumptions(t *testing.T) {
	text, err := os.ReadFile("../../docs/limits.md")
	if err != nil {
		t.Fatal(err)
	}
	var says []string
	for _, a := range Assumptions() {
		says = append(says, a.Says)
	}
	for _, e := range Excuses() {
		says = append(says, e.Says)
	}
	slices.Sort(says)
	for _, s := range slices.Compact(says) {
		if !strings.Contains(string(text), "\n- "+s) {
			t.Errorf("docs/limits.md has no paragraph that begins: %s", s)
		}
	}
}

// TestGenerate makes the same program each time.
func TestGenerate(t *testing.T) {
	for n := range uint64(50) {
		one, two := Print(Generate(7, n), "p"), Print(Generate(7, n), "p")
		if one.Text != two.Text {
			t.Errorf("program %d differs:\n%s\n%s", n, one.Text, two.Text)
		}
	}
	if Print(Generate(7, 0), "p").Text == Print(Generate(8, 0), "p").Text {
		t.Error("two seeds make the same program")
	}
}

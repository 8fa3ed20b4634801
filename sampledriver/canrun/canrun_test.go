package canrun

import "testing"

// TestDesigns explores all designs and holds them to what docs/can-run-job.md says.
func TestDesigns(t *testing.T) {
	preemptions, fewest := 2, 100
	if testing.Short() {
		preemptions, fewest = 1, 10
	}
	type verdict struct{ stalls, wastes bool }
	want := []verdict{{wastes: true}, {}, {stalls: true}, {}}
	for i, d := range Designs() {
		t.Run(d.Name, func(t *testing.T) {
			out, err := Explore(d, Case{Jobs: 2, Preemptions: preemptions})
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d runs, %d stalls, %d wasted iterations at most", out.Runs, out.Stalls, out.Wasted)
			if got := (verdict{out.Stalls > 0, out.Wasted > 0}); got != want[i] {
				t.Errorf("stalls and wastes %+v, want %+v: %v", got, want[i], out.Stall)
			}
			if out.Runs < fewest {
				t.Errorf("only %d runs", out.Runs)
			}
		})
	}
}

package fairness

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/fencelint/fencelint/sampledriver/agx/slot"
)

// TestPolicies holds the policies to what docs/fairness.md says of them, for more seeds
// than the one that it prints.
func TestPolicies(t *testing.T) {
	const never = -1
	tests := []struct {
		scenario string
		policy   slot.Policy
		longest  time.Duration // of the interactive client's submissions
		starved  int           // greedy clients
		loss     int           // per cent of the GPU's time, at most
	}{
		{"contexts", slot.FirstCome, never, 1, 0},
		{"contexts", slot.Reserved, time.Millisecond, 4, 0},
		{"contexts", slot.RoundTrip, 50 * time.Millisecond, 0, 1},
		{"everything", slot.FirstCome, never, 1, 0},
		{"everything", slot.Reserved, time.Millisecond, 4, 0},
		{"everything", slot.RoundTrip, 50 * time.Millisecond, 0, 1},
		{"isolation", slot.FirstCome, never, 1, 0},
		{"isolation", slot.Reserved, never, 1, 0},
		{"isolation", slot.RoundTrip, 2 * time.Millisecond, 0, 15},
	}
	scenarios := make(map[string]Scenario)
	for _, s := range Scenarios() {
		scenarios[s.Name] = s
	}
	for _, test := range tests {
		s := scenarios[test.scenario]
		if testing.Short() && s.Greedy > 2 {
			continue
		}
		t.Run(fmt.Sprintf("%s/%v", s.Name, test.policy), func(t *testing.T) {
			out, err := Run(s, test.policy, 11)
			if err != nil {
				t.Fatal(err)
			}
			i := out.Classes[Interactive]
			longest := i.Blocked.Quantile(100)
			if test.longest == never {
				if !longest.Open || i.Jobs > 0 {
					t.Errorf("%d interactive jobs, the longest submission took %v; want none", i.Jobs, longest)
				}
			} else if longest.Open || longest.Took > test.longest || i.Jobs == 0 {
				t.Errorf("%d interactive jobs, the longest submission took %v; want %v", i.Jobs, longest, test.longest)
			}
			if got := out.Classes[Greedy].Starved; got != test.starved {
				t.Errorf("%d greedy clients without a job, want %d", got, test.starved)
			}
			whole := Duration
			if s.Name == "everything" {
				whole *= 2 // the GPU renders and computes at the same time
			}
			if loss := percent(whole-out.Work(), whole); loss > float64(test.loss)+1 {
				t.Errorf("%.1f %% of the GPU's time lost", loss)
			}
		})
	}
}

// TestReplay runs one seed twice.
func TestReplay(t *testing.T) {
	s := Scenarios()[2]
	first, err := Run(s, slot.RoundTrip, 1)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Run(s, slot.RoundTrip, 1)
	if err != nil || !reflect.DeepEqual(first, second) {
		t.Errorf("two runs of one seed differ (%v)", err)
	}
}

func TestSpans(t *testing.T) {
	var s Spans
	s = s.add(0, 3*time.Millisecond)
	s = s.add(0, time.Millisecond)
	s = s.add(Duration-2*time.Millisecond, Duration+time.Hour)
	s = s.add(Duration, Duration+time.Millisecond) // after the load: does not count
	if got := fmt.Sprint(s); got != "[1.0 ms > 2.0 ms 3.0 ms]" {
		t.Errorf("spans = %s", got)
	}
	if got := s.Quantile(50); !got.Open {
		t.Errorf("median = %v, want the one in the middle", got)
	}
}

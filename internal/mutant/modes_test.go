package mutant

import (
	"slices"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/internal/fencelint"
)

func TestSee(t *testing.T) {
	found := func(rule, print string) fencelint.Found { return fencelint.Found{Rule: rule, Fingerprint: print} }
	a, b, wake := found("alloc-in-signalling", "a"), found("lock-order", "b"), found("wake-missing", "w")
	report := func(found ...fencelint.Found) *fencelint.Report { return &fencelint.Report{Findings: found} }
	tests := []struct {
		name           string
		whole, modular *fencelint.Report
		seen, missing  int
		wrong          []string
	}{
		{"nothing", report(), report(), 0, 0, nil},
		{"the same, in another order", report(a, b), report(b, a), 2, 0, nil},
		{"one twice", report(a, a), report(a), 1, 0, nil},
		{"suppressed in one mode", &fencelint.Report{Suppressed: []fencelint.Found{a}}, report(a), 1, 0, nil},
		{"explained", report(a, wake), report(a), 2, 1, nil},
		{"unexplained", report(a, b), report(a), 2, 1, []string{"b is missing"}},
		{"only in modular mode", report(a), report(a, b), 1, 0, []string{"b is no finding"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			seen, wrong := see(test.whole, test.modular)
			if seen.Whole != test.seen || len(seen.Missing) != test.missing {
				t.Errorf("%d findings, %d missing; want %d and %d", seen.Whole, len(seen.Missing), test.seen, test.missing)
			}
			if !slices.EqualFunc(wrong, test.wrong, strings.Contains) {
				t.Errorf("wrong: %q, want %q", wrong, test.wrong)
			}
		})
	}
}

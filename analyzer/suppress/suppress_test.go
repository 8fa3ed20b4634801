package suppress_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/fencelint/fencelint/analyzer/directive"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/suppress"
)

func day(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// at is a finding of a rule on a line of a.go.
func at(rule string, line int) finding.Finding {
	return finding.Finding{Rule: rule, Pos: model.Pos{File: "a.go", Line: line}}
}

func ignore(rules string, first, last int) directive.Ignore {
	return directive.Ignore{
		Rules: strings.Split(rules, ","), Reason: "reason " + rules, File: "a.go", Package: "p",
		Pos: model.Pos{File: "a.go", Line: first - 1}, FirstLine: first, LastLine: last,
	}
}

func TestApply(t *testing.T) {
	until := func(i directive.Ignore, date string) directive.Ignore {
		i.Until = day(t, date)
		return i
	}
	tests := []struct {
		name     string
		findings []finding.Finding
		ignores  []directive.Ignore
		ran      string
		modular  bool
		want     string
	}{
		{
			name:     "on its lines and of its rule",
			findings: []finding.Finding{at("r", 9), at("r", 10), at("r", 12), at("r", 13), at("s", 11)},
			ignores:  []directive.Ignore{ignore("r", 10, 12)},
			ran:      "r,s",
			want:     "r 9; r 10 suppressed: reason r; r 12 suppressed: reason r; r 13; s 11",
		},
		{
			name:     "of another file",
			findings: []finding.Finding{{Rule: "r", Pos: model.Pos{File: "b.go", Line: 10}}},
			ignores:  []directive.Ignore{ignore("r", 10, 10)},
			ran:      "r",
			want:     "r 10; unused-ignore 9: nothing to ignore: there is no r in the statement below",
		},
		{
			name:    "matched nothing, but the rule did not run",
			ignores: []directive.Ignore{ignore("r", 10, 10)},
			ran:     "s",
		},
		{
			name:    "matched nothing, in modular mode",
			ignores: []directive.Ignore{ignore("r", 10, 10)},
			ran:     "r",
			modular: true,
		},
		{
			name:     "one of its rules matched",
			findings: []finding.Finding{at("r", 10)},
			ignores:  []directive.Ignore{ignore("r,s,q", 10, 10)},
			ran:      "r,s",
			want:     "r 10 suppressed: reason r,s,q; unused-ignore 9: nothing to ignore: there is no s in the statement below",
		},
		{
			name:     "two directives for one finding",
			findings: []finding.Finding{at("r", 10)},
			ignores:  []directive.Ignore{ignore("r", 1, 20), ignore("r,s", 10, 10)},
			ran:      "r",
			want:     "r 10 suppressed: reason r",
		},
		{
			name:     "its last day",
			findings: []finding.Finding{at("r", 10)},
			ignores:  []directive.Ignore{until(ignore("r", 10, 10), "2025-06-15")},
			ran:      "r",
			want:     "r 10 suppressed: reason r",
		},
		{
			name:     "expired",
			findings: []finding.Finding{at("r", 10)},
			ignores:  []directive.Ignore{until(ignore("r", 10, 10), "2025-06-14")},
			ran:      "r",
			want:     "r 10; unused-ignore 9: the ignore of r has expired: it counted until 2025-06-14",
		},
		{
			name:    "expired, in modular mode",
			ignores: []directive.Ignore{until(ignore("r,s", 10, 10), "2025-06-14")},
			ran:     "s",
			modular: true,
			want:    "unused-ignore 9: the ignore of s has expired: it counted until 2025-06-14",
		},
		{
			name:    "expired, but the rule did not run",
			ignores: []directive.Ignore{until(ignore("r", 10, 10), "2025-06-14")},
			ran:     "s",
		},
	}
	now := day(t, "2025-06-15").Add(23*time.Hour + 59*time.Minute)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, f := range suppress.Apply(tt.findings, tt.ignores, strings.Split(tt.ran, ","), now, func(string) bool { return !tt.modular }) {
				s := fmt.Sprintf("%s %d", f.Rule, f.Pos.Line)
				if f.Suppressed != "" {
					s += " suppressed: " + f.Suppressed
				}
				if f.Message != "" {
					s += ": " + f.Message
				}
				got = append(got, s)
			}
			if s := strings.Join(got, "; "); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
		})
	}
}

func TestUnusedSaysWhere(t *testing.T) {
	same := ignore("r", 10, 10)
	same.Pos.Line = 10
	fn := ignore("r", 10, 20)
	fn.Target = "p.F"
	unused := suppress.Unused([]directive.Ignore{same, fn}, suppress.Matches{nil, nil}, []string{"r"}, day(t, "2025-06-15"))
	want := []string{"nothing to ignore: there is no r on this line", "nothing to ignore: there is no r in this function"}
	if len(unused) != len(want) {
		t.Fatalf("got %d findings, want %d", len(unused), len(want))
	}
	for i, f := range unused {
		if f.Message != want[i] {
			t.Errorf("got %q, want %q", f.Message, want[i])
		}
		if f.Package != "p" || f.Level != finding.Warning || f.Verdict != finding.Breach || f.Fingerprint == "" || f.Help == "" {
			t.Errorf("incomplete: %+v", f)
		}
	}
	if unused[0].Fingerprint == unused[1].Fingerprint {
		t.Error("two directives share a fingerprint")
	}
}

// A fingerprint survives that the code moves.
func TestFingerprintHasNoLines(t *testing.T) {
	var prints []string
	for _, moved := range []directive.Ignore{ignore("r", 10, 10), ignore("r", 20, 25)} {
		unused := suppress.Unused([]directive.Ignore{moved}, suppress.Matches{nil}, []string{"r"}, day(t, "2025-06-15"))
		prints = append(prints, unused[0].Fingerprint)
	}
	if prints[0] != prints[1] {
		t.Error("the fingerprint depends on the line")
	}
}

// Of two that read alike each has its own.
func TestFingerprintCounts(t *testing.T) {
	a, b := ignore("r", 10, 10), ignore("r", 20, 25)
	unused := suppress.Unused([]directive.Ignore{a, b}, suppress.Matches{nil, nil}, []string{"r"}, day(t, "2025-06-15"))
	if unused[0].Fingerprint == unused[1].Fingerprint {
		t.Error("two directives share a fingerprint")
	}
}

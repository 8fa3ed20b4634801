package corpus

import (
	"go/token"
	"slices"
	"testing"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
)

func TestParse(t *testing.T) {
	for _, test := range []struct {
		text string
		want []want
		bad  bool
	}{
		{text: "// nothing of the kind"},
		{text: "// want a[cycle]", want: []want{{rule: "a", verdict: "cycle"}}},
		{text: "// want a[cycle] b-c[breach/note]", want: []want{
			{rule: "a", verdict: "cycle"}, {rule: "b-c", verdict: "breach", level: "note"},
		}},
		{text: "//fencelint:waits f // want(whole) a[cycle] // want(modular) a[contract]", want: []want{
			{mode: Whole, rule: "a", verdict: "cycle"}, {mode: Modular, rule: "a", verdict: "contract"},
		}},
		{text: "// suppressed a[cycle]", want: []want{{rule: "a", verdict: "cycle", suppressed: true}}},
		{text: "// want a[cycle] known(not yet) b[cycle]", want: []want{
			{rule: "a", verdict: "cycle", known: "not yet"}, {rule: "b", verdict: "cycle"},
		}},
		{text: "// extra a[cycle] known(instances)", want: []want{
			{rule: "a", verdict: "cycle", known: "instances", extra: true},
		}},
		{text: "// extra a[cycle]", bad: true},
		{text: "// want a", bad: true},
		{text: "// want(both) a[cycle]", bad: true},
		{text: "//want a[cycle]", bad: true},
	} {
		got, err := parse(test.text)
		if (err != nil) != test.bad {
			t.Errorf("parse(%q): error %v", test.text, err)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("parse(%q) = %v, want %v", test.text, got, test.want)
		}
	}
}

func TestCompare(t *testing.T) {
	at := func(line int) token.Position { return token.Position{Filename: "a.go", Line: line} }
	found := func(line int, rule string) finding.Finding {
		return finding.Finding{Rule: rule, Verdict: finding.Cycle, Level: finding.Error, Pos: model.Pos{File: "a.go", Line: line}}
	}
	note := found(1, "r")
	note.Level = finding.Note
	suppressed := found(1, "r")
	suppressed.Suppressed = "for a reason"
	for _, test := range []struct {
		name     string
		wants    []want
		findings []finding.Finding
		differ   []string
		known    int
	}{
		{name: "agreed", wants: []want{{pos: at(1), rule: "r", verdict: "cycle"}}, findings: []finding.Finding{found(1, "r")}},
		{name: "missing", wants: []want{{pos: at(1), rule: "r", verdict: "cycle"}}, differ: []string{"a.go:1: no r[cycle]"}},
		{name: "unexpected", findings: []finding.Finding{found(1, "r")}, differ: []string{"a.go:1: unexpected r[cycle/error]: "}},
		{
			name:     "other line",
			wants:    []want{{pos: at(2), rule: "r", verdict: "cycle"}},
			findings: []finding.Finding{found(1, "r")},
			differ:   []string{"a.go:1: unexpected r[cycle/error]: ", "a.go:2: no r[cycle]"},
		},
		{
			name:     "one for two",
			wants:    []want{{pos: at(1), rule: "r", verdict: "cycle"}, {pos: at(1), rule: "r", verdict: "cycle"}},
			findings: []finding.Finding{found(1, "r")},
			differ:   []string{"a.go:1: no r[cycle]"},
		},
		{
			name:     "two for two",
			wants:    []want{{pos: at(1), rule: "r", verdict: "cycle"}, {pos: at(1), rule: "r", verdict: "cycle"}},
			findings: []finding.Finding{found(1, "r"), found(1, "r")},
		},
		{
			name:     "two for one",
			wants:    []want{{pos: at(1), rule: "r", verdict: "cycle"}},
			findings: []finding.Finding{found(1, "r"), found(1, "r")},
			differ:   []string{"a.go:1: unexpected r[cycle/error]: "},
		},
		{name: "other mode", wants: []want{{pos: at(1), mode: Modular, rule: "r", verdict: "cycle"}}},
		{name: "note unasked", findings: []finding.Finding{note}},
		{
			name:     "suppressed",
			wants:    []want{{pos: at(1), rule: "r", verdict: "cycle"}},
			findings: []finding.Finding{suppressed},
			differ:   []string{"a.go:1: no r[cycle]", "a.go:1: unexpected r[cycle/error]: "},
		},
		{name: "known", wants: []want{{pos: at(1), rule: "r", verdict: "cycle", known: "why"}}, known: 1},
		{
			name:     "known no more",
			wants:    []want{{pos: at(1), rule: "r", verdict: "cycle", known: "why"}},
			findings: []finding.Finding{found(1, "r")},
			differ:   []string{"a.go:1: r[cycle] is as it should be now: remove known(why)"},
		},
		{
			name:     "extra",
			wants:    []want{{pos: at(1), rule: "r", verdict: "cycle", known: "why", extra: true}},
			findings: []finding.Finding{found(1, "r")},
			known:    1,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			differences, known := compare(Whole, test.wants, test.findings)
			var got []string
			for _, d := range differences {
				got = append(got, d.String())
			}
			if !slices.Equal(got, test.differ) || len(known) != test.known {
				t.Errorf("differences %q, known %v; want %q, %d", got, known, test.differ, test.known)
			}
		})
	}
}

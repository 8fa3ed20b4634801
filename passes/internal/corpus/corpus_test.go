package corpus_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/go/packages"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/passes/internal/corpus"
)

// today is when ignore directives are judged.
var today = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// TestCorpus runs both modes over every corpus. Modular findings must be findings of
// the whole program too, by fingerprint.
func TestCorpus(t *testing.T) {
	cases, err := corpus.Load("../../..")
	if err != nil {
		t.Fatal(err)
	}
	var all []*packages.Package
	for _, c := range cases {
		all = append(all, c.Packages...)
	}
	modular, err := corpus.RunModular(all, today)
	if err != nil {
		t.Fatal(err)
	}
	sets := make(map[string]*tally)
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			whole, err := corpus.RunWhole(c.Packages, today)
			if err != nil {
				t.Fatal(err)
			}
			t.Run(string(corpus.Whole), func(t *testing.T) { hold(t, c, corpus.Whole, whole) })
			t.Run(string(corpus.Modular), func(t *testing.T) {
				var own []finding.Finding
				for _, p := range c.Packages {
					m := modular[p.PkgPath]
					own = append(own, m.Findings...)
					if shown := m.Shown(); !slices.Equal(m.Diagnostics, shown) {
						t.Errorf("the passes report\n\t%s\nof the findings\n\t%s",
							strings.Join(m.Diagnostics, "\n\t"), strings.Join(shown, "\n\t"))
					}
				}
				hold(t, c, corpus.Modular, own)
				if sets[c.Set()] == nil {
					sets[c.Set()] = &tally{name: c.Set(), missing: make(map[string]int)}
				}
				sets[c.Set()].add(t, c.Packages, whole, own)
			})
		})
	}
	if testing.Short() {
		return
	}
	if goker := kernels(t); goker != nil {
		sets[goker.name] = goker
		var all []*tally
		for _, name := range slices.Sorted(maps.Keys(sets)) {
			all = append(all, sets[name])
		}
		holdTable(t, all)
	}
}

// TestBuildTag looks at the file that a build tag puts in the place of another.
func TestBuildTag(t *testing.T) {
	cases, err := corpus.LoadTagged("../../..", "debug", "github.com/fencelint/fencelint/testdata/lang/buildtag")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		findings, err := corpus.RunWhole(c.Packages, today)
		if err != nil {
			t.Fatal(err)
		}
		hold(t, c, corpus.Whole, findings)
	}
}

func hold(t *testing.T, c corpus.Case, mode corpus.Mode, findings []finding.Finding) {
	t.Helper()
	differences, known := c.Hold(mode, findings)
	for _, d := range differences {
		t.Error(d)
	}
	for _, k := range known {
		t.Log("known: ", k)
	}
}

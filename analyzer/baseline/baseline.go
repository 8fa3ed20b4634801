// Package baseline keeps the findings that a project has decided to live with for now,
// in a file: what is in it is suppressed, what is new is not.
//
// A line is one finding: its fingerprint, its rule, the package it stands in, and
// behind a # the place, for people. Nothing in it changes when code is reformatted,
// moved or has its local variables renamed, so a baseline only changes when findings
// come or go. The first line that is no comment says what it was written for:
//
//	for linux/amd64
//	0123456789abcdef  alloc-in-signalling  example.org/drv  # (*Queue).grow: JobFence -> reclaim -> JobFence
package baseline

import (
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
)

// Baseline is what a file of that kind says.
type Baseline struct {
	File    string
	Build   string // what it was written for: see [Build]
	Entries []Entry
}

// Entry is one finding.
type Entry struct {
	Fingerprint string
	Rule        string
	Package     string
	Place       string // for people
	Line        int    // in the file, 0 if it is not from there
}

// Build names a way to build: of code that was built otherwise other findings are to be
// expected, so that the absence of one says nothing.
func Build(goos, goarch, tags string, tests bool) string {
	build := goos + "/" + goarch
	if tags != "" {
		list := strings.Split(tags, ",")
		slices.Sort(list)
		build += " tags=" + strings.Join(slices.Compact(list), ",")
	}
	if tests {
		build += " tests"
	}
	return build
}

// Reason is why a finding is suppressed that the baseline lists.
const Reason = "listed in the baseline"

// Mark suppresses the findings that are in the baseline. What an ignore directive
// covers keeps the reason that is given there.
func (b *Baseline) Mark(found []finding.Finding) {
	listed := b.fingerprints()
	for i := range found {
		if f := &found[i]; f.Suppressed == "" && listed[f.Fingerprint] {
			f.Suppressed = Reason
		}
	}
}

func (b *Baseline) fingerprints() map[string]bool {
	listed := make(map[string]bool)
	for _, e := range b.Entries {
		listed[e.Fingerprint] = true
	}
	return listed
}

// Scope is what a run can tell of: the rules that ran, and the packages that were looked
// at or are no more.
type Scope struct {
	Rules    []string
	Packages map[string]bool
}

func (s *Scope) covers(e *Entry) bool {
	return slices.Contains(s.Rules, e.Rule) && s.Packages[e.Package]
}

// Stale returns the entries that the run would have found again if they were still
// there. Found is all that it found, before [Baseline.Mark]; what an ignore directive
// covers needs no entry.
func (b *Baseline) Stale(found []finding.Finding, scope *Scope) []Entry {
	there := make(map[string]bool)
	for i := range found {
		if found[i].Suppressed == "" {
			there[found[i].Fingerprint] = true
		}
	}
	var stale []Entry
	for _, e := range b.Entries {
		if scope.covers(&e) && !there[e.Fingerprint] {
			stale = append(stale, e)
		}
	}
	return stale
}

// Renewed returns the baseline without stale entries, and with the findings in it that
// are to be accepted and that no ignore directive covers. Grown are those that are new.
func (b *Baseline) Renewed(accepted []finding.Finding, stale []Entry) (renewed *Baseline, grown []Entry) {
	renewed = &Baseline{File: b.File, Build: b.Build}
	now := make(map[string]bool)
	listed := b.fingerprints()
	for i := range accepted {
		f := &accepted[i]
		if f.Suppressed != "" || now[f.Fingerprint] {
			continue
		}
		now[f.Fingerprint] = true
		e := entryOf(f)
		renewed.Entries = append(renewed.Entries, e)
		if !listed[e.Fingerprint] {
			grown = append(grown, e)
		}
	}
	for _, e := range b.Entries {
		if !now[e.Fingerprint] && !slices.Contains(stale, e) {
			renewed.Entries = append(renewed.Entries, e)
		}
	}
	return renewed, grown
}

// entryOf describes a finding by what its fingerprint is made of, not by its source.
func entryOf(f *finding.Finding) Entry {
	place := f.Func
	if len(f.Edges) > 0 {
		names := []string{short(f.Edges[0].From)}
		for _, e := range f.Edges {
			names = append(names, short(e.To))
		}
		place = strings.TrimPrefix(place+": ", ": ") + strings.Join(names, " -> ")
	}
	return Entry{Fingerprint: f.Fingerprint, Rule: f.Rule, Package: f.Package, Place: place}
}

// short is a class without the path of its package, and without the name of a local
// variable, which may change.
func short(class string) string {
	name := class[strings.LastIndexByte(class, '/')+1:]
	name, _, _ = strings.Cut(name, ":")
	return name
}

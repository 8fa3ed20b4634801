package mutant

import (
	"fmt"
	"slices"

	"github.com/fencelint/fencelint/internal/fencelint"
)

// Seen is what the modes show of one program, by fingerprint, suppressed findings
// included.
type Seen struct {
	Whole   int
	Missing []fencelint.Found // in modular mode, in the whole program's order
}

// explained are the rules of which a finding may be missing in modular mode, and why:
// docs/modular.md counts more causes, which no mutant has.
func explained() []string {
	return []string{
		"wake-missing", // what is waited for is exported: others may wake
	}
}

// see compares the modes. What one package at a time shows must be a finding of the whole
// program, and what is missing there must be explained.
func see(whole, modular *fencelint.Report) (seen Seen, wrong []string) {
	ofWhole, ofModular := byFingerprint(whole), byFingerprint(modular)
	for _, f := range ofModular {
		if !contains(ofWhole, f) {
			wrong = append(wrong, fmt.Sprintf("modular: %s is no finding of the whole program: %s", f.Fingerprint, f))
		}
	}
	seen.Whole = len(ofWhole)
	for _, f := range ofWhole {
		if contains(ofModular, f) {
			continue
		}
		seen.Missing = append(seen.Missing, f)
		if !slices.Contains(explained(), f.Rule) {
			wrong = append(wrong, fmt.Sprintf("modular: %s is missing, and nothing says why: %s", f.Fingerprint, f))
		}
	}
	return seen, wrong
}

// byFingerprint returns what a report has, one finding for each fingerprint.
func byFingerprint(r *fencelint.Report) []fencelint.Found {
	var all []fencelint.Found
	for _, f := range slices.Concat(r.Findings, r.Suppressed) {
		if !contains(all, f) {
			all = append(all, f)
		}
	}
	return all
}

func contains(all []fencelint.Found, f fencelint.Found) bool {
	return slices.ContainsFunc(all, func(g fencelint.Found) bool { return g.Fingerprint == f.Fingerprint })
}

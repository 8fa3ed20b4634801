// Package mutant plants known bugs in the sample driver, and holds what fencelint
// and the running simulation say of each against what is expected.
//
// A mutant is three files of testdata/mutants: NAME.patch, a unified diff that git
// apply takes at the root of the repository; NAME.twin.patch, the same place changed
// so that nothing is wrong; NAME.json, an [Expect].
package mutant

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Dir is where mutants are, from the root of the repository.
const Dir = "testdata/mutants"

// Mutant is one planted bug.
type Mutant struct {
	Name   string
	Patch  string // path of the patch
	Twin   string // path of the patch that is fine
	Expect *Expect
}

// Load reads the mutants in dir, sorted by name; with names, only these.
func Load(dir string, names ...string) ([]*Mutant, error) {
	patches, err := filepath.Glob(filepath.Join(dir, "*.patch"))
	if err != nil {
		return nil, fmt.Errorf("list mutants: %w", err)
	}
	var mutants []*Mutant
	for _, patch := range patches {
		name := strings.TrimSuffix(filepath.Base(patch), ".patch")
		if strings.HasSuffix(name, ".twin") || len(names) > 0 && !slices.Contains(names, name) {
			continue
		}
		m := &Mutant{Name: name, Patch: patch, Twin: filepath.Join(dir, name+".twin.patch")}
		if _, err := os.Stat(m.Twin); err != nil {
			return nil, fmt.Errorf("mutant %s has no twin: %w", name, err)
		}
		if m.Expect, err = ReadExpect(filepath.Join(dir, name+".json")); err != nil {
			return nil, fmt.Errorf("mutant %s: %w", name, err)
		}
		mutants = append(mutants, m)
	}
	for _, name := range names {
		if !slices.ContainsFunc(mutants, func(m *Mutant) bool { return m.Name == name }) {
			return nil, fmt.Errorf("no mutant %q in %s", name, dir)
		}
	}
	return mutants, nil
}

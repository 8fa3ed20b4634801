package analyzer

import (
	"bytes"
	"encoding/gob"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/fencelint/fencelint/analyzer/fact"
	"github.com/fencelint/fencelint/analyzer/load"
)

// maxFact bounds what a fact of this repository's packages may weigh, with all that
// it re-exports.
const maxFact = 1 << 18

// TestFacts computes the facts of the sample driver and the corpora, and holds every
// one against what a driver of the framework does with it: it encodes to the same
// bytes again, and says the same.
func TestFacts(t *testing.T) {
	program, err := load.Load(t.Context(), load.Options{Dir: ".."}, "./sampledriver/...", "./testdata/lang/facts/...")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{Analyzer}, program.Named, nil)
	if err != nil {
		t.Fatal(err)
	}
	largest, seen := 0, 0
	for action := range graph.All() {
		if action.Analyzer != Analyzer || standard(action.Package.PkgPath) {
			continue
		}
		f := new(fact.Fact)
		if !action.PackageFact(action.Package.Types, f) {
			t.Errorf("%s has no fact", action.Package)
			continue
		}
		seen++
		largest = max(largest, len(reencoded(t, action.Package.PkgPath, f)))
		if !slices.IsSortedFunc(f.Packages, func(a, b fact.Packed) int { return strings.Compare(a.Path, b.Path) }) {
			t.Errorf("%s: packages are not sorted", action.Package)
		}
		for _, path := range named(action.Package.Types) {
			if !standard(path) && !slices.ContainsFunc(f.Packages, func(p fact.Packed) bool { return p.Path == path }) {
				t.Errorf("%s does not pass on what %s says", action.Package, path)
			}
		}
	}
	if seen == 0 {
		t.Error("no facts")
	}
	if largest > maxFact {
		t.Errorf("a fact has %d bytes, more than %d", largest, maxFact)
	}
	t.Logf("%d facts, the largest has %d bytes", seen, largest)
}

func reencoded(t *testing.T, name string, f *fact.Fact) []byte {
	t.Helper()
	encode := func(f *fact.Fact) []byte {
		var b bytes.Buffer
		if err := gob.NewEncoder(&b).Encode(f); err != nil {
			t.Fatalf("%s: encode: %v", name, err)
		}
		return b.Bytes()
	}
	first := encode(f)
	again := new(fact.Fact)
	if err := gob.NewDecoder(bytes.NewReader(first)).Decode(again); err != nil {
		t.Fatalf("%s: decode: %v", name, err)
	}
	if !bytes.Equal(first, encode(again)) {
		t.Errorf("%s: the fact encodes to other bytes the second time", name)
	}
	if f.String() != again.String() {
		t.Errorf("%s: the fact says %q, and %q after a round trip", name, f, again)
	}
	units, damaged := fact.Unpack(f.Packages)
	if len(damaged) > 0 {
		t.Fatalf("%s: %v", name, damaged)
	}
	for i, u := range units {
		if !bytes.Equal(fact.Pack(u, fact.Budget).Data, f.Packages[i].Data) {
			t.Errorf("%s: what it says of %s packs to other bytes the second time", name, u.Path)
		}
	}
	return first
}

// named returns the paths of the packages that pkg imports, itself included.
func named(pkg *types.Package) []string {
	paths := []string{pkg.Path()}
	for _, imported := range pkg.Imports() {
		paths = append(paths, imported.Path())
	}
	return paths
}

package analyzer

import (
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/fencelint/fencelint/analyzer/fact"
	"github.com/fencelint/fencelint/analyzer/load"
)

// TestUnknownToImporters gives an importer a fact that was too large, and one that is
// damaged: the functions of that package are unknown to it, and what is damaged it says.
func TestUnknownToImporters(t *testing.T) {
	program, err := load.Load(t.Context(), load.Options{Dir: ".."}, "./testdata/lang/facts/...")
	if err != nil {
		t.Fatal(err)
	}
	const function = "(*github.com/fencelint/fencelint/testdata/lang/facts/lib.Job).Grow"
	silent := func(analysis.Diagnostic) {}
	for name, test := range map[string]struct {
		change  func(*fact.Packed)
		unknown string
		failure string
	}{
		"whole":     {func(*fact.Packed) {}, "", ""},
		"too large": {func(p *fact.Packed) { units, _ := fact.Unpack([]fact.Packed{*p}); *p = fact.Pack(units[0], 1) }, "more than 1", ""},
		"damaged":   {func(p *fact.Packed) { p.Data = p.Data[:len(p.Data)/2] }, "damaged", "facts/lib cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			facts := make(map[*types.Package]*fact.Fact)
			for _, pkg := range []string{"lib", "app"} {
				for _, p := range program.Named {
					if p.Name != pkg {
						continue
					}
					result := runOn(t, p, facts, silent)
					if pkg == "lib" {
						test.change(&facts[p.Types].Packages[0])
						continue
					}
					s := result.Program.Summary(function)
					if unknown := s != nil && s.Unknown != ""; unknown != (test.unknown != "") || unknown && !strings.Contains(s.Unknown, test.unknown) {
						t.Errorf("%s is %+v, want it unknown: %q", function, s, test.unknown)
					}
					failures := strings.Join(result.Failures, "; ")
					if (failures != "") != (test.failure != "") || !strings.Contains(failures, test.failure) {
						t.Errorf("failures %q, want %q", failures, test.failure)
					}
				}
			}
		})
	}
}

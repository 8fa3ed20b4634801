package directive_test

import (
	"go/types"
	"os"
	"path/filepath"
	"testing"

	"github.com/fencelint/fencelint/analyzer/directive"
	"github.com/fencelint/fencelint/analyzer/model"
)

// Nothing panics on any file that parses, and every directive is either taken in or
// reported.
func FuzzScan(f *testing.F) {
	good, err := os.ReadFile(filepath.Join("testdata", "good.go"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(good))
	for _, tt := range problemTests {
		f.Add(header + tt.text)
	}
	for _, tt := range checkTests {
		f.Add(kinds + tt.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		src, ok := load(t, "p.go", text)
		if !ok {
			t.Skip()
		}
		pkg, ignores, problems := src.scan()
		for _, i := range ignores {
			if i.Reason == "" || len(i.Rules) == 0 {
				t.Errorf("an ignore that should not count: %+v", i)
			}
		}
		for _, p := range problems {
			if p.Message == "" || p.Pos.Line == 0 {
				t.Errorf("a problem that says nothing: %+v", p)
			}
		}
		byPath := func(string) *types.Package { return src.pkg }
		directive.Check(model.NewSet(pkg), pkg, byPath)
		directive.Absent(pkg, byPath)
	})
}

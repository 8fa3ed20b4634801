package main

import (
	"path/filepath"
	"testing"

	"github.com/fencelint/fencelint/internal/fencelint"
)

// falseFindings are the rules of those that are still given, by repaired form. A row
// goes when its mechanism is repaired; none is to come.
var falseFindings = map[string]string{
	"serving2137": "missing-unlock", // a locked lock is returned to who unlocks it
}

// A finding on a repaired form is false. Here they are one program; the command takes
// them one at a time.
func TestRepairedForms(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs the command")
	}
	list, err := kernels()
	if err != nil {
		t.Fatal(err)
	}
	root, err := fencelint.Root(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, err := fencelint.Build(t.Context(), root, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var packages []string
	for _, k := range list {
		packages = append(packages, "./testdata/goker/"+k.name)
	}
	found, err := c.Findings(t.Context(), fencelint.Whole, root, packages...)
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string)
	for _, f := range found {
		name := filepath.Base(filepath.Dir(f.Pos.File))
		got[name] = f.Rule
		if falseFindings[name] != f.Rule {
			t.Errorf("%s", f)
		}
	}
	for name, rule := range falseFindings {
		if got[name] == "" {
			t.Errorf("%s gives no %s any more: take it from the list", name, rule)
		}
	}
}

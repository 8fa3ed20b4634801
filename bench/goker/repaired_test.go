package main

import (
	"testing"

	"github.com/fencelint/fencelint/internal/fencelint"
)

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
	for _, f := range found {
		t.Errorf("%s", f)
	}
}

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/bench/internal/place"
)

func TestCategories(t *testing.T) {
	list, err := kernels()
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]int)
	for _, k := range list {
		got[k.category]++
	}
	for category, want := range map[string]int{"resource": 23, "mixed": 14, "communication": 26} {
		if got[category] != want {
			t.Errorf("%d kernels are %s, want %d", got[category], category, want)
		}
		delete(got, category)
	}
	if len(got) > 0 {
		t.Errorf("kernels of unknown categories: %v", got)
	}
}

// The table and the distribution must have the same kernels, and every place of the
// table must be in its kernel.
func TestPlacesExist(t *testing.T) {
	dir, err := distribution(t.Context())
	if err != nil {
		t.Skip(err)
	}
	list, err := kernels()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, k := range list {
		names = append(names, k.name)
		_, missing, err := place.Find([]string{filepath.Join(dir, k.name+".go")}, k.blocks)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range missing {
			t.Errorf("%s has no line for %s", k.name, p)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		if name != "main" && !slices.Contains(names, name) {
			t.Errorf("expected.tsv has no kernel %s", name)
		}
	}
}

func TestEveryKernelHasRepairedForm(t *testing.T) {
	list, err := kernels()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range list {
		if _, err := os.Stat(filepath.Join("..", "..", "testdata", "goker", k.name, "fixed.go")); err != nil {
			t.Error(err)
		}
	}
}

package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/fencelint/fencelint/sampledriver/fairness"
)

var update = flag.Bool("update", false, "rewrite the pictures in the documentation")

// TestPictures holds the documentation to what the program draws.
func TestPictures(t *testing.T) {
	for _, s := range fairness.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			svg, err := picture(s, 0)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("..", "..", "..", "docs", fileName(s))
			if *update {
				if err := os.WriteFile(path, svg, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, svg) {
				t.Errorf("%s is not what the program draws (%v); run go test -update", path, err)
			}
		})
	}
}

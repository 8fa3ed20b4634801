package main

import (
	"testing"

	"github.com/fencelint/fencelint/bench/internal/command"
)

// TestShortcut holds that what the model leaves out of the standard library changes no
// finding in the corpora.
func TestShortcut(t *testing.T) {
	shop, err := command.Open(t.Context(), "shortcut")
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	short, long, err := both(t.Context(), shop, sets(shop.Root))
	if err != nil {
		t.Fatal(err)
	}
	if len(short.found) < 100 {
		t.Fatalf("%d findings in the corpora", len(short.found))
	}
	for _, f := range without(short.found, long.found) {
		t.Errorf("only by the model: %s:%d: %s: %s", f.Pos.File, f.Pos.Line, f.Rule, f.Message)
	}
	for _, f := range without(long.found, short.found) {
		t.Errorf("only from source: %s:%d: %s: %s", f.Pos.File, f.Pos.Line, f.Rule, f.Message)
	}
}

package main

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the tables in the documentation")

// page holds the tables, between these lines.
const (
	page  = "../../../docs/fairness.md"
	begin = "<!-- go run ./sampledriver/cmd/fairness -->\n"
	end   = "<!-- end -->\n"
)

// TestTables holds the documentation to what the program prints.
func TestTables(t *testing.T) {
	if testing.Short() && !*update {
		t.Skip("runs all scenarios")
	}
	var b bytes.Buffer
	if err := run(&b, 0); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	tables, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no place for the tables", page)
	}
	want := "\n" + b.String()
	if *update {
		if err := os.WriteFile(page, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if tables != want {
		t.Errorf("%s is not what the program prints; run go test ./sampledriver/cmd/fairness -update", page)
	}
}

package oracle

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite what is expected of the programs that were kept")

// TestKept looks at programs that fencelint has, or had, something wrong about.
func TestKept(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no programs were kept: %v", err)
	}
	checker, err := NewChecker()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p := new(Program)
			if err := json.Unmarshal(text, p); err != nil {
				t.Fatal(err)
			}
			o, err := checker.Look(p)
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, "json") + "golden"
			if *update {
				if err := os.WriteFile(golden, []byte(o.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got := o.String(); got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

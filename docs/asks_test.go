package docs

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// asks is how many were found.
const asks = 36

// TestAsks holds the table of what users have asked for to what there is.
func TestAsks(t *testing.T) {
	text, err := os.ReadFile("asks.md")
	if err != nil {
		t.Fatal(err)
	}
	next := 1
	for line := range strings.SplitSeq(string(text), "\n") {
		cells := strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "| "), " |"), " | ")
		if !strings.HasPrefix(line, "| ") || cells[0] == "#" {
			continue
		}
		if n, err := strconv.Atoi(cells[0]); err != nil || n != next || len(cells) < 3 {
			t.Fatalf("row %q stands where row %d belongs", cells[0], next)
		}
		next++
		shown := quoted.FindAllStringSubmatch(strings.Join(cells[3:], ""), -1)
		if len(shown) == 0 && !strings.HasPrefix(cells[2], "Not") {
			t.Errorf("nothing shows row %s", cells[0])
		}
		for _, what := range shown {
			if missing := missing(what[1]); missing != "" {
				t.Errorf("row %s: %s: %s", cells[0], what[1], missing)
			}
		}
	}
	if next != asks+1 {
		t.Errorf("the table ends with row %d, not %d", next-1, asks)
	}
}

package main

import (
	"strings"
	"testing"
)

const page = `# Title

Text.

<!-- go run ./bench/floor -rounds=3 std -->

old
<!-- end -->

More, with a <!-- comment -->.
<!-- go run ./bench/facts -->
<!-- end -->
`

func TestParse(t *testing.T) {
	all, err := parse(page)
	if err != nil {
		t.Fatal(err)
	}
	var commands []string
	for i := range all {
		if len(all[i].command) > 0 {
			commands = append(commands, all[i].line())
		}
	}
	if got, want := strings.Join(commands, "; "), "go run ./bench/floor -rounds=3 std; go run ./bench/facts"; got != want {
		t.Errorf("commands %s, want %s", got, want)
	}
	all[1].text = "\nnew\n\n"
	want := strings.Replace(page, "old", "new", 1)
	want = strings.Replace(want, "facts -->\n", "facts -->\n\n", 1)
	if got := render(all); got != want {
		t.Errorf("rendered\n%s\nwant\n%s", got, want)
	}
}

func TestParseErrors(t *testing.T) {
	for text, want := range map[string]string{
		"<!-- go run ./bench/floor -->\n": "line 1: no <!-- end --> follows",
		"x\n<!-- end -->\n":               "line 2: ",
		"<!-- go run ./bench/floor -->\n<!-- go run ./bench/floor -->\n": "line 2: ",
		"<!-- go run ./cmd/fencelint -->\n<!-- end -->\n":                "line 1: ",
		"<!-- go run ./bench/floor; rm -->\n<!-- end -->\n":              "line 1: ",
	} {
		if _, err := parse(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: error %v, want %s", text, err, want)
		}
	}
}

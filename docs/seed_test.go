package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/docs/rules"
	"github.com/fencelint/fencelint/internal/mutant"
)

// rows is how many claims and questions the discussion has.
const rows = 33

// TestSeed holds the table of the discussion to what there is: it is complete, and the
// tests and commands that it names exist.
func TestSeed(t *testing.T) {
	text, err := os.ReadFile("seed.md")
	if err != nil {
		t.Fatal(err)
	}
	next, traps := 1, 0
	for line := range strings.SplitSeq(string(text), "\n") {
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		if !strings.HasPrefix(line, "| ") || cells[0] == "#" || cells[0] == "trap" {
			continue
		}
		if n, err := strconv.Atoi(cells[0]); err == nil {
			if n != next || len(cells) != 4 {
				t.Errorf("row %d stands where row %d belongs, or has not four cells", n, next)
			}
			next = n + 1
		} else {
			traps++
		}
		shown := quoted.FindAllStringSubmatch(cells[len(cells)-1], -1)
		if len(shown) == 0 {
			t.Errorf("nothing shows %q", cells[0])
		}
		for _, what := range shown {
			if missing := missing(what[1]); missing != "" {
				t.Errorf("row %q: %s: %s", cells[0], what[1], missing)
			}
		}
	}
	if next != rows+1 {
		t.Errorf("the table ends with row %d, not %d", next-1, rows)
	}
	if traps == 0 {
		t.Error("no trap in the table of traps")
	}
}

// TestSeedNotices has the check see what is not there.
func TestSeedNotices(t *testing.T) {
	for _, what := range []string{
		"./docs TestNoSuch", "./nosuch TestSeed", "./docs TestPages/nosuch.md", "./cmd/fencelint TestSessions/nosuch",
		"./passes/internal/corpus TestCorpus/domain/nosuch", "fencelint nosuch", "fencelint explain no-such-rule",
		"fencelint audit -nosuch", "go run ./nosuch", "go run ./internal/mutant/table nosuch", "nosuch",
	} {
		if missing(what) == "" {
			t.Errorf("%s is taken to exist", what)
		}
	}
}

var (
	quoted = regexp.MustCompile("`([^`]+)`")
	named  = regexp.MustCompile(`\{"([a-z-]+)", `)
)

// missing says what of a test or command is not there, "" if all is.
func missing(what string) string {
	words := strings.Fields(what)
	switch {
	case len(words) == 2 && strings.HasPrefix(words[0], "./"):
		return missingTest(words[0], words[1])
	case len(words) > 2 && words[0] == "go" && words[1] == "run":
		return missingProgram(words[2], words[3:])
	case len(words) > 1 && words[0] == "fencelint":
		return missingCommand(words[1:])
	}
	return "neither a test nor a command"
}

func missingTest(dir, name string) string {
	name, part, _ := strings.Cut(name, "/")
	dir = filepath.Join("..", dir)
	if !mentioned(filepath.Join(dir, "*_test.go"), "func "+name+"(t ") {
		return "no such test"
	}
	var file string
	switch {
	case part == "":
		return ""
	case name == "TestCorpus":
		file = filepath.Join("../testdata", part)
	case name == "TestSessions":
		file = filepath.Join(dir, "testdata", part+".txtar")
	case name == "TestPages":
		if mentioned("pages_test.go", strconv.Quote(part)) {
			file = part
		}
	}
	if _, err := os.Stat(file); err != nil {
		return "no such part of the test"
	}
	return ""
}

func missingProgram(dir string, args []string) string {
	if _, err := os.Stat(filepath.Join("..", dir, "main.go")); err != nil {
		return "no such program"
	}
	for _, name := range args {
		if _, err := os.Stat(filepath.Join("..", mutant.Dir, name+".patch")); err != nil {
			return "no such mutant"
		}
	}
	return ""
}

// missingCommand looks for a command's name and flags in the program's source, and for
// flags that are also keys where those are named.
func missingCommand(words []string) string {
	for _, word := range words {
		flag, ok := strings.CutPrefix(word, "-")
		if ok && !mentioned("../cmd/fencelint/*.go", strconv.Quote(flag)+", ") && !mentioned("../analyzer/config/key.go", " = "+strconv.Quote(flag)) {
			return "no such flag"
		}
	}
	if strings.HasPrefix(words[0], "-") {
		return ""
	}
	main, err := os.ReadFile("../cmd/fencelint/main.go")
	if err != nil {
		return err.Error()
	}
	for _, name := range named.FindAllStringSubmatch(string(main), -1) {
		if name[1] != words[0] {
			continue
		}
		if _, ok := rules.Page(words[len(words)-1]); words[0] == "explain" && !ok {
			return "no such rule"
		}
		return ""
	}
	return "no such command"
}

// mentioned reports whether a file that matches a pattern has a text in it.
func mentioned(pattern, text string) bool {
	files, err := filepath.Glob(pattern)
	if err != nil {
		return false
	}
	for _, file := range files {
		if content, err := os.ReadFile(file); err == nil && strings.Contains(string(content), text) {
			return true
		}
	}
	return false
}

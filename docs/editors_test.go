package docs

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/fencelint/fencelint/internal/fencelint"
)

// TestMatcher holds the problem matcher for GitHub to what is printed: it matches
// headlines and no other line.
func TestMatcher(t *testing.T) {
	text, err := os.ReadFile("../.github/fencelint-matcher.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		ProblemMatcher []struct {
			Pattern []struct {
				Regexp                            string
				File, Line, Column, Code, Message int
			}
		}
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	p := file.ProblemMatcher[0].Pattern[0]
	re := regexp.MustCompile(p.Regexp)
	out, err := command(t).Output(t.Context(), fencelint.Whole, "..", "./testdata/examples/service")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(string(out)) {
		if m := re.FindStringSubmatch(strings.TrimSuffix(line, "\n")); m != nil {
			got = append(got, strings.Join([]string{m[p.File], m[p.Line], m[p.Column], m[p.Code]}, " "))
		}
	}
	if want := []string{"testdata/examples/service/service.go 36 2 wait-under-lock"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

// TestYAML reads the files that other programs are to read.
func TestYAML(t *testing.T) {
	for _, name := range []string{"../.github/workflows/ci.yml", "ci/github.yml", "../.pre-commit-hooks.yaml", "../.custom-gcl.yml"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var document any
		if err := yaml.Unmarshal(text, &document); err != nil || document == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

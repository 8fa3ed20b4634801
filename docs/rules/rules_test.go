package rules_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/docs/rules"
)

// sections are what each page has, in this order.
var sections = []string{"## Why", "## Bad", "## Good", "## How to fix", "## When it is fine"}

// TestPagesSayWhatTheyMust looks into the sections: the story of three steps, a way
// out, and how to tell the tool that it is fine, or that one cannot.
func TestPagesSayWhatTheyMust(t *testing.T) {
	for _, name := range rules.Names() {
		page, _ := rules.Page(name)
		for section, wanted := range map[string]string{
			"## Why":             `(?m)^1\. .*\n2\. .*\n3\. `,
			"## How to fix":      `(?m)^- `,
			"## When it is fine": `//fencelint:|There is no way to ignore`,
		} {
			_, text, _ := strings.Cut(page, "\n"+section+"\n")
			text, _, _ = strings.Cut(text, "\n## ")
			if !regexp.MustCompile(wanted).MatchString(text) {
				t.Errorf("%s: nothing under %q is like %s", name, section, wanted)
			}
		}
		if rules.Summary(name) == "" {
			t.Errorf("%s: the page does not say what the rule is about", name)
		}
	}
}

func TestSummary(t *testing.T) {
	const want = "A function is given allocation flags, and allocates with flags that allow reclaim and do not derive from them."
	if got := rules.Summary("gfp-dropped"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := rules.Summary("no-such-rule"); got != "" {
		t.Errorf("a rule without a page is summed up as %q", got)
	}
}

func TestPagesHaveTheirSections(t *testing.T) {
	for _, name := range rules.Names() {
		page, ok := rules.Page(name)
		if !ok {
			t.Fatalf("%s is listed and has no page", name)
		}
		rest, ok := strings.CutPrefix(page, "# "+name+"\n")
		if !ok {
			t.Errorf("%s: the page does not start with its name", name)
		}
		for _, section := range sections {
			if _, after, ok := strings.Cut(rest, "\n"+section+"\n"); ok {
				rest = after
			} else {
				t.Errorf("%s: no %q where it belongs", name, section)
			}
		}
	}
}

// TestPagesAreOfRules holds the pages against the table of rules in the design.
func TestPagesAreOfRules(t *testing.T) {
	design, err := os.ReadFile("../design.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(design), "## 4. Rules")
	table, _, _ = strings.Cut(table, "## 5.")
	for _, name := range rules.Names() {
		if !strings.Contains(table, "`"+name+"`") {
			t.Errorf("%s has a page and is not in the table of rules", name)
		}
	}
}

// TestRulesHavePages: a finding of any rule can be looked up.
func TestRulesHavePages(t *testing.T) {
	want := slices.Sorted(slices.Values(finding.Rules()))
	if got := rules.Names(); !slices.Equal(got, want) {
		t.Errorf("there are pages for %v, want %v", got, want)
	}
}

func TestNamesAreSorted(t *testing.T) {
	if names := rules.Names(); len(names) == 0 || !slices.IsSorted(names) {
		t.Errorf("Names() = %v", names)
	}
}

func TestUnknownRuleHasNoPage(t *testing.T) {
	for _, name := range []string{"", "rules", "../design", "no-such-rule"} {
		if page, ok := rules.Page(name); ok {
			t.Errorf("Page(%q) = %q", name, page)
		}
	}
}

package rules_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/docs/rules"
)

// sections are what each page has, in this order.
var sections = []string{"## Why", "## Bad", "## Good", "## How to fix", "## When it is fine"}

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

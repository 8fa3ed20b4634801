package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a configuration file may be that means harm: it is rejected with one sentence, or
// read for what it is, and no more memory is used than the file has bytes for.
func TestReadHostile(t *testing.T) {
	deep := func(open, shut string) string {
		return "models: " + strings.Repeat(open, 100_000) + strings.Repeat(shut, 100_000)
	}
	bomb := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for name := 'b'; name <= 'j'; name++ {
		last := "*" + string(name-1)
		bomb += string(name) + ": &" + string(name) + " [" + strings.Repeat(last+", ", 9) + last + "]\n"
	}
	tests := map[string]struct{ text, want string }{
		"lists":    {deep("[", "]"), "no YAML: "},
		"mappings": {deep("{a: ", "}"), "no YAML: "},
		"indents":  {"rules:\n" + nested(5_000), ""},
		"aliases":  {bomb + "rules: *j\n", "no setting is called"},
		"anchors":  {"models: &a [*a]\n", ""},
		"merge":    {"<<: {rules: [x]}\n", "no setting is called"},
		"tag":      {"rules: !!python/object/apply:os.system [x]\n", ""},
		"binary":   {"rules: !!binary x\n", ""},
		"nul":      {"rules: \x00\n", "no YAML: "},
		"large":    {"# " + strings.Repeat("x", maxFile), "has more than 1 MB"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), FileName)
			if err := os.WriteFile(file, []byte(test.text), 0o600); err != nil {
				t.Fatal(err)
			}
			all, err := Read(file)
			if err == nil {
				t.Fatalf("read %d settings", len(all))
			}
			if !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") || len(err.Error()) > 500 {
				t.Errorf("%.500s; want %s", err, test.want)
			}
		})
	}
}

// nested is a list in a list in a list, by indents.
func nested(n int) string {
	var b strings.Builder
	for i := range min(n, 1_000) {
		b.WriteString(strings.Repeat(" ", i+1) + "-\n")
	}
	return b.String()
}

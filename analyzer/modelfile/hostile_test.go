package modelfile

import (
	"strings"
	"testing"
)

// Lines that mean harm: each is one error, of a length that can be read.
func TestParseHostile(t *testing.T) {
	const many = 1 << 20
	for name, text := range map[string]string{
		"in the line": "p.F " + strings.Repeat("[", maxLine-10),
		"brackets":    strings.Repeat("[", many),
		"parens":      strings.Repeat("(", many) + " blocks",
		"name":        strings.Repeat("a", many),
		"path":        "p.F waits recv" + strings.Repeat(".a", many),
		"clauses":     "p.F " + strings.Repeat("blocks;", many),
		"words":       "p.F waits " + strings.Repeat("x ", many),
		"reason":      "p.F trusted --",
		"contexts":    "p.F runs " + strings.Repeat("signalling,", many),
		"number":      "type p.T gfp reclaim=" + strings.Repeat("9", many),
		"type":        strings.Repeat("type ", many),
		"not UTF-8":   "p.F waits \xff\xfe",
		"separators":  strings.Repeat("/.", many) + " blocks",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse("m", text)
			if err == nil {
				t.Fatal("it was taken")
			}
			if text := err.Error(); len(text) > 2*maxLine || strings.Contains(text, "\n") {
				t.Errorf("the error has %d bytes: %.300s", len(text), text)
			}
		})
	}
}

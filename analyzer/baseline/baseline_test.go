package baseline

import (
	"strings"
	"testing"

	"github.com/fencelint/fencelint/analyzer/finding"
)

func TestParse(t *testing.T) {
	const entry = "0123456789abcdef  lock-order  p  # (*T).F: a.mu -> b.mu -> a.mu\n"
	tests := []struct{ name, text, want string }{
		{"good", "# comment\n\nfor linux/amd64\n" + entry, ""},
		{"without a place", "for linux/amd64\n0123456789abcdef lock-order p\r\n", ""},
		{"empty", "", "b:1: the line that says what it was written for is missing: is this a baseline?"},
		{"comments only", "# a\n# b\n", "b:2: the line that says"},
		{"no build", entry, `b:1: "0123456789abcdef" is not where a baseline begins`},
		{"no build said", "for\n", `b:1: "for" is not where a baseline begins`},
		{"a conflict", "for linux/amd64\n<<<<<<< HEAD\n" + entry, `b:2: "<<<<<<< HEAD" is no entry: FINGERPRINT RULE PACKAGE`},
		{"too much", "for linux/amd64\n0123456789abcdef lock-order p q\n", `b:2: "0123456789abcdef lock-order p q" is no entry`},
		{"short", "for linux/amd64\n0123 lock-order p\n", `b:2: "0123" is no fingerprint: sixteen hexadecimal digits`},
		{"no digits", "for linux/amd64\n0123456789abcdeg lock-order p\n", `b:2: "0123456789abcdeg" is no fingerprint`},
		{"no rule", "for linux/amd64\n0123456789abcdef lockorder p\n", `b:2: "lockorder" is no rule; did you mean "lock-order"?`},
		{"twice", "for linux/amd64\n" + entry + entry, "b:3: 0123456789abcdef is on line 2 already"},
		{"binary", "\x00\xff\x7fELF", "b:1: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := parse("b", tt.text)
			switch {
			case err == nil && tt.want != "":
				t.Errorf("no error, want %s", tt.want)
			case err != nil && (tt.want == "" || !strings.HasPrefix(err.Error(), tt.want)):
				t.Errorf("got %v, want %q", err, tt.want)
			case err != nil && strings.Contains(err.Error(), "\n"):
				t.Errorf("more than a line: %v", err)
			case err == nil && (b.Build != "linux/amd64" || len(b.Entries) != 1 || b.Entries[0].Package != "p"):
				t.Errorf("got %+v", b)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add("for linux/amd64\n0123456789abcdef lock-order p # x\n")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := parse("b", text)
		if err != nil {
			return
		}
		var out strings.Builder
		if err := b.Write(&out); err != nil {
			t.Fatal(err)
		}
		again, err := parse("b", out.String())
		if err != nil {
			t.Fatal(err)
		}
		if again.Build != b.Build || len(again.Entries) != len(b.Entries) {
			t.Errorf("wrote %+v, read %+v", b, again)
		}
	})
}

// What is written is sorted, whatever the order in which it was found.
func TestWriteIsSorted(t *testing.T) {
	found := []finding.Finding{
		{Fingerprint: "3333333333333333", Rule: "lock-order", Package: "q", Func: "F"},
		{Fingerprint: "1111111111111111", Rule: "lock-order", Package: "p", Func: "G"},
		{Fingerprint: "2222222222222222", Rule: "lock-order", Package: "p", Func: "F",
			Edges: []finding.Edge{{From: "x.org/p.F:made", To: "x.org/p.T.mu"}}},
		{Fingerprint: "4444444444444444", Rule: "lock-order", Package: "p", Func: "G", Suppressed: "said so"},
		{Fingerprint: "1111111111111111", Rule: "lock-order", Package: "p", Func: "G"},
	}
	b := &Baseline{File: "b"}
	renewed, grown := b.Renewed(found, nil)
	if len(grown) != 3 {
		t.Errorf("%d are new, want 3", len(grown))
	}
	renewed.Build = Build("linux", "arm64", "z,a,z", true)
	var text strings.Builder
	if err := renewed.Write(&text); err != nil {
		t.Fatal(err)
	}
	want := header + `for linux/arm64 tags=a,z tests
2222222222222222  lock-order  p  # F: p.F -> p.T.mu
1111111111111111  lock-order  p  # G
3333333333333333  lock-order  q  # F
`
	if text.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &text, want)
	}
}

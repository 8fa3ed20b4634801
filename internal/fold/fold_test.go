package fold_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/internal/fold"
)

func TestLines(t *testing.T) {
	tests := []struct {
		text  string
		width int
		want  []string
	}{
		{"", 5, []string{""}},
		{"fits", 4, []string{"fits"}},
		{"two words", 5, []string{"two", "words"}},
		{"two words", 3, []string{"two", "wor", "ds"}},
		{"kmem.Alloc(n, Kernel)", 12, []string{"kmem.Alloc(", "n, Kernel)"}},
		{"kmem.Alloc(n, Kernel)", 7, []string{"kmem.", "Alloc(", "n,", "Kernel)"}},
		{"q.mu.Lock()", 7, []string{"q.mu.", "Lock()"}},
		{"abcdefgh", 3, []string{"abc", "def", "gh"}},
		{"日本語", 4, []string{"日本", "語"}},
		{"日本", 1, []string{"日", "本"}},
	}
	for _, test := range tests {
		if got := fold.Lines(test.text, test.width); !slices.Equal(got, test.want) {
			t.Errorf("%q in %d columns: %q, want %q", test.text, test.width, got, test.want)
		}
	}
}

// Nothing is wider than allowed, and nothing but spaces is lost.
func TestAnyText(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		text := make([]rune, random.IntN(40))
		for i := range text {
			text[i] = []rune("abcd .,(/-é日")[random.IntN(12)]
		}
		width := 2 + random.IntN(20)
		lines := fold.Lines(string(text), width)
		for _, line := range lines {
			if fold.Width(line) > width {
				t.Fatalf("%q in %d columns: %q", string(text), width, lines)
			}
		}
		dense := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got := dense(strings.Join(lines, "")); got != dense(string(text)) {
			t.Fatalf("%q has become %q", string(text), lines)
		}
	}
}

package spell

import "testing"

func TestNearest(t *testing.T) {
	words := []string{"waits", "wakes", "signals", "signalling", "in"}
	tests := []struct{ word, want string }{
		{"wait", "waits"},
		{"wiats", "waits"},
		{"Waits", "waits"},
		{"signaling", "signalling"},
		{"singals", "signals"},
		{"of", ""},
		{"publishes", ""},
		{"", ""},
		{"waité", "waits"},
	}
	for _, tt := range tests {
		if got := Nearest(tt.word, words); got != tt.want {
			t.Errorf("Nearest(%q) = %q, want %q", tt.word, got, tt.want)
		}
	}
}

func TestDistanceIsSymmetric(t *testing.T) {
	words := []string{"", "a", "ab", "ba", "abc", "waits", "wakes"}
	for _, a := range words {
		for _, b := range words {
			if distance(a, b) != distance(b, a) {
				t.Errorf("distance(%q, %q) = %d, but %d the other way round", a, b, distance(a, b), distance(b, a))
			}
			if (distance(a, b) == 0) != (a == b) {
				t.Errorf("distance(%q, %q) = %d", a, b, distance(a, b))
			}
		}
	}
}

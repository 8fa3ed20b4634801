package main

import "testing"

func TestMore(t *testing.T) {
	const mb = 1 << 20
	for _, test := range []struct {
		name       string
		live, room uint64
		want       int
	}{
		{"half of the room is live", 500 * mb, 1000 * mb, 100},
		{"little is live", 250 * mb, 1000 * mb, 300},
		{"next to nothing is live", mb, 1000 * mb, mostLater},
		{"nothing is live", 0, 1000 * mb, mostLater},
		{"most of the room is live", 900 * mb, 1000 * mb, leastLater},
		{"more is live than there is room for", 1200 * mb, 1000 * mb, leastLater},
	} {
		if got := more(test.live, test.room); got != test.want {
			t.Errorf("%s: %d %%, want %d", test.name, got, test.want)
		}
	}
}

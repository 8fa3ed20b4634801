package uat

import (
	"math/rand/v2"
	"testing"
)

func nodes(n int) []*Node {
	list := make([]*Node, n)
	for i := range list {
		list[i] = new(Node)
	}
	return list
}

func TestMap(t *testing.T) {
	tests := []struct {
		name    string
		at      Address
		n       int
		missing int
	}{
		{"one page", 0, 1, 2},
		{"one leaf full", 0, entries, 2},
		{"two leaves", (entries - 1) << PageBits, 2, 3},
		{"two middles", entries*entries<<PageBits - PageSize, 2, 4},
		{"the last page", Limit - PageSize, 1, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var table Table
			if got := table.Missing(tt.at, tt.n); got != tt.missing {
				t.Fatalf("Missing = %d, want %d", got, tt.missing)
			}
			left := table.Map(tt.at, tt.n, 7, nodes(tt.missing+1))
			if len(left) != 1 {
				t.Errorf("Map left %d nodes of one to spare", len(left))
			}
			if got := table.Missing(tt.at, tt.n); got != 0 {
				t.Errorf("Missing = %d once mapped", got)
			}
			for i := range tt.n {
				if got := table.Lookup(tt.at + Address(i)<<PageBits); got != 7+Page(i) {
					t.Errorf("page %d: Lookup = %d, want %d", i, got, 7+i)
				}
			}
			table.Unmap(tt.at, tt.n)
			for i := range tt.n {
				if got := table.Lookup(tt.at + Address(i)<<PageBits); got != 0 {
					t.Errorf("page %d: Lookup = %d once unmapped", i, got)
				}
			}
		})
	}
}

func TestLookupOutside(t *testing.T) {
	var table Table
	if got := table.Lookup(Limit); got != 0 {
		t.Errorf("Lookup(Limit) = %d", got)
	}
}

// TestMissingIsExact maps at random and requires that Map uses exactly the nodes that
// Missing asked for.
func TestMissingIsExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var table Table
	for range 500 {
		n := 1 + rng.IntN(3*entries)
		at := Address(rng.IntN(int(Limit)>>PageBits-n)) << PageBits
		missing := table.Missing(at, n)
		if left := table.Map(at, n, 1, nodes(missing)); len(left) != 0 {
			t.Fatalf("mapping %d pages at %#x: %d of %d nodes left", n, at, len(left), missing)
		}
	}
}

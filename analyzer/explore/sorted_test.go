package explore

import (
	"slices"
	"testing"
)

func TestSorted(t *testing.T) {
	var n sorted[int, string]
	for _, id := range []int{3, 7, 5, 9, 1} {
		n.put(id, string(rune('a'+id)))
	}
	other := slices.Clone(n)
	n.put(5, "again")
	n.keep(func(id int) bool { return id != 7 })
	n.remove(9)
	n.remove(4)

	for id, want := range map[int]string{1: "b", 3: "d", 5: "again", 7: "", 9: "", 2: ""} {
		if got := n.at(id); got != want {
			t.Errorf("at(%d) = %q, want %q", id, got, want)
		}
	}
	if got := other.at(5) + other.at(7) + other.at(9); got != "fhj" {
		t.Errorf("a copy has %q, want what was there when it was made", got)
	}
	if !slices.IsSortedFunc(n, func(a, b entry[int, string]) int { return a.key - b.key }) {
		t.Errorf("%v is not in order", n)
	}
}

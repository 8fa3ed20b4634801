package reach_test

import (
	"testing"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// States are made as they are reached: what is known of the first ones must not end where
// there were no more of them.
func TestStatesMadeLater(t *testing.T) {
	space := calls{"a": nil, "b": nil}.space()
	var table reach.Table[int]
	var set reach.States
	a := space.Entry("a")
	*table.At(a) = 1
	fresh := set.Add(a)
	b := space.Entry("b")
	if table.Of(b) != 0 || set.Has(b) {
		t.Errorf("of b there is %d, and it is in the set: %v; nobody put anything there", table.Of(b), set.Has(b))
	}
	*table.At(b) = 2
	if table.Of(a) != 1 || table.Of(b) != 2 {
		t.Errorf("there is %d and %d, want 1 and 2", table.Of(a), table.Of(b))
	}
	if !fresh || set.Add(a) || !set.Add(b) || set.Add(b) || !set.Has(a) || !set.Has(b) {
		t.Error("each is new in a set once")
	}
}

// A walk that is made at each step of another has been nowhere yet.
func TestWalkWithinWalk(t *testing.T) {
	space := calls{"a": {"b"}, "b": {"c"}, "c": nil}.space()
	start := []*reach.Start{{State: space.Entry("a")}}
	for range 2 { // the second has what the first has left
		outer, inner := 0, 0
		space.Walk(start, 0, func(*reach.Path, *summary.Op) bool {
			outer++
			space.Walk(start, 0, func(*reach.Path, *summary.Op) bool {
				inner++
				return inner%2 == 0 // every other one ends at once
			})
			return true
		})
		if outer != 3 || inner != 5 {
			t.Errorf("came to %d operations, and to %d from there, want 3 and 5", outer, inner)
		}
	}
}

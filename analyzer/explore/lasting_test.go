package explore

import (
	"testing"

	"golang.org/x/tools/go/ssa"
)

// TestReturnsNothing asks a function of which the body was let go of.
func TestReturnsNothing(t *testing.T) {
	x := New(nil, Options{}).x
	if x.returnsLasting(&ssa.Function{Blocks: []*ssa.BasicBlock{{}}}) {
		t.Error("a function with nothing in it returns a channel")
	}
}

package analyzer

import (
	"slices"
	"testing"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// TestTelling keeps calls that lead to something, and drops those that do not.
func TestTelling(t *testing.T) {
	call := func(to ...string) []summary.Call {
		var calls []summary.Call
		for _, key := range to {
			calls = append(calls, summary.Call{FromParam: -1, Targets: []summary.Target{{Func: key}}})
		}
		return calls
	}
	own := map[string]*summary.Summary{
		"p.Waits":  {Func: "p.Waits", Ops: []summary.Op{{Kind: summary.OpWait}}},
		"p.calls":  {Func: "p.calls", Calls: call("p.silent", "p.Waits", "fmt.Println")},
		"p.far":    {Func: "p.far", Calls: call("q.F")},
		"p.silent": {Func: "p.silent", Calls: call("p.mutual", "fmt.Println")},
		"p.mutual": {Func: "p.mutual", Calls: call("p.silent")},
	}
	keys := []string{"p.Waits", "p.calls", "p.far", "p.mutual", "p.silent"}
	var got []string
	for _, s := range telling(own, keys) {
		text := s.Func
		for _, c := range s.Calls {
			text += " -> " + c.Targets[0].Func
		}
		got = append(got, text)
	}
	want := []string{"p.Waits", "p.calls -> p.Waits", "p.far -> q.F"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(own["p.calls"].Calls) != 3 {
		t.Error("the summary itself was changed")
	}
}

package scc

import (
	"fmt"
	"reflect"
	"testing"
)

func TestComponents(t *testing.T) {
	tests := map[string]struct {
		edges [][]int
		want  string
	}{
		"nothing":             {nil, "[]"},
		"callee first":        {[][]int{{1}, {2}, {}}, "[[2] [1] [0]]"},
		"alone in a loop":     {[][]int{{0}}, "[[0]]"},
		"two in a loop":       {[][]int{{1}, {0}}, "[[0 1]]"},
		"loop above a leaf":   {[][]int{{1, 2}, {0}, {}}, "[[2] [0 1]]"},
		"loop below a caller": {[][]int{{1}, {2}, {1}}, "[[1 2] [0]]"},
		"two loops":           {[][]int{{1}, {0, 2}, {3}, {2}}, "[[2 3] [0 1]]"},
		"diamond":             {[][]int{{1, 2}, {3}, {3}, {}}, "[[3] [1] [2] [0]]"},
		"back edge to a done": {[][]int{{1}, {}, {1, 0}}, "[[1] [0] [2]]"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Components(len(test.edges), func(v int) []int { return test.edges[v] })
			if fmt.Sprint(got) != test.want {
				t.Errorf("components = %v, want %v", got, test.want)
			}
		})
	}
}

// Call chains of real programs are deeper than a goroutine's stack should be.
func TestComponentsDeep(t *testing.T) {
	const n = 1 << 20
	got := Components(n, func(v int) []int {
		if v+1 < n {
			return []int{v + 1}
		}
		return nil
	})
	if len(got) != n || !reflect.DeepEqual(got[0], []int{n - 1}) {
		t.Errorf("%d components, the first is %v", len(got), got[0])
	}
}

func TestOrder(t *testing.T) {
	tests := map[string]struct {
		edges [][]int
		want  string
	}{
		"alone":            {[][]int{{0}}, "[0]"},
		"a ring":           {[][]int{{1}, {2}, {0}}, "[2 1 0]"},
		"side by side":     {[][]int{{1, 2}, {0}, {0}}, "[1 2 0]"},
		"one over another": {[][]int{{1, 2}, {0}, {1}}, "[1 2 0]"},
		"to what is below": {[][]int{{1, 3}, {2}, {0}, {1}}, "[2 1 3 0]"},
		"to others":        {[][]int{{1, 2}, {0}, {}}, "[1 0]"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			edges := func(v int) []int { return test.edges[v] }
			components := Components(len(test.edges), edges)
			got := Order(components[len(components)-1], edges)
			if fmt.Sprint(got) != test.want {
				t.Errorf("order = %v, want %v", got, test.want)
			}
		})
	}
}

package waitfor_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/sampledriver/kernel/waitfor"
)

// node is a node of a graph written down in a test.
type node struct {
	name  string
	needs waitfor.Needs
}

func (n *node) String() string       { return n.name }
func (n *node) Needs() waitfor.Needs { return n.needs }

// parse reads lines such as "a: all b c", "b: any c", "c: free" and "d: dead".
func parse(t *testing.T, text string) func(name string) *node {
	t.Helper()
	nodes := make(map[string]*node)
	get := func(name string) *node {
		if nodes[name] == nil {
			nodes[name] = &node{name: name}
		}
		return nodes[name]
	}
	for line := range strings.Lines(text) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), ": ")
		words := strings.Fields(rest)
		var of []waitfor.Node
		for _, w := range words[1:] {
			of = append(of, get(w))
		}
		switch words[0] {
		case "all":
			get(name).needs = waitfor.All(of...)
		case "any":
			get(name).needs = waitfor.Any(of...)
		case "dead":
			get(name).needs = waitfor.Dead()
		case "free":
		default:
			t.Fatalf("bad line %q", line)
		}
	}
	return get
}

func names(nodes []waitfor.Node) string {
	var out []string
	for _, n := range nodes {
		out = append(out, n.String())
	}
	return strings.Join(out, " ")
}

func TestStuck(t *testing.T) {
	tests := []struct {
		name   string
		graph  string // a is the start
		stuck  string
		ring   string
		closed bool
	}{
		{"goes on", "a: free", "", "", false},
		{"waits for one that goes on", "a: all b\nb: all c\nc: free", "", "", false},
		{"waits for itself", "a: all a", "a", "a", true},
		{"two locks", "a: all l\nl: all b\nb: all m\nm: all a", "a l b m", "a l b m", true},
		{"runs into a ring", "a: all b\nb: all c\nc: all b", "a b c", "b c", true},
		{"one holder of a pool is enough", "a: any b c\nb: all a\nc: free", "", "", false},
		{"all holders of a pool are stuck", "a: any b c\nb: all a\nc: all a", "a b c", "a b", true},
		{"one holder of a lock is stuck", "a: all b c\nb: free\nc: all a", "a c", "a c", true},
		{"nobody is known to act", "a: any", "", "", false},
		{"its party is dead", "a: all b\nb: dead", "a b", "a b", false},
		{"one party of two is dead", "a: any b c\nb: dead\nc: free", "", "", false},
		// b is met as stuck while a is judged first through c: only the reduction sees
		// that b goes on after all.
		{"a no that must be looked at twice", "a: any c d\nc: all b e\nb: any c f\ne: all b g\ng: all c\nd: all b\nf: free", "", "", false},
		{"the shortest ring is told", "a: all b\nb: all c d\nc: all a\nd: all b", "a b c d", "b d", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := parse(t, tt.graph)("a")
			stuck := waitfor.Stuck(start)
			got := strings.Fields(names(stuck))
			slices.Sort(got)
			want := strings.Fields(tt.stuck)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Fatalf("stuck: got %v, want %v", got, want)
			}
			if len(want) == 0 {
				return
			}
			ring, closed := waitfor.Cycle(start, stuck)
			if names(ring) != tt.ring || closed != tt.closed {
				t.Errorf("ring: got %q %v, want %q %v", names(ring), closed, tt.ring, tt.closed)
			}
		})
	}
}

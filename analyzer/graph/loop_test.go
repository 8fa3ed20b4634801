package graph

import (
	"strings"
	"testing"
	"unicode"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

func TestDetermines(t *testing.T) {
	tests := []struct {
		pool, lock string
		want       bool
	}{
		{"d.slots", "d.mu", true},           // fields of one struct
		{"q.events", "q.dev.mu", true},      // the lock of what the pool belongs to
		{"q.dev.events", "q.mu", false},     // many queues share the device's events
		{"d.slots", "d.list[t3].mu", false}, // one of many
		{"d.slots", "e.mu", false},          // two parameters
		{"d.slots", "data.mu", false},       // a longer name
		{"d.slots", ".x/y.mu", true},        // a package variable
		{".x/y.slots", "d.mu", false},       // many for one pool
		{".x/y.slots", ".x/y.mu", true},
		{"", "d.mu", false},
		{"d.slots", "", false},
	}
	for _, test := range tests {
		if got := determines(test.pool, test.lock); got != test.want {
			t.Errorf("determines(%q, %q) = %v", test.pool, test.lock, got)
		}
	}
}

func locks(names string) []summary.Class {
	var out []summary.Class
	for _, r := range names {
		out = append(out, summary.Class{Kind: summary.Lock, Name: string(r)})
	}
	return out
}

func TestLoop(t *testing.T) {
	of := func(from, to summary.TypeArgs) instances { return instances{end{args: from}, end{args: to}} }
	in := func(from, to string) instances { return instances{end{in: from}, end{in: to}} }
	tests := []struct {
		name   string
		edges  []string          // two letters each, sorted
		guards map[string]string // by edge
		of     map[string][]instances
		want   string // the classes of the cycle, in order
	}{
		{"none", []string{"ab", "bc"}, nil, nil, ""},
		{"two", []string{"ab", "ba"}, nil, nil, "ab"},
		{"the shorter first", []string{"ab", "bc", "ca", "cd", "dc"}, nil, nil, "cd abc"},
		{"one edge in two", []string{"ab", "ba", "bc", "ca"}, nil, nil, "ab"},
		{"one after the other", []string{"ab", "ba", "bc", "cb"}, nil, nil, "ab bc"},
		{"three", []string{"ab", "bc", "ca"}, nil, nil, "abc"},
		{"guarded on both sides", []string{"ab", "ba"}, map[string]string{"ab": "g", "ba": "g"}, nil, ""},
		{"guarded on one", []string{"ab", "ba"}, map[string]string{"ab": "g"}, nil, "ab"},
		{"guarded by two locks", []string{"ab", "ba"}, map[string]string{"ab": "g", "ba": "h"}, nil, "ab"},
		{"the way round without a guard", []string{"ab", "ba", "bc", "ca"}, map[string]string{"ab": "g", "ba": "g"}, nil, "abc"},
		{"guarded on two of three", []string{"ab", "bc", "ca"}, map[string]string{"ab": "g", "ca": "g"}, nil, ""},
		{"guarded for reading on both", []string{"ab", "ba"}, map[string]string{"ab": "G", "ba": "G"}, nil, "ab"},
		{"guarded for reading on one", []string{"ab", "ba"}, map[string]string{"ab": "G", "ba": "g"}, nil, ""},
		{"of two instances", []string{"ab", "ba"}, nil, map[string][]instances{"ab": {of("int", "")}, "ba": {of("", "string")}}, ""},
		{"of one of two instances", []string{"ab", "ba"}, nil, map[string][]instances{"ab": {of("int", "")}, "ba": {of("", "string"), of("", "int")}}, "ab"},
		{"of what is not known", []string{"ab", "ba"}, nil, map[string][]instances{"ab": {of("int", "")}, "ba": {of("", "")}}, "ab"},
		{"of two instances on the way", []string{"ab", "bc", "ca"}, nil, map[string][]instances{"ab": {of("", "int")}, "bc": {of("string", "")}}, ""},
		{"in two fields", []string{"ab", "ba"}, nil, map[string][]instances{"ab": {in("x", "")}, "ba": {in("", "y")}}, ""},
		{"in one of two fields", []string{"ab", "ba"}, nil, map[string][]instances{"ab": {in("x", "")}, "ba": {in("", "y"), in("", "x")}}, "ab"},
		{"in a field that is not known", []string{"ab", "ba"}, nil, map[string][]instances{"ab": {in("x", "")}, "ba": {in("", "")}}, "ab"},
		{"guarded, of one instance", []string{"ab", "ba"}, map[string]string{"ab": "g", "ba": "g"}, map[string][]instances{"ab": {of("int", "")}, "ba": {of("", "int")}}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := &Graph{guarded: map[guarded]guards{}, instances: map[ends][]instances{}, several: map[summary.Class]bool{}}
			var edges []Edge
			for _, e := range test.edges {
				c := locks(e)
				edges = append(edges, Edge{From: c[0], To: c[1], Witness: &Witness{Held: &summary.Held{}}})
				of := []instances{{}}
				if test.of[e] != nil {
					of = test.of[e]
				}
				for _, c := range c {
					g.several[c] = test.of != nil
				}
				g.instances[ends{c[0], c[1]}] = of
				held := guards{}
				for _, by := range test.guards[e] {
					held[locks(strings.ToLower(string(by)))[0]] = unicode.IsLower(by)
				}
				for _, i := range of {
					g.guarded[guarded{ends{c[0], c[1]}, i}] = held
				}
			}
			got := ""
			g.Loops(edges, func(loop []Edge) Edge {
				for _, e := range loop {
					got += e.From.Name
				}
				got += " "
				return loop[0]
			})
			got = strings.TrimSpace(got)
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestMeetEnds has a cycle with more ways together than can be tried: it ends, and has tried
// some.
func TestMeetEnds(t *testing.T) {
	g := &Graph{guarded: map[guarded]guards{}}
	var loop []Edge
	for _, e := range []string{"ab", "bc", "cd", "de", "ef", "fa"} {
		c := locks(e)
		loop = append(loop, Edge{From: c[0], To: c[1]})
		g.guarded[guarded{ends{c[0], c[1]}, instances{}}] = guards{}
	}
	ways := make([]way, 1000)
	met := 0
	g.meet(loop, func(Edge) []way { return ways }, func([]way) bool {
		met++
		return true
	})
	if met == 0 || met > meetLimit {
		t.Errorf("they meet in %d ways of at most %d", met, meetLimit)
	}
}

func TestBefore(t *testing.T) {
	op := func(name string, block, order int) summary.Op {
		return summary.Op{Kind: summary.OpAcquire, Callee: name, Site: summary.Site{Block: block, Order: order}}
	}
	receive := op("receive", 1, 1)
	receive.Kind, receive.Direction, receive.On.Class.Kind = summary.OpWait, summary.Receive, summary.Channel
	tests := []struct {
		name string
		flow [][]int
		ops  []summary.Op
		want string // the operations before the last of ops, nearest first
	}{
		{"in one block", nil, []summary.Op{op("a", 0, 1), op("b", 0, 2), op("x", 0, 3)}, "ba"},
		{"on a branch that returns", [][]int{{1, 2}, nil, nil}, []summary.Op{op("a", 1, 1), op("x", 2, 1)}, ""},
		{"on a branch that does not", [][]int{{1, 2}, {2}, nil}, []summary.Op{op("a", 1, 1), op("x", 2, 1)}, "a"},
		{"in a loop, the last time round", [][]int{{1}, {1, 2}, nil}, []summary.Op{op("a", 1, 2), op("x", 1, 1)}, "ax"},
		{"not past a receive", [][]int{{1}, {1, 2}, nil}, []summary.Op{op("a", 0, 1), receive, op("b", 1, 2), op("x", 1, 3)}, "b"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			sum := &summary.Summary{Ops: test.ops, Flow: test.flow}
			g := &Graph{items: map[*reach.State]map[int][]item{}}
			got := ""
			received := func(i item) bool { return i.op != nil && i.op.Direction == summary.Receive }
			for _, i := range g.before(&reach.State{Summary: sum}, &sum.Ops[len(sum.Ops)-1].Site, received) {
				got += i.op.Callee
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

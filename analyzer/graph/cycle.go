package graph

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/scc"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// longest bounds the cycles that are looked for. That as many goroutines meet as it
// takes to close a longer one nobody would believe.
const longest = 8

// patience bounds the ways that are tried from one class, for one length of cycle.
const patience = 1 << 16

// Loops calls found for the cycles of edges of which no two exclude each other: the
// shortest first, those of one length by the first class of all in them, with which they
// start. The edge that found returns makes no further cycle. Edges are sorted by From.
func (g *Graph) Loops(edges []Edge, found func(loop []Edge) Edge) {
	r := newRing(g, edges)
	for length := 1; length <= longest; length++ {
		for i := range r.classes {
			for loop := r.loop(i, length); loop != nil; loop = r.loop(i, length) {
				r.remove(found(alive(loop)))
			}
		}
	}
}

// alive returns a cycle with the edges that are only seen on the way to a panic as they are seen
// elsewhere too, as long as one of its edges is not newer.
func alive(loop []Edge) []Edge {
	older := 0
	for _, e := range loop {
		if !e.Newer {
			older++
		}
	}
	out := slices.Clone(loop)
	for i, e := range loop {
		if e.Anew != nil && older > 1 {
			out[i].Witness, out[i].Newer, out[i].Doomed, out[i].Anew = e.Anew, true, false, nil
			older--
		}
	}
	return out
}

// ring is the edges that can be part of a cycle, their ends by number.
type ring struct {
	graph   *Graph
	classes []summary.Class // in the order of edges
	next    [][]arc
	before  [][]int
}

type arc struct {
	Edge
	to int
}

func newRing(g *Graph, edges []Edge) *ring {
	r := &ring{graph: g}
	number := map[summary.Class]int{}
	for _, e := range edges {
		if _, known := number[e.From]; !known {
			number[e.From] = len(r.classes)
			r.classes = append(r.classes, e.From)
		}
	}
	r.next, r.before = make([][]arc, len(r.classes)), make([][]int, len(r.classes))
	for _, e := range edges {
		if to, ok := number[e.To]; ok { // else it leads nowhere
			from := number[e.From]
			r.next[from] = append(r.next[from], arc{e, to})
		}
	}
	component := make([]int, len(r.classes))
	for i, members := range scc.Components(len(r.classes), r.successors) {
		for _, v := range members {
			component[v] = i
		}
	}
	for v := range r.next {
		r.next[v] = slices.DeleteFunc(r.next[v], func(a arc) bool { return component[a.to] != component[v] })
		for _, a := range r.next[v] {
			r.before[a.to] = append(r.before[a.to], v)
		}
	}
	return r
}

func (r *ring) successors(v int) []int {
	var to []int
	for _, a := range r.next[v] {
		to = append(to, a.to)
	}
	return to
}

func (r *ring) remove(e Edge) {
	for v, c := range r.classes {
		if c == e.From {
			r.next[v] = slices.DeleteFunc(r.next[v], func(a arc) bool { return a.Edge.To == e.To })
		}
	}
}

// loop returns a cycle of a length through a class and classes after it, nil if there is
// none of which no two edges exclude each other.
func (r *ring) loop(start, length int) []Edge {
	far := r.distances(start, length)
	tries := 0
	var path []Edge
	on := map[int]bool{}
	var walk func(at int) []Edge
	walk = func(at int) []Edge {
		on[at] = true
		defer delete(on, at)
		for _, a := range r.next[at] {
			left := length - len(path) - 1
			if tries++; tries > patience {
				return nil
			}
			if a.to == start && left == 0 {
				if loop := append(slices.Clone(path), a.Edge); r.graph.meets(loop) {
					return loop
				}
			}
			if d, near := far[a.to]; left > 0 && near && d <= left && a.to != start && !on[a.to] {
				path = append(path, a.Edge)
				if loop := walk(a.to); loop != nil {
					return loop
				}
				path = path[:len(path)-1]
			}
		}
		return nil
	}
	return walk(start)
}

// distances returns how many edges lead back to start, from the classes after it from
// which fewer than limit do.
func (r *ring) distances(start, limit int) map[int]int {
	far := map[int]int{start: 0}
	for queue := []int{start}; len(queue) > 0; queue = queue[1:] {
		v := queue[0]
		if far[v] >= limit {
			break
		}
		for _, w := range r.before[v] {
			if _, known := far[w]; !known && w > start {
				far[w] = far[v] + 1
				queue = append(queue, w)
			}
		}
	}
	return far
}

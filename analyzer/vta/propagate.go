package vta

import (
	"math/bits"
	"slices"

	"github.com/fencelint/fencelint/analyzer/scc"
)

// set is what flows to a node, in order. Nodes to which the same flows mostly share one; nil is
// the empty one.
type set struct {
	props []prop
	seen  int // the component that has it already among what flows to it
}

func (s *set) has(p prop) bool {
	if s == nil || p == 0 {
		return false
	}
	_, found := slices.BinarySearch(s.props, p)
	return found
}

// propagate returns what flows to some nodes.
func propagate(g *graph, wanted []node) []*set {
	next := g.successors()
	components := scc.Components(len(g.inflow), next)
	of := make([]int, len(g.inflow))
	for c, nodes := range components {
		for _, n := range nodes {
			of[n] = c
		}
	}
	// A component comes after those it leads to.
	needed := make([]bool, len(components))
	for _, n := range wanted {
		needed[of[n]] = true
	}
	for c, nodes := range components {
		for _, n := range nodes {
			needed[c] = needed[c] || slices.ContainsFunc(next(n), func(m int) bool { return needed[of[m]] })
		}
	}
	flows := make([]*set, len(components))
	coming := make([][]*set, len(components))
	u := union{words: make([]uint64, g.props/64+1)}
	for c, nodes := range slices.Backward(components) {
		if !needed[c] {
			continue
		}
		for _, n := range nodes {
			u.add(g.initial[n])
		}
		for _, s := range coming[c] {
			if s.seen != c+1 {
				s.seen = c + 1
				u.sets = append(u.sets, s)
			}
		}
		coming[c] = nil
		flows[c] = u.take()
		if flows[c] == nil {
			continue
		}
		for _, n := range nodes {
			for _, m := range next(n) {
				if d := of[m]; d != c && needed[d] {
					coming[d] = append(coming[d], flows[c])
				}
			}
		}
	}
	found := make([]*set, len(wanted))
	for i, n := range wanted {
		found[i] = flows[of[n]]
	}
	return found
}

// successors returns the nodes that each leads to.
func (g *graph) successors() func(int) []int {
	start := make([]int, len(g.inflow)+1)
	for _, e := range g.edges {
		start[e.from]++
	}
	total := 0
	for n, count := range start {
		start[n] = total
		total += count
	}
	to := make([]int, total)
	fill := slices.Clone(start)
	for _, e := range g.edges {
		to[fill[e.from]] = int(e.to)
		fill[e.from]++
	}
	return func(n int) []int { return to[start[n]:start[n+1]] }
}

// union makes sets of others.
type union struct {
	own   []prop
	sets  []*set
	words []uint64 // a bit for each prop, all zero in between
}

func (u *union) add(p prop) {
	if p != 0 {
		u.own = append(u.own, p)
	}
}

// take returns what was added: one of the sets if it has all.
func (u *union) take() *set {
	defer func() { u.own, u.sets = u.own[:0], u.sets[:0] }()
	if len(u.own) == 0 && len(u.sets) <= 1 {
		if len(u.sets) == 0 {
			return nil
		}
		return u.sets[0]
	}
	var largest *set
	low, high := len(u.words), 0
	count := 0
	mark := func(props []prop) {
		for _, p := range props {
			w, bit := int(p/64), uint64(1)<<(p%64)
			if u.words[w]&bit == 0 {
				u.words[w] |= bit
				count++
				low, high = min(low, w), max(high, w)
			}
		}
	}
	mark(u.own)
	for _, s := range u.sets {
		mark(s.props)
		if largest == nil || len(s.props) > len(largest.props) {
			largest = s
		}
	}
	if largest != nil && len(largest.props) == count {
		clear(u.words[low : high+1])
		return largest
	}
	props := make([]prop, 0, count)
	for w := low; w <= high; w++ {
		for word := u.words[w]; word != 0; word &= word - 1 {
			props = append(props, prop(w*64+bits.TrailingZeros64(word)))
		}
		u.words[w] = 0
	}
	return &set{props: props}
}

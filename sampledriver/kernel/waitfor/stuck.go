package waitfor

import "slices"

// Stuck returns the nodes that can never go on among those that start depends on,
// in the order in which they are reached, start first. It returns nil when start
// can go on.
func Stuck(start Node) []Node {
	if hopeful(start, &[]Node{}) {
		return nil
	}
	return reduce(start)
}

// hopeful looks for one way in which n goes on. A yes is right. A no may be wrong,
// because a node that is met again while it is being judged counts as stuck; then
// the slower reduce decides.
func hopeful(n Node, seen *[]Node) bool {
	needs := n.Needs()
	switch needs.How {
	case Nothing:
		return true
	case Never:
		return false
	}
	if slices.Contains(*seen, n) {
		return false
	}
	*seen = append(*seen, n)
	for _, m := range needs.Of {
		ok := hopeful(m, seen)
		if needs.How == Some && ok {
			return true
		}
		if needs.How == Every && !ok {
			return false
		}
	}
	return needs.How == Every
}

// reduce is the graph reduction for resources of several kinds: what can go on is
// crossed out until nothing changes; what remains is stuck.
func reduce(start Node) []Node {
	order, needs := reachable(start)
	free := make(map[Node]bool, len(order))
	for changed := true; changed; {
		changed = false
		for _, n := range order {
			if !free[n] && met(needs[n], free) {
				free[n] = true
				changed = true
			}
		}
	}
	if free[start] {
		return nil
	}
	var stuck []Node
	for _, n := range order {
		if !free[n] {
			stuck = append(stuck, n)
		}
	}
	return stuck
}

func reachable(start Node) ([]Node, map[Node]Needs) {
	needs := map[Node]Needs{start: start.Needs()}
	order := []Node{start}
	for i := 0; i < len(order); i++ {
		for _, m := range needs[order[i]].Of {
			if _, ok := needs[m]; !ok {
				needs[m] = m.Needs()
				order = append(order, m)
			}
		}
	}
	return order, needs
}

func met(needs Needs, free map[Node]bool) bool {
	switch needs.How {
	case Nothing:
		return true
	case Every:
		for _, n := range needs.Of {
			if !free[n] {
				return false
			}
		}
		return true
	case Some:
		for _, n := range needs.Of {
			if free[n] {
				return true
			}
		}
	}
	return false
}

// Cycle returns a shortest way from start through stuck nodes back to a node on it:
// the nodes of the ring, each needing the next and the last the first. Where the
// stuck nodes end in one that is dead, it returns the way there and false.
func Cycle(start Node, stuck []Node) (ring []Node, closed bool) {
	isStuck := make(map[Node]bool, len(stuck))
	for _, n := range stuck {
		isStuck[n] = true
	}
	var best []Node
	for _, n := range stuck {
		if c := shortest(n, isStuck); c != nil && (best == nil || len(c) < len(best)) {
			best = c
		}
	}
	if best != nil {
		return best, true
	}
	return chain(start, isStuck), false
}

// shortest is a breadth-first search from n over stuck nodes back to n.
func shortest(n Node, stuck map[Node]bool) []Node {
	from := map[Node]Node{}
	for queue := []Node{n}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		for _, next := range at.Needs().Of {
			if next == n {
				ring := []Node{at}
				for at != n {
					at = from[at]
					ring = append(ring, at)
				}
				slices.Reverse(ring)
				return ring
			}
			if _, ok := from[next]; !ok && stuck[next] {
				from[next] = at
				queue = append(queue, next)
			}
		}
	}
	return nil
}

func chain(n Node, stuck map[Node]bool) []Node {
	var way []Node
	for n != nil {
		way = append(way, n)
		var next Node
		for _, m := range n.Needs().Of {
			if stuck[m] {
				next = m
				break
			}
		}
		n = next
	}
	return way
}

package flow

import (
	"cmp"
	"slices"
)

// pair are two points, in order.
type pair struct{ first, second point }

func pairOf(p, q point) pair {
	if p.compare(q) > 0 {
		p, q = q, p
	}
	return pair{p, q}
}

func (x pair) compare(y pair) int {
	return cmp.Or(x.first.compare(y.first), x.second.compare(y.second))
}

// hold adds something to what is held, together with what else is.
func (s *state) hold(e entry) {
	for _, other := range s.held {
		if other.at == e.at {
			continue
		}
		both := pairOf(other.at, e.at)
		if i, known := slices.BinarySearchFunc(s.together, both, pair.compare); !known {
			s.together = slices.Insert(s.together, i, both)
		}
	}
	add(&s.held, e)
}

// instead reports whether where one of two is held the other is not: each is there on ways
// of its own only.
func (s *state) instead(e, f entry) bool {
	_, both := slices.BinarySearchFunc(s.together, pairOf(e.at, f.at), pair.compare)
	return e.at != f.at && !both
}

// part forgets that what was acquired at a point is held together with anything, if it is
// not held any more.
func (s *state) part(p point) {
	if slices.ContainsFunc(s.held, func(e entry) bool { return e.at == p }) {
		return
	}
	s.together = slices.DeleteFunc(s.together, func(both pair) bool { return both.first == p || both.second == p })
}

// joinPairs merges two ordered lists.
func joinPairs(a, b []pair) []pair {
	if len(b) == 0 {
		return a
	}
	all := slices.Concat(a, b)
	slices.SortFunc(all, pair.compare)
	return slices.Compact(all)
}

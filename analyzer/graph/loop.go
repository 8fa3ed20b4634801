package graph

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// Between returns the seen edges between what is held, queued or handed around, by the
// classes they leave and lead to: locks, pools, work queues and what channels are to
// each other. What skip refuses does not count.
func (g *Graph) Between(skip Skip) []Edge {
	from := map[summary.Class]bool{}
	for c := range g.holders {
		from[c] = true
	}
	for c := range g.working {
		from[c] = true
	}
	for e := range g.enders {
		from[e.waited()] = true
	}
	for c := range g.owing {
		from[c] = true
	}
	var out []Edge
	add := func(c summary.Class) {
		known := map[summary.Class]bool{}
		for _, e := range slices.Concat(g.SeenBut(c, skip), g.ended(c, byGraph)) {
			if !known[e.To] && between(e.To) && !e.Loose && (e.Witness.Op == nil || !skip(c, Reached{e.Witness.Path, e.Witness.Op})) {
				known[e.To] = true
				out = append(out, e)
			}
		}
	}
	isChannel := func(c summary.Class) bool { return channel(c).Kind == summary.Channel }
	classes := slices.SortedFunc(maps.Keys(from), compareClass)
	for _, c := range classes {
		if between(c) && !isChannel(c) {
			add(c)
		}
	}
	// There are many channels, and few that somebody waits for with anything held.
	reached := map[summary.Class]bool{}
	for _, e := range out {
		reached[e.To] = true
	}
	for _, c := range classes {
		if isChannel(c) && reached[c] {
			add(c)
		}
	}
	slices.SortStableFunc(out, func(a, b Edge) int {
		return cmp.Or(compareClass(a.From, b.From), compareClass(a.To, b.To))
	})
	return out
}

func between(c summary.Class) bool {
	switch c.Kind {
	case summary.Fence, summary.Lock, summary.Pool, summary.WorkQueue, summary.WaitQueue, summary.Channel, summary.Room, summary.WaitGroup, summary.Cond:
		return true
	}
	return false
}

// determines reports whether everybody who has to do with one pool has to do with one
// lock: the lock is global, or reached from where the pool is. A lock that leads to the
// pool may be one of many that do, and whoever holds one of them need not be who the
// holder of another waits for. Both are instances in one function.
func determines(pool, lock string) bool {
	switch {
	case strings.HasPrefix(lock, "."):
		return true
	case pool == "" || lock == "" || strings.HasPrefix(pool, "."):
		return false
	}
	rest, ok := strings.CutPrefix(owner(lock), owner(pool))
	return ok && (rest == "" || rest[0] == '.') && !strings.ContainsAny(rest, "['")
}

// siblings reports whether two objects that a function made are fields of one type: it
// makes one value of that. What is stored in a field as it is made is known by what
// made it, not by the field.
func siblings(x, y summary.Object) bool {
	return x.Param < 0 && y.Param < 0 && owner(x.Class.Name) == owner(y.Class.Name)
}

// owner is what an instance, or a class by its name, is a field of.
func owner(instance string) string {
	if i := strings.LastIndexByte(instance, '.'); i >= 0 {
		return instance[:i]
	}
	return instance
}

package graph

import (
	"cmp"
	"maps"
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Export is an edge as data: what fencelint graph prints.
type Export struct {
	finding.Edge
	// Witness is the way on which the edge was seen: from where From is held or owed to
	// the operation that waits for To. For an edge by contract it is the contract.
	Witness []finding.Step
	// Guards are the locks that are also held wherever the edge is made, where that was
	// asked: for edges on a cycle of locks and the like. Of one that is held for reading
	// the name ends in [ForReading].
	Guards []string
	Loose  bool // see [Edge]
}

// ForReading is how the name of a guard ends that is held for reading.
const ForReading = " shared"

// Export returns all edges of the graph, sorted by From and To. Where two sections
// were found to wait for what only they could give, those edges are among them. Of what
// is needed before a wait for a channel ends only that is which makes a cycle: the two
// ends have one name, and what is so of one of them is not of the other.
func (g *Graph) Export() []Export {
	nodes := map[summary.Class]bool{Reclaim(): true, Notifier(): true}
	add := func(classes ...summary.Class) {
		for _, c := range classes {
			nodes[c] = true
		}
	}
	add(g.fences...)
	for c := range g.holders {
		add(c)
	}
	for c := range g.working {
		add(c)
	}
	for e := range g.enders {
		add(e.class)
	}
	for _, c := range g.carries {
		add(c.Worker)
	}
	seen := map[ends]bool{}
	var out []Export
	put := func(edges []Edge) {
		for _, e := range edges {
			key := ends{channel(e.From), channel(e.To)}
			if !seen[key] {
				seen[key] = true
				out = append(out, Export{
					Edge:    finding.Edge{From: Name(e.From), To: Name(e.To), Provenance: e.Provenance},
					Witness: e.Steps(),
					Guards:  g.guards(e),
					Loose:   e.Loose,
				})
			}
		}
	}
	for _, c := range slices.SortedFunc(maps.Keys(nodes), compareClass) {
		if c.Kind != summary.Channel {
			put(g.Seen(c))
		}
	}
	for e := range seen {
		add(e.to) // what is only waited for has its contract
	}
	put(g.closed)
	for _, c := range slices.SortedFunc(maps.Keys(nodes), compareClass) {
		put(g.Decreed(c))
	}
	slices.SortStableFunc(out, func(a, b Export) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return out
}

// Nodes returns the classes that edges lead between, sorted.
func Nodes(edges []Export) []string {
	var names []string
	for _, e := range edges {
		names = append(names, e.From, e.To)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (g *Graph) guards(e Edge) []string {
	var names []string
	all := g.guarded[ends{e.From, e.To}]
	for _, c := range all.sorted() {
		name := Name(c)
		if !all[c] {
			name += ForReading
		}
		names = append(names, name)
	}
	return names
}

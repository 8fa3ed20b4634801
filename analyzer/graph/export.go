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
	// Instances are those that it is made as, where that was asked: for edges on a cycle of
	// locks and the like.
	Instances []Instance
	Loose     bool // see [Edge]
	Newer     bool // see [Edge]
}

// Instance is an edge as it is made in one way.
type Instance struct {
	From, To End
	// Guards are the locks that are also held wherever it is made, where that was asked. Of
	// one that is held for reading the name ends in [ForReading].
	Guards []string
}

// End is an end of an edge: the type arguments of the generic type whose field it is, the
// field that has that in itself, and whether it is held, or waited for, for reading alone.
type End struct {
	Args summary.TypeArgs
	In   string
	Read bool
	// Writing are, of one that is held for reading, the locks that all hold who take it for
	// writing, as Guards.
	Writing []string
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
					Edge:      finding.Edge{From: Name(e.From), To: Name(e.To), Provenance: e.Provenance},
					Witness:   e.Steps(),
					Instances: g.exported(e),
					Loose:     e.Loose,
					Newer:     e.Newer,
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

// exported returns the instances of an edge, with the guards that were asked for.
func (g *Graph) exported(e Edge) []Instance {
	key := ends{e.From, e.To}
	all := g.instances[key]
	if all == nil {
		all = []instances{{}}
	}
	var out []Instance
	for _, i := range all {
		instance := Instance{
			From:   End{Args: i.from.args, In: i.from.in, Read: i.from.read == summary.True},
			To:     End{Args: i.to.args, In: i.to.in, Read: i.to.read == summary.True},
			Guards: g.guarded[guarded{key, i}].names(),
		}
		if i.from.read == summary.True {
			instance.From.Writing = g.writers[instanceKey{e.From, i.from.args}].names()
		}
		out = append(out, instance)
	}
	return out
}

func (a guards) names() []string {
	var names []string
	for _, c := range a.sorted() {
		name := Name(c)
		if !a[c] {
			name += ForReading
		}
		names = append(names, name)
	}
	return names
}

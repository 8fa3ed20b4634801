package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/report/internal/layered"
)

// picture is a graph of what is waited for while what is held or owed.
type picture struct {
	Width, Height int
	Title         string
	Nodes         []node
	Edges         []link
	Left          string // what was left out, "" where all is drawn
}

type node struct {
	X, Y, Width, Height int // X and Y of the corner
	Class               string
	Name                string
	Full                string
}

// Middle returns where the name of a node stands.
func (n node) Middle() struct{ X, Y int } {
	return struct{ X, Y int }{n.X + n.Width/2, n.Y + n.Height/2 + 4}
}

type link struct {
	Path  string
	Class string
	Title string
}

// rank orders edges from the bottom up.
func (l link) rank() int { return strings.Count(l.Class, "bad") }

// readable is how many edges a picture has at most.
const readable = 400

// cycles draws the edges of the findings, nil where there are none.
func cycles(r *Report) *picture {
	edges := accused(r)
	if len(edges) == 0 {
		return nil
	}
	return r.draw("The cycles of the findings", edges, "in the cycles of the findings")
}

// accused returns the edges of the findings that nobody ignored, each once, with the
// witnesses that the graph knows.
func accused(r *Report) []graph.Export {
	known := make(map[finding.Edge]graph.Export)
	for _, e := range r.Edges {
		known[e.Edge] = e
	}
	var edges []graph.Export
	for i := range r.Findings {
		if r.Findings[i].Suppressed != "" {
			continue
		}
		for _, e := range r.Findings[i].Edges {
			if export, ok := known[e]; ok {
				edges = append(edges, export)
			} else {
				edges = append(edges, graph.Export{Edge: e})
			}
		}
	}
	slices.SortStableFunc(edges, byEnds)
	return slices.CompactFunc(edges, func(a, b graph.Export) bool { return a.Edge == b.Edge })
}

func byEnds(a, b graph.Export) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Provenance, b.Provenance))
}

// order draws what was seen of the whole graph. What holds by contract holds between
// any two fences, so that drawing it would hide the rest.
func order(r *Report) *picture {
	if len(r.Edges) == 0 {
		return nil
	}
	seen := slices.DeleteFunc(slices.Clone(r.Edges), func(e graph.Export) bool { return e.Provenance == finding.ByContract })
	p := r.draw("Everything that was seen", seen, "seen")
	if p.Left != "" {
		return p
	}
	switch n := len(r.Edges) - len(seen); n {
	case 0:
	case 1:
		p.Left = "Not drawn: an edge that holds by contract."
	default:
		p.Left = fmt.Sprintf("Not drawn: %d edges that hold by contract, such as those between any two fences.", n)
	}
	return p
}

// The measures of a node.
const (
	nodeHeight = 30
	nodePad    = 12
	edgeRoom   = 26 // for loops and arrow heads beside the outermost nodes
)

// draw draws edges, of which it says what they are where they are too many.
func (r *Report) draw(title string, edges []graph.Export, what string) *picture {
	if len(edges) > readable {
		return &picture{Title: title, Left: fmt.Sprintf("%d edges are %s, too many for a picture: fencelint graph prints them.", len(edges), what)}
	}
	names := graph.Nodes(edges)
	var sizes []layered.Size
	for _, name := range names {
		sizes = append(sizes, layered.Size{Width: float64(2*nodePad) + letter*float64(len([]rune(model.WithoutPath(name)))), Height: nodeHeight})
	}
	var ways []layered.Edge
	index := func(name string) int { i, _ := slices.BinarySearch(names, name); return i }
	for _, e := range edges {
		ways = append(ways, layered.Edge{From: index(e.From), To: index(e.To)})
	}
	laid := layered.Of(sizes, ways)
	bad := accused(r)
	p := &picture{Title: title, Width: int(laid.Width) + 2*edgeRoom, Height: int(laid.Height) + 2*edgeRoom}
	for i, name := range names {
		n := node{
			X:     int(laid.Nodes[i].X-sizes[i].Width/2) + edgeRoom,
			Y:     int(laid.Nodes[i].Y-sizes[i].Height/2) + edgeRoom,
			Width: int(sizes[i].Width), Height: nodeHeight,
			Name: model.WithoutPath(name), Full: name,
		}
		if !strings.Contains(name, ".") {
			n.Class = "pseudo"
		}
		p.Nodes = append(p.Nodes, n)
	}
	for i, e := range edges {
		l := link{Class: string(e.Provenance), Title: r.witness(&e)}
		if slices.ContainsFunc(bad, func(b graph.Export) bool { return b.Edge == e.Edge }) {
			l.Class += " bad"
		}
		if way := laid.Edges[i]; way != nil {
			l.Path = curve(way)
		} else {
			n := p.Nodes[ways[i].From]
			l.Path = fmt.Sprintf("M%d %dc0 -18 30 -18 30 -1", n.X+n.Width/2-15, n.Y)
		}
		p.Edges = append(p.Edges, l)
	}
	// What is on a cycle is drawn last, above the rest.
	slices.SortStableFunc(p.Edges, func(a, b link) int { return cmp.Compare(a.rank(), b.rank()) })
	return p
}

// apart is how far an edge to the right runs above, and one to the left below, where
// the same edge in the other direction would lie on it.
const apart = 5

// curve leads through points, level at each.
func curve(way []layered.Point) string {
	shift := -apart / 2.
	if way[0].X > way[1].X {
		shift = -shift
	}
	way = slices.Clone(way)
	for i := range way {
		way[i].Y += shift
	}
	var b strings.Builder
	from := way[0]
	fmt.Fprintf(&b, "M%.0f %.0f", from.X+edgeRoom, from.Y+edgeRoom)
	for _, to := range way[1:] {
		middle := (from.X + to.X) / 2
		fmt.Fprintf(&b, "C%.0f %.0f %.0f %.0f %.0f %.0f", middle+edgeRoom, from.Y+edgeRoom, middle+edgeRoom, to.Y+edgeRoom, to.X+edgeRoom, to.Y+edgeRoom)
		from = to
	}
	return b.String()
}

// witness says in words what an edge is, and on which way it was seen.
func (r *Report) witness(e *graph.Export) string {
	lines := []string{model.WithoutPath(e.From) + " -> " + model.WithoutPath(e.To) + ", " + string(e.Provenance)}
	for i := range e.Witness {
		line := said(&e.Witness[i])
		if note := r.noted(&e.Witness[i]); note != "" {
			line += "  " + note
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// Package layered lays a directed graph out in columns, so that most edges lead to
// the right: what nobody waits for on the left, what nobody goes on waiting from on the
// right. It follows Sugiyama: break the cycles, choose columns, order the rows against
// crossings, straighten the edges.
//
// The engines for this that Go can have are either those of Graphviz in WebAssembly,
// which takes every run of the command longer, or the whole of a drawing language.
package layered

import "slices"

// Size is how large a node is.
type Size struct{ Width, Height float64 }

// Edge leads from one node to another, by their indices. Edges from a node to itself
// are for the caller to draw.
type Edge struct{ From, To int }

// Point is a place in the picture; y goes down.
type Point struct{ X, Y float64 }

// Layout is where everything lies.
type Layout struct {
	Size
	Nodes []Point   // the middle of each node
	Edges [][]Point // from the side of one node to that of another, through the columns between
}

// The distances between neighbours.
const (
	columnGap = 70
	rowGap    = 16
)

// Of lays out nodes of the given sizes. It is the same for the same input.
func Of(sizes []Size, edges []Edge) Layout {
	g := newGrid(sizes, edges)
	g.order()
	g.place()
	return g.layout()
}

// cell is a node, or a bend of an edge where it passes through a column.
type cell struct {
	bend        bool
	size        Size
	column, row int
	at          Point
	left, right []*cell // neighbours in the columns beside
}

type grid struct {
	cells   []*cell // the nodes, by index
	columns [][]*cell
	edges   []Edge
	turned  []bool    // edges that close a cycle and lead to the left
	ways    [][]*cell // of each edge, left to right
}

func newGrid(sizes []Size, edges []Edge) *grid {
	g := &grid{edges: edges, turned: make([]bool, len(edges)), ways: make([][]*cell, len(edges))}
	for _, size := range sizes {
		g.cells = append(g.cells, &cell{size: size})
	}
	g.breakCycles()
	g.chooseColumns()
	for i := range edges {
		g.connect(i)
	}
	return g
}

// ends returns where an edge begins on the left and ends on the right.
func (g *grid) ends(edge int) (left, right int) {
	e := g.edges[edge]
	if g.turned[edge] {
		return e.To, e.From
	}
	return e.From, e.To
}

// breakCycles turns the edges that lead back to where a walk came from.
func (g *grid) breakCycles() {
	out := make([][]int, len(g.cells)) // edges, by where they begin
	for i, e := range g.edges {
		out[e.From] = append(out[e.From], i)
	}
	const new, open, done = 0, 1, 2
	state := make([]int, len(g.cells))
	var walk func(n int)
	walk = func(n int) {
		state[n] = open
		for _, i := range out[n] {
			switch to := g.edges[i].To; state[to] {
			case open:
				g.turned[i] = to != n
			case new:
				walk(to)
			}
		}
		state[n] = done
	}
	for n := range g.cells {
		if state[n] == new {
			walk(n)
		}
	}
}

// chooseColumns puts a node right of all that lead to it, and then as near as it can to
// what it leads to.
func (g *grid) chooseColumns() {
	for changed := true; changed; {
		changed = false
		for i := range g.edges {
			if l, r := g.ends(i); l != r && g.cells[r].column <= g.cells[l].column {
				g.cells[r].column = g.cells[l].column + 1
				changed = true
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for n, c := range g.cells {
			if near, ok := g.nearest(n); ok && near-1 > c.column {
				c.column = near - 1
				changed = true
			}
		}
	}
	for _, c := range g.cells {
		g.add(c)
	}
}

// nearest returns the column of the nearest node that n leads to.
func (g *grid) nearest(n int) (column int, ok bool) {
	for i := range g.edges {
		if l, r := g.ends(i); l == n && r != n && (!ok || g.cells[r].column < column) {
			column, ok = g.cells[r].column, true
		}
	}
	return column, ok
}

func (g *grid) add(c *cell) {
	for len(g.columns) <= c.column {
		g.columns = append(g.columns, nil)
	}
	g.columns[c.column] = append(g.columns[c.column], c)
}

// connect makes the way of an edge, with a bend in each column between its ends.
func (g *grid) connect(edge int) {
	l, r := g.ends(edge)
	if l == r {
		return
	}
	way := []*cell{g.cells[l]}
	for column := g.cells[l].column + 1; column < g.cells[r].column; column++ {
		bend := &cell{bend: true, column: column}
		g.add(bend)
		way = append(way, bend)
	}
	way = append(way, g.cells[r])
	for i := 1; i < len(way); i++ {
		way[i-1].right = append(way[i-1].right, way[i])
		way[i].left = append(way[i].left, way[i-1])
	}
	g.ways[edge] = way
}

// layout reads the result off.
func (g *grid) layout() Layout {
	out := Layout{Edges: make([][]Point, len(g.edges))}
	for _, c := range g.cells {
		out.Nodes = append(out.Nodes, c.at)
		out.Width = max(out.Width, c.at.X+c.size.Width/2)
		out.Height = max(out.Height, c.at.Y+c.size.Height/2)
	}
	for i, way := range g.ways {
		for at, c := range way {
			if at > 0 {
				out.Edges[i] = append(out.Edges[i], Point{c.at.X - c.size.Width/2, c.at.Y})
			}
			if at < len(way)-1 {
				out.Edges[i] = append(out.Edges[i], Point{c.at.X + c.size.Width/2, c.at.Y})
			}
			out.Height = max(out.Height, c.at.Y)
		}
		if g.turned[i] {
			slices.Reverse(out.Edges[i])
		}
	}
	return out
}

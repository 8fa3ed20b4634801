package layered

import (
	"cmp"
	"slices"
)

// sweeps is how often the columns are gone through; more do not find better orders in
// graphs that fit on a page.
const sweeps = 12

// order sorts each column by the middle of its neighbours, to and fro, and keeps what
// had the fewest crossings.
func (g *grid) order() {
	g.number()
	best, fewest := g.rows(), g.crossings()
	for sweep := range sweeps {
		side := func(c *cell) []*cell { return c.left }
		columns := slices.Clone(g.columns)
		if sweep%2 == 1 {
			side = func(c *cell) []*cell { return c.right }
			slices.Reverse(columns)
		}
		for _, column := range columns {
			slices.SortStableFunc(column, func(a, b *cell) int {
				return cmp.Compare(middle(a, side(a), rowOf), middle(b, side(b), rowOf))
			})
			for row, c := range column {
				c.row = row
			}
		}
		if n := g.crossings(); n < fewest {
			best, fewest = g.rows(), n
		}
	}
	g.columns = best
	g.number()
}

func (g *grid) number() {
	for _, column := range g.columns {
		for row, c := range column {
			c.row = row
		}
	}
}

func (g *grid) rows() [][]*cell {
	var rows [][]*cell
	for _, column := range g.columns {
		rows = append(rows, slices.Clone(column))
	}
	return rows
}

func rowOf(c *cell) float64 { return float64(c.row) }

// middle is the mean of a value over neighbours, or the cell's own without any.
func middle(c *cell, neighbours []*cell, value func(*cell) float64) float64 {
	if len(neighbours) == 0 {
		return value(c)
	}
	sum := 0.0
	for _, n := range neighbours {
		sum += value(n)
	}
	return sum / float64(len(neighbours))
}

// crossings counts the pairs of edges between neighbouring columns that cross.
func (g *grid) crossings() int {
	n := 0
	for _, column := range g.columns {
		for i, a := range column {
			for _, b := range column[i+1:] {
				for _, toA := range a.right {
					for _, toB := range b.right {
						if toB.row < toA.row {
							n++
						}
					}
				}
			}
		}
	}
	return n
}

// place gives each cell its point: columns side by side, and each row as near to the
// middle of its neighbours as the cells above and below let it be.
func (g *grid) place() {
	x := 0.0
	for _, column := range g.columns {
		wide := 0.0
		for _, c := range column {
			wide = max(wide, c.size.Width)
		}
		y := 0.0
		for _, c := range column {
			if c.bend {
				c.size.Width = wide // an edge is level where it passes nodes
			}
			c.at = Point{x + wide/2, y + c.size.Height/2}
			y += c.size.Height + rowGap
		}
		x += wide + columnGap
	}
	for sweep := range sweeps {
		for i := range g.columns {
			column := g.columns[i]
			if sweep%2 == 1 {
				column = g.columns[len(g.columns)-1-i]
			}
			straighten(column)
		}
	}
	g.moveDown()
}

// straighten moves the cells of a column towards their neighbours. Cells that want to
// be in each other's way form a block, which goes where its members want on average.
func straighten(column []*cell) {
	type block struct {
		sum    float64 // of where its members want its top to be
		height float64
		cells  []*cell
	}
	top := func(b *block) float64 { return b.sum / float64(len(b.cells)) }
	var blocks []*block
	for _, c := range column {
		want := middle(c, slices.Concat(c.left, c.right), func(c *cell) float64 { return c.at.Y })
		last := &block{sum: want - c.size.Height/2, height: c.size.Height + rowGap, cells: []*cell{c}}
		for len(blocks) > 0 {
			above := blocks[len(blocks)-1]
			if top(above)+above.height <= top(last) {
				break
			}
			last = &block{
				sum:    above.sum + last.sum - above.height*float64(len(last.cells)),
				height: above.height + last.height,
				cells:  slices.Concat(above.cells, last.cells),
			}
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, last)
	}
	for _, b := range blocks {
		y := top(b)
		for _, c := range b.cells {
			c.at.Y = y + c.size.Height/2
			y += c.size.Height + rowGap
		}
	}
}

// moveDown has the picture begin at zero.
func (g *grid) moveDown() {
	first := 0.0
	for i, column := range g.columns {
		for j, c := range column {
			if y := c.at.Y - c.size.Height/2; i == 0 && j == 0 || y < first {
				first = y
			}
		}
	}
	for _, column := range g.columns {
		for _, c := range column {
			c.at.Y -= first
		}
	}
}

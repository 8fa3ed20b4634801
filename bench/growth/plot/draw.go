package main

import (
	"image/color"
	"io"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

const (
	width  = 26 * vg.Centimeter
	height = 10 * vg.Centimeter
	gap    = 1 * vg.Centimeter
)

// panel is one of the pictures beside each other.
type panel struct {
	title, label string
	floor, own   func(row) float64
}

// draw writes time and memory, beside each other, as an SVG. All axes are logarithmic: a
// power law is a straight line, and its exponent the slope.
func draw(w io.Writer, rows []row) error {
	panels := []panel{
		{"time", "CPU, s", func(r row) float64 { return r.floorCPU }, func(r row) float64 { return r.ownCPU }},
		{"memory", "largest resident set, MB", func(r row) float64 { return r.floorMemory / 1e6 }, func(r row) float64 { return r.ownMemory / 1e6 }},
	}
	canvas := vgsvg.New(width, height)
	all := vgdraw.New(canvas)
	tiles := vgdraw.Tiles{Rows: 1, Cols: len(panels), PadX: gap, PadTop: gap / 2, PadBottom: gap / 2, PadLeft: gap / 2, PadRight: gap / 2}
	for i, p := range panels {
		one, err := p.plot(rows)
		if err != nil {
			return err
		}
		one.Draw(tiles.At(all, i, 0))
	}
	_, err := canvas.WriteTo(w)
	return err
}

func (p *panel) plot(rows []row) (*plot.Plot, error) {
	one := plot.New()
	one.Title.Text = p.title
	one.X.Label.Text, one.Y.Label.Text = "lines", p.label
	one.X.Scale, one.Y.Scale = plot.LogScale{}, plot.LogScale{}
	one.X.Tick.Marker, one.Y.Tick.Marker = plot.LogTicks{Prec: -1}, plot.LogTicks{Prec: -1}
	one.Legend.Top, one.Legend.Left = true, true
	one.Add(plotter.NewGrid())
	for _, series := range []struct {
		name   string
		colour color.RGBA
		y      func(row) float64
	}{
		{"floor: load, SSA, VTA", color.RGBA{G: 114, B: 178, A: 255}, p.floor},
		{"fencelint beyond the floor", color.RGBA{R: 213, G: 94, A: 255}, p.own},
	} {
		var xy plotter.XYs
		for _, r := range rows {
			if y := series.y(r); y > 0 { // nothing else has a place on the axis
				xy = append(xy, plotter.XY{X: r.lines, Y: y})
			}
		}
		if len(xy) == 0 {
			continue
		}
		line, points, err := plotter.NewLinePoints(xy)
		if err != nil {
			return nil, err
		}
		line.Color, points.Color = series.colour, series.colour
		line.Width = vg.Points(1.5)
		points.Shape = vgdraw.CircleGlyph{}
		one.Add(line, points)
		one.Legend.Add(series.name, line, points)
	}
	return one, nil
}

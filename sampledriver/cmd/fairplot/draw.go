package main

import (
	"fmt"
	"image/color"
	"io"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"

	"github.com/fencelint/fencelint/sampledriver/fairness"
)

const (
	width  = 20 * vg.Centimeter
	height = 10 * vg.Centimeter
	// shortest is where the axis of times begins, in milliseconds.
	shortest = 0.01
	// room is how much wider than the curves the picture is, for the legend.
	room = 1.45
)

// draw writes the curves as an SVG: the longest submission of each of the greedy
// clients, from the luckiest to the unluckiest, and that of the interactive one.
func draw(w io.Writer, title string, curves []curve) error {
	p := plot.New()
	p.Title.Text = title
	p.X.Label.Text = "greedy clients, from the luckiest to the unluckiest"
	p.Y.Label.Text = "longest submission, ms"
	p.Y.Scale = plot.LogScale{}
	p.Y.Tick.Marker = plot.LogTicks{Prec: -1}
	p.Legend.Top = true
	p.Legend.Padding = vg.Points(2)
	p.Legend.XOffs = vg.Points(-4)
	p.Add(plotter.NewGrid())
	clients := 0
	for _, c := range curves {
		clients = max(clients, len(c.longest))
	}
	for _, c := range curves {
		line, err := plotter.NewLine(c.points(clients))
		if err != nil {
			return fmt.Errorf("curve of %s: %w", c.name(), err)
		}
		line.Color = colour(int(c.policy))
		// Where curves lie on each other, the one below shows on both sides.
		line.Width = vg.Points(5 - 1.5*float64(c.policy))
		if c.class == fairness.Interactive {
			line.Dashes = []vg.Length{vg.Points(5), vg.Points(4)}
		} else {
			line.StepStyle = plotter.PostStep
		}
		p.Add(line)
		p.Legend.Add(c.name(), line)
	}
	p.X.Min, p.X.Max = 0, room*float64(clients)
	p.Y.Min, p.Y.Max = shortest, 2*millis(fairness.Duration)
	svg, err := p.WriterTo(width, height, "svg")
	if err != nil {
		return err
	}
	_, err = svg.WriteTo(w)
	return err
}

// points has one step for each client, or a line across for the only one of a class.
func (c curve) points(clients int) plotter.XYs {
	var xy plotter.XYs
	for i, s := range c.longest {
		xy = append(xy, plotter.XY{X: float64(i), Y: millis(s.Took)})
	}
	last := c.longest.Quantile(100)
	return append(xy, plotter.XY{X: float64(clients), Y: millis(last.Took)})
}

// colour tells the policies apart, also for those who see few colours.
func colour(policy int) color.Color {
	colours := [...]color.RGBA{{R: 213, G: 94, A: 255}, {G: 114, B: 178, A: 255}, {G: 158, B: 115, A: 255}}
	return colours[policy%len(colours)]
}

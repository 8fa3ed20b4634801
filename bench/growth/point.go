package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/fencelint/fencelint/bench/internal/measure"
)

// point is what a program of some size takes.
type point struct {
	name            string
	packages, lines int
	floor, whole    figures
	own             figures // beyond the floor: the median of the differences by round
	failed          error
}

// figures are seconds, and bytes.
type figures struct{ wall, cpu, memory float64 }

func newPoint(s *size, floor, whole *measure.Series) point {
	medians := func(s *measure.Series) figures {
		return figures{s.Median(measure.Wall), s.Median(measure.CPU), s.Median(measure.Memory)}
	}
	name := s.name
	if whole.Incomplete {
		name += " (not all of it could be analysed)"
	}
	return point{
		name: name, packages: len(s.program.Patterns), lines: s.lines,
		floor: medians(floor), whole: medians(whole),
		own:    figures{whole.Beyond(floor, measure.Wall), whole.Beyond(floor, measure.CPU), whole.Beyond(floor, measure.Memory)},
		failed: cmp.Or(floor.Err, whole.Err),
	}
}

const heading = "| program | packages | lines | floor: CPU, s | fencelint: CPU, s | own share: CPU, s | floor: wall, s | fencelint: wall, s | floor: memory, MB | fencelint: memory, MB | own share: memory, MB |\n" +
	"|---|---|---|---|---|---|---|---|---|---|---|\n"

func (p *point) print(w io.Writer) {
	if p.failed != nil {
		line, _, _ := strings.Cut(p.failed.Error(), "\n")
		fmt.Fprintf(w, "| %s | %d | %d | %.1f | %s | | %.1f | | %.0f | | |\n", p.name, p.packages, p.lines, p.floor.cpu, line, p.floor.wall, p.floor.memory/1e6)
		return
	}
	fmt.Fprintf(w, "| %s | %d | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.0f | %.0f | %.0f |\n", p.name, p.packages, p.lines,
		p.floor.cpu, p.whole.cpu, p.own.cpu, p.floor.wall, p.whole.wall, p.floor.memory/1e6, p.whole.memory/1e6, p.own.memory/1e6)
}

// law is a power law: y = factor * x^exponent.
type law struct{ factor, exponent float64 }

func (l law) at(x float64) float64 { return l.factor * math.Pow(x, l.exponent) }

// fit returns the law that is nearest to the points by least squares of the logarithms,
// and of how many it is: those with no share of their own tell nothing.
func fit(points []point, y func(*point) float64) (l law, n int) {
	var sx, sy, sxx, sxy float64
	for i := range points {
		if y(&points[i]) <= 0 {
			continue
		}
		lx, ly := math.Log(float64(points[i].lines)), math.Log(y(&points[i]))
		n, sx, sy, sxx, sxy = n+1, sx+lx, sy+ly, sxx+lx*lx, sxy+lx*ly
	}
	if n < 2 {
		return law{}, n
	}
	m := float64(n)
	l.exponent = (m*sxy - sx*sy) / (m*sxx - sx*sx)
	l.factor = math.Exp((sy - l.exponent*sx) / m)
	return l, n
}

// far is the size that the laws are asked about.
const far = 50_000_000

// printFits prints the exponents, and what they come to for a program that nobody runs.
func printFits(w io.Writer, points []point) {
	fmt.Fprintf(w, "\n| | exponent | programs | at %d million lines |\n|---|---|---|---|\n", far/1_000_000)
	for _, row := range []struct {
		name, unit string
		scale      float64
		y          func(*point) float64
	}{
		{"floor, CPU", "h", 3600, func(p *point) float64 { return p.floor.cpu }},
		{"own share, CPU", "h", 3600, func(p *point) float64 { return p.own.cpu }},
		{"floor, memory", "GB", 1e9, func(p *point) float64 { return p.floor.memory }},
		{"own share, memory", "GB", 1e9, func(p *point) float64 { return p.own.memory }},
	} {
		l, n := fit(points, row.y)
		if n < 3 { // a line through two points fits always
			continue
		}
		fmt.Fprintf(w, "| %s | %.2f | %d | %.2f %s |\n", row.name, l.exponent, n, l.at(far)/row.scale, row.unit)
	}
}

// write writes the figures for the plot.
func write(w io.Writer, points []point) {
	fmt.Fprintln(w, "# Written by bench/growth: what whole programs take, in seconds of CPU and bytes.")
	fmt.Fprintln(w, "program\tlines\tfloor cpu\tfencelint cpu\town cpu\tfloor memory\tfencelint memory\town memory")
	for _, p := range points {
		fmt.Fprintf(w, "%s\t%d\t%.2f\t%.2f\t%.2f\t%.0f\t%.0f\t%.0f\n", p.name, p.lines, p.floor.cpu, p.whole.cpu, p.own.cpu, p.floor.memory, p.whole.memory, p.own.memory)
	}
}

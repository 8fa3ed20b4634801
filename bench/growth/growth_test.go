package main

import (
	"errors"
	"math"
	"strings"
	"testing"
)

func TestFit(t *testing.T) {
	var points []point
	for _, lines := range []int{10_000, 50_000, 300_000, 2_000_000} {
		points = append(points, point{lines: lines, own: figures{cpu: 3e-5 * math.Pow(float64(lines), 1.1)}})
	}
	points = append(points, point{lines: 5, own: figures{cpu: -1}}) // lost in the noise
	l, n := fit(points, func(p *point) float64 { return p.own.cpu })
	if n != 4 || math.Abs(l.exponent-1.1) > 1e-9 || math.Abs(l.factor-3e-5) > 1e-12 {
		t.Errorf("got %+v of %d points, want 3e-5 and 1.1 of 4", l, n)
	}
	if got, want := l.at(1000), 3e-5*math.Pow(1000, 1.1); math.Abs(got-want) > 1e-9 {
		t.Errorf("at 1000: %v, want %v", got, want)
	}
	if _, n := fit(points[:1], func(p *point) float64 { return p.own.cpu }); n != 1 {
		t.Errorf("a law of %d points", n)
	}
}

func TestPrintAndWrite(t *testing.T) {
	good := point{name: "p", packages: 2, lines: 1000, floor: figures{1, 2, 3e6}, whole: figures{4, 6, 9e6}, own: figures{3, 4, 6e6}}
	bad := point{name: "q", packages: 1, lines: 10, floor: figures{1, 2, 3e6}, failed: errors.New("took more than 1s\nmore")}
	var b strings.Builder
	good.print(&b)
	bad.print(&b)
	write(&b, []point{good})
	const want = `| p | 2 | 1000 | 2.0 | 6.0 | 4.0 | 1.0 | 4.0 | 3 | 9 | 6 |
| q | 1 | 10 | 2.0 | took more than 1s | | 1.0 | | 3 | | |
# Written by bench/growth: what whole programs take, in seconds of CPU and bytes.
program	lines	floor cpu	fencelint cpu	own cpu	floor memory	fencelint memory	own memory
p	1000	2.00	6.00	4.00	3000000	9000000	6000000
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// TestSizes locates the smallest program of the table.
func TestSizes(t *testing.T) {
	list, err := sizes()
	if err != nil || len(list) < 5 {
		t.Fatalf("%d sizes, %v; want 5 or more", len(list), err)
	}
	s := &list[0]
	if err := s.locate(t.Context(), "", t.TempDir()); err != nil {
		t.Fatal(err)
	}
	if s.lines < 1000 || len(s.program.Patterns) < len(s.packages) {
		t.Errorf("%d lines in %q", s.lines, s.program.Patterns)
	}
}

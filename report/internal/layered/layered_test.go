package layered_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/fencelint/fencelint/report/internal/layered"
)

func boxes(n int) []layered.Size {
	sizes := make([]layered.Size, n)
	for i := range sizes {
		sizes[i] = layered.Size{Width: float64(40 + 10*(i%4)), Height: 20}
	}
	return sizes
}

func TestEmpty(t *testing.T) {
	if got := layered.Of(nil, nil); len(got.Nodes) != 0 || got.Width != 0 || got.Height != 0 {
		t.Errorf("got %+v", got)
	}
}

// A cycle of two: the first lies left of the second, and one edge leads back.
func TestCycle(t *testing.T) {
	got := layered.Of(boxes(2), []layered.Edge{{0, 1}, {1, 0}, {1, 1}})
	if got.Nodes[0].X >= got.Nodes[1].X {
		t.Errorf("nodes at %v", got.Nodes)
	}
	if out, back := got.Edges[0], got.Edges[1]; out[0].X >= out[1].X || back[0].X <= back[1].X {
		t.Errorf("edges %v", got.Edges)
	}
	if got.Edges[2] != nil {
		t.Errorf("an edge from a node to itself is laid out: %v", got.Edges[2])
	}
}

// Two edges that cross as given need not.
func TestCrossing(t *testing.T) {
	got := layered.Of(boxes(4), []layered.Edge{{0, 3}, {1, 2}})
	if (got.Nodes[0].Y < got.Nodes[1].Y) != (got.Nodes[3].Y < got.Nodes[2].Y) {
		t.Errorf("the edges cross: %v", got.Nodes)
	}
}

func TestAnyGraph(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 40 {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			var edges []layered.Edge
			for range 2 * n {
				edges = append(edges, layered.Edge{From: random.IntN(n), To: random.IntN(n)})
			}
			sizes := boxes(n)
			got := layered.Of(sizes, edges)
			if again := layered.Of(sizes, edges); !reflect.DeepEqual(got, again) {
				t.Error("the layout of the same graph differs")
			}
			for i, a := range got.Nodes {
				if a.X-sizes[i].Width/2 < 0 || a.X+sizes[i].Width/2 > got.Width || a.Y-sizes[i].Height/2 < -1e-6 || a.Y+sizes[i].Height/2 > got.Height+1e-6 {
					t.Errorf("node %d at %v lies outside of %v", i, a, got.Size)
				}
				for j, b := range got.Nodes[:i] {
					if abs(a.X-b.X) < (sizes[i].Width+sizes[j].Width)/2 && abs(a.Y-b.Y) < (sizes[i].Height+sizes[j].Height)/2-1e-6 {
						t.Errorf("nodes %d and %d lie on each other: %v, %v", i, j, a, b)
					}
				}
			}
			for i, way := range got.Edges {
				if loop := edges[i].From == edges[i].To; loop != (len(way) == 0) {
					t.Errorf("edge %v has the way %v", edges[i], way)
				} else if !loop && (way[0].Y != got.Nodes[edges[i].From].Y || way[len(way)-1].Y != got.Nodes[edges[i].To].Y) {
					t.Errorf("edge %v does not lead from node to node: %v", edges[i], way)
				}
			}
		})
	}
}

func abs(x float64) float64 { return max(x, -x) }

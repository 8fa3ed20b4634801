package vta

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/model"
)

// node is a place that values flow to and from: a variable, the fields of a type at one index,
// the elements of all slices of a type and so on. There is no node 0.
type node int32

// prop is what is carried along the graph: a type that has methods, or a function. None is 0.
type prop int32

type edge struct{ from, to node }

// graph says what flows where.
type graph struct {
	inflow    []bool // by node, whether anything of interest can flow to it
	reference []bool // whether it is a pointer
	initial   []prop // what is there from the beginning
	edges     []edge
	props     prop // how many there are
}

func (g *graph) add(inflow, reference bool, initial prop) node {
	g.inflow = append(g.inflow, inflow)
	g.reference = append(g.reference, reference)
	g.initial = append(g.initial, initial)
	return node(len(g.inflow) - 1)
}

// flow adds an edge, if its end is a node to which things flow.
func (g *graph) flow(from, to node) {
	if from != 0 && from != to && g.inflow[to] {
		g.edges = append(g.edges, edge{from, to})
	}
}

// assign adds what comes of to = from: if both are pointers, what is stored by one is seen by
// the other.
func (g *graph) assign(to, from node) {
	g.flow(from, to)
	if g.reference[to] && g.reference[from] {
		g.flow(to, from)
	}
}

// typed returns the node of a kind that a type has.
func (b *builder) typed(e *entry, k kind) node {
	if !e.inflow {
		k = source
	}
	if e.nodes[k] == 0 {
		initial := e.receiver
		if k == nested {
			initial = 0
		}
		e.nodes[k] = b.add(e.inflow, e.reference || k == nested, initial)
	}
	return e.nodes[k]
}

// place returns the node that a map has at a key, or that of values of the type if nothing of
// interest flows there.
func place[K comparable](b *builder, of map[K]node, key K, t types.Type) node {
	e := b.types.of(t)
	if !e.inflow {
		return b.typed(e, source)
	}
	n, known := of[key]
	if !known {
		n = b.add(true, e.reference, e.receiver)
		of[key] = n
	}
	return n
}

// value returns the node of a value.
func (b *builder) value(v ssa.Value) node {
	e := b.types.of(v.Type())
	if e.below != nil {
		return b.typed(e.below, nested)
	}
	switch v := v.(type) {
	case *ssa.Const:
		return b.typed(e, constant)
	case *ssa.Function:
		n, known := b.values[v]
		if !known {
			b.props++
			b.functions[v] = b.props
			n = b.add(true, false, b.props)
			b.values[v] = n
		}
		return n
	}
	return place(b, b.values, v, v.Type())
}

// indexed is one of several values that an instruction has.
type indexed struct {
	value ssa.Value
	index int
}

func (b *builder) component(v ssa.Value, index int, t types.Type) node {
	return place(b, b.components, indexed{v, index}, t)
}

// result returns the node of what a function returns.
func (b *builder) result(fn *ssa.Function, index int) node {
	return place(b, b.components, indexed{fn, index}, fn.Signature.Results().At(index).Type())
}

// member is a field of a type.
type member struct {
	of    *entry
	index int
}

// field returns the node of a field of a struct type.
func (b *builder) field(t types.Type, index int) node {
	st, ok := model.Core(t).(*types.Struct)
	if !ok {
		return 0
	}
	return place(b, b.fields, member{b.types.of(t), index}, st.Field(index).Type())
}

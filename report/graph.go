package report

import (
	"cmp"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
)

// GraphFormats returns the formats of [Graph].
func GraphFormats() []string { return []string{"dot", "json"} }

// Graph writes the graph of what is waited for while what is held or owed.
func Graph(format string, w io.Writer, edges []graph.Export, opts Options) error {
	switch format {
	case "dot":
		_, err := io.WriteString(w, dot(edges, nil, &opts))
		return err
	case "json":
		return jsonGraph(w, edges, &opts)
	}
	return fmt.Errorf("unknown format %q: one of %s", format, strings.Join(GraphFormats(), ", "))
}

// drawing is the graph as Graphviz reads it, with what the findings are about in red.
type drawing struct {
	w    io.Writer
	opts Options
	bad  []graph.Export
}

func (d *drawing) Finding(f *finding.Finding) error {
	if f.Suppressed == "" {
		for _, e := range f.Edges {
			d.bad = append(d.bad, graph.Export{Edge: e})
		}
	}
	return nil
}

func (d *drawing) Done(c *Coverage) error {
	slices.SortFunc(d.bad, byEnds)
	d.bad = slices.CompactFunc(d.bad, func(a, b graph.Export) bool { return a.Edge == b.Edge })
	edges := d.bad
	if c.Edges != nil {
		edges = c.Edges()
	}
	if _, err := io.WriteString(d.w, dot(edges, d.bad, &d.opts)); err != nil {
		return fmt.Errorf("write DOT: %w", err)
	}
	return nil
}

func byEnds(a, b graph.Export) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Provenance, b.Provenance))
}

// dot draws edges that were seen as lines, those that hold by contract dashed, and bad
// ones red.
func dot(edges, bad []graph.Export, opts *Options) string {
	var b strings.Builder
	b.WriteString("digraph fencelint {\n\trankdir=LR\n\tnode [shape=box]\n")
	for _, name := range graph.Nodes(edges) {
		fmt.Fprintf(&b, "\t%s [label=%s]\n", strconv.Quote(name), strconv.Quote(path.Base(name)))
	}
	for _, e := range edges {
		style := "solid"
		if e.Provenance == finding.ByContract {
			style = "dashed"
		}
		color := ""
		if slices.ContainsFunc(bad, func(b graph.Export) bool { return b.Edge == e.Edge }) {
			color = ", color=red"
		}
		fmt.Fprintf(&b, "\t%s -> %s [style=%s%s, tooltip=%s]\n", strconv.Quote(e.From), strconv.Quote(e.To), style, color, strconv.Quote(tooltip(e.Witness, opts)))
	}
	b.WriteString("}\n")
	return b.String()
}

// tooltip is the witness of an edge in one line.
func tooltip(steps []finding.Step, opts *Options) string {
	var parts []string
	for _, s := range steps {
		text := s.Text
		if s.Pos.Line > 0 {
			text += fmt.Sprintf(" (%s:%d)", opts.file(s.Pos.File), s.Pos.Line)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " -> ")
}

type jsonEdge struct {
	finding.Edge
	Witness []jsonStep `json:"witness"`
}

func jsonGraph(w io.Writer, edges []graph.Export, opts *Options) error {
	out := []jsonEdge{}
	for _, e := range edges {
		out = append(out, jsonEdge{e.Edge, opts.steps(e.Witness)})
	}
	return encode(w, struct {
		Version int        `json:"version"`
		Edges   []jsonEdge `json:"edges"`
	}{1, out})
}

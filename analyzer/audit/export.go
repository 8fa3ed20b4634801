package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Exporter is a function through which fences leave: once it has returned, others can
// reach the fence, and wait for it wherever waiting for a fence is allowed.
type Exporter struct {
	Name  string // as other packages call it
	Pos   model.Pos
	Calls []finding.Step // in the analysed code, by position
}

// Exporters returns the functions that publish fences, by name.
func Exporters(set *model.Set, funcs []*summary.Summary) []Exporter {
	calls := make(map[string][]finding.Step)
	for _, s := range funcs {
		for i := range s.Ops {
			if op := &s.Ops[i]; op.Kind == summary.OpPublish {
				calls[op.Callee] = append(calls[op.Callee], graph.OpStep(s, op))
			}
		}
	}
	var all []Exporter
	for name, c := range set.Contracts() {
		if !slices.ContainsFunc(c.Effects, func(e model.Effect) bool { return e.Kind == model.Publishes }) {
			continue
		}
		at := calls[name]
		slices.SortStableFunc(at, func(a, b finding.Step) int { return comparePos(a.Pos, b.Pos) })
		all = append(all, Exporter{graph.ShortFunc(name), c.Pos, at})
	}
	return all
}

// Remark says what the absence of cycles of which every edge was seen rests on: whether
// reclaim waits for a fence anywhere at all, and how fences get to code that may.
func Remark(g *graph.Graph, exporters []Exporter) string {
	sections := Reclaiming(g)
	text := "no reclaim path in these packages waits for a fence"
	if waits := waits(g, sections); len(waits) > 0 {
		text = "reclaim waits for " + strings.Join(waits, ", ") + ", and no cycle through that was seen"
	} else if n := len(blind(g, sections)); n > 0 {
		text += fmt.Sprintf(", unless one of %d unresolved calls below reclaim does", n)
	}
	var names []string
	for _, e := range exporters {
		names = append(names, e.Name)
	}
	if len(names) == 0 {
		return text + "; no function here publishes a fence"
	}
	return text + "; fences leave through: " + strings.Join(names, ", ")
}

// Reclaiming returns the sections that are in reclaim or in a notifier.
func Reclaiming(g *graph.Graph) []*reach.Section {
	var all []*reach.Section
	for _, sec := range g.Sections().All {
		if sec.Context.Any(model.Reclaim | model.Notifier) {
			all = append(all, sec)
		}
	}
	return all
}

// waits names the fences that sections wait for, and where.
func waits(g *graph.Graph, sections []*reach.Section) []string {
	var all []string
	for _, sec := range sections {
		for _, r := range g.Below(sec) {
			if r.Op.Kind == summary.OpWait && r.Class().Kind == summary.Fence && !r.Op.Try {
				all = append(all, graph.ShortName(graph.Named(r.Class()))+" in "+name(sec.Root()))
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

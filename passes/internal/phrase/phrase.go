// Package phrase puts what several passes say of an occurrence into words.
package phrase

import (
	"fmt"
	"strings"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Words is what a pass says of the occurrences of one rule.
type Words struct {
	Message func(*judge.Occurrence) string
	Help    func(*judge.Occurrence) string
}

// Findings puts the occurrences of a pass's rules into its words.
func Findings(r *analyzer.Result, rules map[string]Words) []finding.Finding {
	var found []finding.Finding
	for _, o := range r.Occurrences() {
		words, ok := rules[o.Rule]
		if !ok {
			continue
		}
		f := o.Finding
		f.Generated = r.Generated[f.Pos.File]
		f.Message, f.Help = words.Message(&o), words.Help(&o)
		found = append(found, f)
	}
	return found
}

// Always is help that does not depend on the occurrence.
func Always(help string) func(*judge.Occurrence) string {
	return func(*judge.Occurrence) string { return help }
}

// Class is a class as a reader calls it.
func Class(c summary.Class) string {
	if c == graph.AnyFence() {
		return "a fence"
	}
	if c.Name == "" {
		return "something unknown"
	}
	return graph.ShortName(c)
}

// Fence is what a signalling section owes: the fence that the cycle is about, or all
// in sight.
func Fence(o *judge.Occurrence) string {
	if len(o.Cycle) > 0 {
		return Class(o.Cycle[0])
	}
	var names []string
	for _, c := range o.Owed {
		names = append(names, Class(c))
	}
	return strings.Join(names, ", ")
}

// Before names the moment before which a section owes nothing yet: "before
// sj.Arm(t) in (*queue).launch publishes JobFence".
func Before(o *judge.Occurrence) string {
	at := o.Published
	if o.Opened == judge.ByPublish && len(o.Lanes) > 0 && len(o.Lanes[0].Steps) > 0 {
		at = o.Lanes[0].Steps[:1] // the very section begins there
	}
	switch {
	case len(at) == 0 && Fence(o) == "":
		return "before the fence is published"
	case len(at) == 0:
		return "before " + Fence(o) + " is published"
	}
	text := "before " + at[0].Text + " in " + at[0].Func
	switch others := len(at) - 1; others {
	case 0:
	case 1:
		text += ", or " + at[1].Text + " in " + at[1].Func + ","
	default:
		text += fmt.Sprintf(", or one of %d others,", others)
	}
	if fence := Fence(o); fence != "" {
		return text + " publishes " + fence
	}
	return text
}

// Context says under what the operation runs: "while ROOT owes FENCE".
func Context(o *judge.Occurrence) string {
	switch {
	case o.Opened == judge.ByWorker && o.Worker.Name != "":
		return "on " + Class(o.Worker) + ", an ordered queue, while " + o.Delays + " must wait for its turn to have a fence signal"
	case o.Opened == judge.ByWorker:
		return "in the loop of " + o.Root + ", while " + o.Delays + " must wait for its turn to have a fence signal"
	case o.Context == model.Signalling:
		return "while " + o.Root + " owes " + Fence(o)
	case o.Opened == judge.BySpinLock:
		return "under the spin lock that " + o.Root + " holds"
	case o.Opened == judge.ByRegion || o.Opened == judge.ByCaller:
		return "in the " + o.Context.String() + " section of " + o.Root
	default:
		return "in " + o.Root + ", which runs " + o.Context.String()
	}
}

// Cycle is the cycle after a colon, nothing for a breach.
func Cycle(o *judge.Occurrence) string {
	if len(o.Cycle) == 0 {
		return ""
	}
	var names []string
	for _, c := range o.Cycle {
		names = append(names, graph.ShortName(c))
	}
	return ": " + strings.Join(append(names, names[0]), " -> ")
}

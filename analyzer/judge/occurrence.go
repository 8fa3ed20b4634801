package judge

import (
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Opened says what put code into a context.
type Opened uint8

// The ways into a context.
const (
	ByContract Opened = iota // the root's own contract, or that of what it implements
	ByRegion                 // a call that enters the context
	ByPublish                // a call that publishes the fence
	ByDuty                   // the root was given the fence that it signals
	BySpinLock               // a spin lock is held
	ByCaller                 // whoever runs the callback runs it there
	ByWorker                 // it shares a worker with signalling code, and is in no context itself
)

// Occurrence is a finding without words, and what a pass needs to find them.
type Occurrence struct {
	finding.Finding
	Context   model.Context   // the one context that the rule is about, 0 if it is about none
	Opened    Opened          // what put the root into the context
	Op        summary.OpKind  // what breaks the rule
	What      string          // its source
	Callee    string          // the annotated function called, "" for an operation of the language
	On        summary.Class   // what it waits for, takes, signals
	Owed      []summary.Class // the fences owed, where the context is signalling
	Published []finding.Step  // where the fence that is owed is published, as far as that is in sight
	Cycle     []summary.Class // the classes of the cycle, from what is owed on; nil for a breach
	Bounded   bool            // it ends by itself
	Delays    string          // by worker: the signalling function that waits for its turn
	Worker    summary.Class   // by worker: the queue they share, without a name for a loop
	Promise   string          // the contract that the body does not keep to; bad-directive: "" if it is its own
	Turn      bool            // missing-unlock: at the end of a turn of a loop
	Kept      bool            // missing-unlock: no way through the function gives it back, nor does anybody for it
	Recovered string          // missing-unlock: at a panic from which this function recovers
	Also      []summary.Class // missing-unlock: the other locks that the same return leaves held
	Through   string          // missing-unlock: the variable, nil by then, through which a deferred literal releases it
	Holder    string          // the function that took what is held, where the root is not known to have
	Waiter    string          // the function that waits for a predicate, where the rule is about one
	Branch    string          // the field that is written, or the source of the branch that is taken
	BranchPos model.Pos       // where that branch is
	Breaks    []finding.Edge  // the edges that the operation makes, in whatever section
}

func opened(s *reach.Section) Opened {
	switch {
	case s.Call != nil || s.Spawn != nil:
		return ByCaller
	case s.Region == nil:
		return ByContract
	case s.Region.Kind == summary.Published:
		return ByPublish
	case s.Region.Kind == summary.Owed:
		return ByDuty
	case s.Region.Kind == summary.SpinHeld:
		return BySpinLock
	default:
		return ByRegion
	}
}

// edges puts a way through the graph into the words of a finding.
func edges(way []graph.Edge) []finding.Edge {
	out := make([]finding.Edge, len(way))
	for i, e := range way {
		out[i] = finding.Edge{From: graph.Name(e.From), To: graph.Name(e.To), Provenance: e.Provenance}
	}
	return out
}

// verdict is how much of a cycle was seen.
func verdict(cycle []graph.Edge) finding.Verdict {
	switch {
	case len(cycle) == 0:
		return finding.Breach
	case graph.Provenance(cycle) == finding.ByContract:
		return finding.Contract
	default:
		return finding.Cycle
	}
}

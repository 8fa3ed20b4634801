package allocctx

import (
	"golang.org/x/tools/go/analysis"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/passes/internal/emit"
	"github.com/fencelint/fencelint/passes/internal/phrase"
)

// Analyzer is the pass.
var Analyzer = &analysis.Analyzer{
	Name:     "allocctx",
	Doc:      "find allocations that may wait for memory where nothing may: in code that must signal a fence, in reclaim, in atomic context",
	Requires: emit.Requires,
	Run:      emit.Run(Findings),
}

// Rules are the rules that the pass looks for.
func Rules() []string {
	return []string{"alloc-in-signalling", "alloc-in-reclaim", "alloc-in-atomic", "lock-in-reclaim", "gfp-dropped", "heap-in-noheap"}
}

// Findings returns what the pass says of a result.
func Findings(r *analyzer.Result) []finding.Finding {
	return phrase.Findings(r, words())
}

// words are what the pass says of each of its rules.
func words() map[string]phrase.Words {
	return map[string]phrase.Words{
		"alloc-in-signalling": {Message: alloc, Help: signallingHelp},
		"alloc-in-reclaim": {Message: alloc, Help: phrase.Always(
			"reserve the memory when the object is created, or allocate with NoWait and cope when it fails")},
		"alloc-in-atomic": {Message: atomic, Help: atomicHelp},
		"lock-in-reclaim": {Message: lock, Help: lockHelp},
		"heap-in-noheap":  {Message: heap, Help: heapHelp},
		"gfp-dropped": {Message: dropped, Help: phrase.Always(
			"pass the parameter on; setting or clearing bits of it derives from it; if callers have no say, drop the parameter")},
	}
}

func alloc(o *judge.Occurrence) string {
	if o.Level == finding.Note {
		return o.What + " may fail " + phrase.Context(o) + ", and its failure is not shown to reach the signal"
	}
	return o.What + " may enter reclaim " + phrase.Context(o) + phrase.Cycle(o)
}

func signallingHelp(o *judge.Occurrence) string {
	const orElse = "; with NoWait, handle the failure so that the fence still signals"
	if o.Opened == judge.ByPublish {
		return "allocate " + phrase.Before(o) + orElse
	}
	return "reserve the memory " + phrase.Before(o) + ", and pass it along, or work in place" + orElse
}

func atomic(o *judge.Occurrence) string { return o.What + " may sleep for memory " + phrase.Context(o) }

func atomicHelp(o *judge.Occurrence) string {
	if o.Opened == judge.BySpinLock {
		return "allocate before the spin lock is taken, or with flags that do not reclaim"
	}
	return "allocate beforehand, with flags that do not reclaim, or in work queued from here"
}

func lock(o *judge.Occurrence) string {
	return o.What + " takes " + phrase.Class(o.On) + " " + phrase.Context(o) + phrase.Cycle(o)
}

func lockHelp(o *judge.Occurrence) string {
	if o.Verdict == finding.Contract {
		return "try " + phrase.Class(o.On) + " and skip what is busy: others allocate while they hold it"
	}
	return "try " + phrase.Class(o.On) + " and skip what is busy, or move the right lane's allocation out of it"
}

func dropped(o *judge.Occurrence) string {
	return o.What + " allows reclaim whatever flags " + o.Func + " was given"
}

func heap(o *judge.Occurrence) string {
	switch o.Callee {
	case "":
		return o.What + " is on the Go heap " + phrase.Context(o)
	case "the standard library":
		return o.What + " may allocate on the Go heap " + phrase.Context(o) + ": nobody looks into the standard library"
	}
	return o.What + " may allocate on the Go heap " + phrase.Context(o)
}

func heapHelp(o *judge.Occurrence) string {
	switch o.Callee {
	case "":
		return "keep it from escaping (go build -gcflags=-m says why it does), or make it once, before"
	case "the standard library":
		return "do it before or after; a function that is known not to allocate is //fencelint:runs noheap in a model file"
	}
	return "make room once, before, and work in place"
}

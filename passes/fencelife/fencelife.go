package fencelife

import (
	"golang.org/x/tools/go/analysis"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/passes/internal/emit"
	"github.com/fencelint/fencelint/passes/internal/phrase"
)

// Analyzer is the pass.
var Analyzer = &analysis.Analyzer{
	Name:     "fencelife",
	Doc:      "find paths on which a published fence is neither signalled nor handed over",
	Requires: emit.Requires,
	Run:      emit.Run(Findings),
}

// Rules are the rules that the pass looks for.
func Rules() []string { return []string{"never-signalled", "fail-after-publish"} }

// Findings returns what the pass says of a result.
func Findings(r *analyzer.Result) []finding.Finding {
	return phrase.Findings(r, words())
}

// words are what the pass says of each of its rules.
func words() map[string]phrase.Words {
	return map[string]phrase.Words{
		"never-signalled": {Message: never, Help: neverHelp},
		"fail-after-publish": {Message: failed, Help: phrase.Always(
			"do what can fail before the fence is published, or signal it with the error on the way out")},
	}
}

func never(o *judge.Occurrence) string {
	s := o.Root + " returns without signalling or handing over " + phrase.Class(o.On)
	if o.Promise != "" {
		return s + ", which the directives of " + graph.ShortFunc(o.Promise) + " say that it does"
	}
	return s + ", which it has published"
}

func neverHelp(o *judge.Occurrence) string {
	if o.Promise != "" {
		return "signal it here, with an error if need be, or hand it to a function that takes it; callers rely on it: if they need not, the directive says too much"
	}
	return "signal it on this path, with an error if need be, or hand it to a function that takes it; a defer right after publishing is the shortest proof"
}

func failed(o *judge.Occurrence) string {
	return o.Root + " fails after it has published " + phrase.Class(o.On) + ", and leaves it unsignalled"
}

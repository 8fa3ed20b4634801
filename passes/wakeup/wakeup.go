package wakeup

import (
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/passes/internal/emit"
	"github.com/fencelint/fencelint/passes/internal/phrase"
)

// Analyzer is the pass.
var Analyzer = &analysis.Analyzer{
	Name:     "wakeup",
	Doc:      "find changes of what a predicate reads that nobody is woken for, and waits that spin",
	Requires: emit.Requires,
	Run:      emit.Run(Findings),
}

// Rules are the rules that the pass looks for.
func Rules() []string { return []string{"wake-missing", "wait-spins"} }

// Findings returns what the pass says of a result.
func Findings(r *analyzer.Result) []finding.Finding {
	return phrase.Findings(r, words())
}

// words are what the pass says of each of its rules.
func words() map[string]phrase.Words {
	return map[string]phrase.Words{
		"wake-missing": {Message: missing, Help: phrase.Always(
			"wake the queue after the change, in the same function or in every caller of it; where the change can only make the predicate false, write it so that this shows (a constant, or one step up or down)")},
		"wait-spins": {Message: spins, Help: phrase.Always(
			"ask inside the predicate, and have whoever changes the answer wake the queue; or wait for the fence of what has to happen first")},
	}
}

func missing(o *judge.Occurrence) string {
	return o.What + " changes " + model.WithoutPath(o.Branch) + ", which " + o.Waiter + " waits for, and no wake of " + phrase.Class(o.On) + " follows on some path"
}

func spins(o *judge.Occurrence) string {
	return o.Waiter + " comes back to its wait on " + phrase.Class(o.On) + " by the branch at line " + strconv.Itoa(o.BranchPos.Line) +
		", which its predicate does not ask about: it goes round without waiting"
}

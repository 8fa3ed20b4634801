package waitcycle

import (
	"cmp"

	"golang.org/x/tools/go/analysis"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/passes/internal/emit"
	"github.com/fencelint/fencelint/passes/internal/phrase"
)

// Analyzer is the pass.
var Analyzer = &analysis.Analyzer{
	Name:     "waitcycle",
	Doc:      "find cycles of locks, pools, queues and waits",
	Requires: emit.Requires,
	Run:      emit.Run(Findings),
}

// Rules are the rules that the pass looks for.
func Rules() []string {
	return []string{
		"lock-order", "double-lock", "read-lock-recursion", "missing-unlock", "wait-under-lock",
		"wait-cycle", "no-partner", "pool-cycle", "queue-cycle",
	}
}

// Findings returns what the pass says of a result.
func Findings(r *analyzer.Result) []finding.Finding {
	return phrase.Findings(r, words())
}

func words() map[string]phrase.Words {
	return map[string]phrase.Words{
		"lock-order": {Message: held, Help: phrase.Always(
			"take the locks in one order everywhere, or release the first before the second is taken")},
		"double-lock": {Message: again, Help: phrase.Always(
			"split off what is called with the lock held into a function that says so and does not take it")},
		"read-lock-recursion": {Message: readAgain, Help: phrase.Always(
			"take the share once and pass on that it is held: a writer that comes in between waits for the first and is waited for by the second")},
		"missing-unlock": {Message: unlock, Help: unlockHelp},
		"wait-under-lock": {Message: held, Help: phrase.Always(
			"release the lock before the wait, or have who ends the wait do so without the lock")},
		"wait-cycle": {Message: circle, Help: phrase.Always(
			"let one of them go on without the other: a buffer that holds all that can be on the way, a select with another case, or a goroutine of its own for the wait")},
		"no-partner": {Message: alone, Help: phrase.Always(
			"make sure that somebody is left on every path: close the channel or call Done in a defer, give the channel room for what may still be sent, or let the wait end with a context")},
		"pool-cycle":  {Message: pool, Help: poolHelp},
		"queue-cycle": {Message: held, Help: queueHelp},
	}
}

func held(o *judge.Occurrence) string {
	first := o.Cycle[0]
	s := o.What + " " + verb(o) + " " + phrase.Class(o.On)
	switch first.Kind {
	case summary.Lock:
		s += " while " + holder(o) + " holds " + phrase.Class(first)
	case summary.Pool:
		s += " before a slot of " + phrase.Class(first) + " comes back"
	case summary.WorkQueue:
		s += " in work on " + phrase.Class(first)
	default:
		s += " before what ends waits for " + phrase.Class(first)
	}
	return s + phrase.Cycle(o)
}

// holder is the function that took what is held.
func holder(o *judge.Occurrence) string { return cmp.Or(o.Holder, o.Root) }

func verb(o *judge.Occurrence) string {
	switch {
	case o.Op == summary.OpFlush:
		return "waits for the work on"
	case o.On.Kind == summary.Lock:
		return "takes"
	case o.On.Kind == summary.Pool:
		return "waits for a slot of"
	default:
		return "waits for"
	}
}

func again(o *judge.Occurrence) string {
	return o.What + " takes " + phrase.Class(o.On) + ", which " + holder(o) + " holds: the same lock, not another of its class"
}

func circle(o *judge.Occurrence) string {
	return o.What + " waits for " + phrase.Class(o.On) + ", which only who waits for " + o.Root + " could end" + phrase.Cycle(o)
}

func alone(o *judge.Occurrence) string {
	return o.What + " in " + o.Root + " waits for " + phrase.Class(o.On) + " with nobody left to end the wait"
}

func readAgain(o *judge.Occurrence) string {
	return o.What + " takes a share of " + phrase.Class(o.On) + ", of which " + holder(o) +
		" holds one: a writer in between blocks both"
}

func unlock(o *judge.Occurrence) string {
	if o.Through != "" {
		return o.Root + " leaves " + phrase.Class(o.On) + " held: what is deferred would release it through " + o.Through + ", which is nil by then"
	}
	locks := phrase.Class(o.On)
	for _, also := range o.Also {
		locks += " and " + phrase.Class(also)
	}
	if o.Recovered != "" {
		return o.Root + " panics with " + locks + " held, which its returns have released, and " + o.Recovered + " recovers"
	}
	if o.Turn {
		return o.Root + " goes on with the next turn of a loop while it holds " + locks + ", which other turns have released"
	}
	if o.Kept {
		return o.Root + " returns with " + locks + " held, which nobody in sight gives back for it"
	}
	return o.Root + " returns with " + locks + " held, which other returns have released"
}

func unlockHelp(o *judge.Occurrence) string {
	if o.Through != "" {
		return "have what is deferred use a variable of its own: a return sets the results before deferred calls run"
	}
	return "release the lock on this path too; a defer right after taking it is the shortest proof"
}

func pool(o *judge.Occurrence) string {
	if len(o.Cycle) > 1 {
		return held(o)
	}
	return o.What + " waits for a slot of " + phrase.Class(o.On) + " while " + o.Root +
		" has one: all can be with those who wait for another" + phrase.Cycle(o)
}

func poolHelp(o *judge.Occurrence) string {
	if len(o.Cycle) == 1 {
		return "take all the slots that are needed in one step, or give back what there is before waiting for more"
	}
	for _, c := range o.Cycle {
		if c.Kind != summary.Pool {
			return "take the slot before " + phrase.Class(c) + ", or give slots back without it"
		}
	}
	return "take slots of the pools in one order everywhere, or take the second one by trying and give the first back"
}

func queueHelp(o *judge.Occurrence) string {
	if o.Op == summary.OpFlush {
		return "cancel instead of flushing, or flush from where nothing is held that the work needs"
	}
	return "let the later work do what comes after the wait, or put it on a queue of its own"
}

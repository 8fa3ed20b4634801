package fencesignal

import (
	"golang.org/x/tools/go/analysis"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/passes/internal/emit"
	"github.com/fencelint/fencelint/passes/internal/phrase"
)

// Analyzer is the pass.
var Analyzer = &analysis.Analyzer{
	Name:     "fencesignal",
	Doc:      "find what keeps a fence from being signalled: waits, blocking, sleeping and locks in the code that must signal it",
	Requires: emit.Requires,
	Run:      emit.Run(Findings),
}

// Rules are the rules that the pass looks for.
func Rules() []string {
	return []string{
		"wait-in-signalling", "block-in-signalling", "sleep-in-signalling", "lock-in-signalling",
		"sleep-in-atomic", "block-in-reclaim", "no-rescuer",
	}
}

// Findings returns what the pass says of a result.
func Findings(r *analyzer.Result) []finding.Finding {
	return phrase.Findings(r, words())
}

// words are what the pass says of each of its rules.
func words() map[string]phrase.Words {
	return map[string]phrase.Words{
		"wait-in-signalling":  {Message: wait, Help: waitHelp},
		"block-in-signalling": {Message: block, Help: blockHelp},
		"sleep-in-signalling": {Message: sleep, Help: phrase.Always(
			"signal first and sleep then; where the device needs time, let a timer or an interrupt come back to it")},
		"lock-in-signalling": {Message: lock, Help: lockHelp},
		"sleep-in-atomic":    {Message: sleep, Help: atomicHelp},
		"block-in-reclaim":   {Message: block, Help: reclaimHelp},
		"no-rescuer": {Message: rescuer, Help: phrase.Always(
			"mark the queue //fencelint:workqueue rescuer once it has a worker before the first fence is published, or signal from a queue that has one")},
	}
}

func wait(o *judge.Occurrence) string {
	s := o.What + " waits for " + phrase.Class(o.On) + " " + phrase.Context(o)
	if o.Bounded {
		return s + ", for a bounded time"
	}
	return s + phrase.Cycle(o)
}

func waitHelp(o *judge.Occurrence) string {
	if o.Bounded {
		return "ask whether the fence has signalled instead of waiting, or come back from its callback"
	}
	if o.Verdict == finding.Contract {
		return "wait " + phrase.Before(o) + "; nobody may assume that " + phrase.Class(o.On) + " does not depend on " + phrase.Fence(o)
	}
	return "wait " + phrase.Before(o) + ", or make it a dependency that is waited for before the section begins"
}

func block(o *judge.Occurrence) string {
	s := o.What + " "
	switch {
	case o.Op == summary.OpFlush:
		s += "waits for the work on " + phrase.Class(o.On)
	case o.On.Kind == summary.Pool:
		s += "waits for a slot of " + phrase.Class(o.On)
	case o.On.Kind == summary.Outside:
		s += "waits for something outside the program"
	case o.On.Kind == summary.Fence:
		s += "waits for " + phrase.Class(o.On)
	default:
		s += "blocks on " + phrase.Class(o.On)
	}
	s += " " + phrase.Context(o)
	if o.Bounded {
		return s + ", for a bounded time"
	}
	return s + phrase.Cycle(o)
}

func blockHelp(o *judge.Occurrence) string {
	switch {
	case o.Opened == judge.ByWorker:
		return "do it on a queue of its own, or hand over what takes long; " + o.Delays + " runs only when this is done"
	case o.Bounded:
		return "a bounded stall delays every waiter of the fence: move it out of the section if it can be"
	case o.On.Kind == summary.Pool:
		return "take the slot " + phrase.Before(o) + ", and pass it along, or try and put the job back"
	case o.Op == summary.OpFlush:
		return "cancel idle work instead of flushing, or flush " + phrase.Before(o)
	case o.On.Kind == summary.Outside:
		return "do it " + phrase.Before(o) + ", or after it has signalled"
	default:
		return "nothing says that this ends: ask without blocking (select with default), or move it out of the section"
	}
}

func sleep(o *judge.Occurrence) string {
	verb := " may sleep "
	switch {
	case o.Op == summary.OpAcquire && o.On.Kind == summary.Lock:
		verb = " takes the sleeping lock " + phrase.Class(o.On) + " "
	case o.Op == summary.OpSleep:
		verb = " sleeps "
	}
	return o.What + verb + phrase.Context(o)
}

func atomicHelp(o *judge.Occurrence) string {
	if o.Opened == judge.BySpinLock {
		return "do it before the spin lock is taken or after it is released, or make the lock a mutex"
	}
	return "hand it to a work queue; where the context allows failure, try instead of waiting"
}

func lock(o *judge.Occurrence) string {
	return o.What + " takes " + phrase.Class(o.On) + " " + phrase.Context(o) + phrase.Cycle(o)
}

func lockHelp(o *judge.Occurrence) string {
	if o.Verdict == finding.Contract && len(o.Cycle) == 2 {
		return "no section may take " + phrase.Class(o.On) + ": others wait for fences while they hold it; take it " + phrase.Before(o) + ", or try it"
	}
	return "split off a narrow lock for what the section needs, or move the right lane's wait out of " + phrase.Class(o.On)
}

func reclaimHelp(o *judge.Occurrence) string {
	if o.Op == summary.OpFlush {
		return "give the queue a rescuer (//fencelint:workqueue rescuer), or skip what is busy and report what was freed"
	}
	if o.Context == model.Notifier {
		return "a notifier may wait for fences and nothing else: try, and return that it must be called again"
	}
	return "skip what is busy and report what was freed"
}

func rescuer(o *judge.Occurrence) string {
	return o.What + " has " + o.Root + " signal " + phrase.Fence(o) + " from " + phrase.Class(o.On) +
		", a queue without rescuer" + phrase.Cycle(o)
}

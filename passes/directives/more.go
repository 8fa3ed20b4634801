package directives

import (
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/passes/internal/phrase"
)

// more says what a body does besides what its directives say.
func more(o *judge.Occurrence) string {
	s := o.What + " " + does(o) + ", which the directives of "
	if o.Promise == "" {
		return s + o.Root + " do not say"
	}
	return s + graph.ShortFunc(o.Promise) + ", which " + o.Root + " inherits, do not say"
}

func does(o *judge.Occurrence) string {
	switch {
	case o.Op == summary.OpAlloc:
		return "may enter reclaim"
	case o.Op == summary.OpSleep:
		return "sleeps"
	case o.Op == summary.OpFlush:
		return "waits for the work on " + phrase.Class(o.On)
	case o.On.Kind == summary.Pool:
		return "waits for a slot of " + phrase.Class(o.On)
	case o.On.Kind == summary.Outside:
		return "waits for something outside the program"
	default:
		return "waits for " + phrase.Class(o.On)
	}
}

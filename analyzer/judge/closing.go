package judge

import (
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// closing is the sentence that closes a cycle: what the left lane waits for, and how
// that comes back to it.
func closing(cycle []graph.Edge) string {
	if len(cycle) == 0 {
		return ""
	}
	owed := graph.ShortName(cycle[0].From)
	parts := []string{"the left waits for " + object(cycle[0].To)}
	if w := cycle[0].Witness; w != nil && w.Full {
		parts[0] += " once it is full"
	}
	for _, e := range cycle[1:] {
		parts = append(parts, half(e))
	}
	switch cycle[0].From.Kind {
	case summary.Fence:
		parts = append(parts, "only the left can signal "+owed)
	case summary.Reclaim, summary.Notifier:
		parts = append(parts, "the left is what "+owed+" waits for")
	}
	return strings.Join(parts, "; ")
}

// half says of one edge who waits for what.
func half(e graph.Edge) string {
	from, to := graph.ShortName(e.From), object(e.To)
	if e.Left {
		return "who ended a wait for " + from + " has left, and waits for " + to + " before anybody knows"
	}
	if w := e.Witness; w != nil && w.Then != nil {
		if w.Then == w.Op && e.To.Kind == summary.WorkQueue {
			return "only work on " + graph.ShortName(e.To) + " ends a wait for " + from
		}
		if w.Then == w.Op {
			return "nobody but the left ends a wait for " + from
		}
		return "who ends a wait for " + from + " waits for " + to + " first"
	}
	return subject(e) + waits(e) + to
}

func subject(e graph.Edge) string {
	from := graph.ShortName(e.From)
	switch e.From.Kind {
	case summary.Lock, summary.Pool:
		return "who holds " + from
	case summary.Fence:
		return "who signals " + from
	case summary.Notifier:
		return "a notifier"
	case summary.WorkQueue:
		return "work on " + from
	default:
		return from
	}
}

// object is a class as what is waited for.
func object(c summary.Class) string {
	if c.Kind == summary.Notifier {
		return "a notifier"
	}
	return graph.ShortName(c)
}

func waits(e graph.Edge) string {
	if e.Provenance == finding.ByContract {
		return " may, by contract, wait for "
	}
	return " waits for "
}

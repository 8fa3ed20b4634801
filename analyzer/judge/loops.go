package judge

import (
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// again judges locks that are taken by who holds them, and slots that are waited for by
// who has one of the same pool.
func (j *judgement) again() {
	for _, a := range j.graph.Again() {
		if a.Lock.Kind == summary.Pool && j.isBroken(a.Reached) {
			continue
		}
		c := &candidate{loop: true, reached: a.Reached, cycle: []graph.Edge{a.Edge()}}
		c.Rule, c.Level = "double-lock", finding.Error
		switch {
		case a.Lock.Kind == summary.Pool:
			c.Rule = "pool-cycle"
		case a.Shared():
			c.Rule = "read-lock-recursion"
		}
		c.On = a.Lock
		j.add(c)
	}
}

// loops judges the cycles of what is held, queued and handed around, where no fence,
// reclaim or notifier is owed. Every finding takes the edge it stands at out of the
// graph, until no cycle is left. An operation that is a finding already makes none.
func (j *judgement) loops(behind [][]graph.Edge) {
	skip := func(_ summary.Class, r graph.Reached) bool { return r.Op != nil && j.isBroken(r) }
	var taken []graph.Edge
	for _, loop := range slices.Concat(behind, j.graph.UnderLock()) {
		if slices.ContainsFunc(loop, func(e graph.Edge) bool { return skip(e.From, e.Witness.Waits()) }) {
			continue
		}
		j.add(loopCandidate(loop))
		taken = append(taken, loop[0])
	}
	edges := j.graph.Between(skip)
	// What is only likely does not take an edge from what is certain.
	for _, likely := range [...]bool{false, true} {
		left := slices.DeleteFunc(slices.Clone(edges), func(e graph.Edge) bool {
			return e.Likely && !likely || slices.ContainsFunc(taken, func(t graph.Edge) bool { return t.From == e.From && t.To == e.To })
		})
		if likely && !slices.ContainsFunc(left, func(e graph.Edge) bool { return e.Likely }) {
			break
		}
		j.graph.Loops(left, func(loop []graph.Edge) graph.Edge {
			loop = j.graph.Fewest(loop, skip)
			at := j.standing(loop)
			loop = slices.Concat(loop[at:], loop[:at])
			j.add(loopCandidate(loop))
			taken = append(taken, loop[0])
			return loop[0]
		})
	}
}

// standing returns which edge of a cycle is at fault, of those whose operation lies in
// a package that is reported on: the wait with a lock held, if that is one; else the
// last.
func (j *judgement) standing(loop []graph.Edge) int {
	last := -1
	for i, e := range loop {
		if !j.program.Report(e.Witness.Path.Start.State.Summary.Package) {
			continue
		}
		if e.From.Kind == summary.Lock && e.To.Kind != summary.Lock {
			return i
		}
		last = i
	}
	if last < 0 {
		return len(loop) - 1
	}
	return last
}

// loopCandidate makes a candidate of a cycle that starts with the edge at fault.
func loopCandidate(loop []graph.Edge) *candidate {
	c := &candidate{loop: true, reached: loop[0].Witness.Waits(), cycle: loop}
	c.Level = finding.Error
	if loop[0].Witness.Full {
		c.Level = finding.Warning // how large it is, and how much there is to put into it, is not known
	}
	c.Rule = loopRule(loop)
	c.On = loop[0].To
	return c
}

// loopRule names a cycle by what it goes through.
func loopRule(loop []graph.Edge) string {
	has := func(kinds ...summary.ClassKind) bool {
		return slices.ContainsFunc(loop, func(e graph.Edge) bool { return slices.Contains(kinds, e.From.Kind) })
	}
	switch {
	case has(summary.Pool):
		return "pool-cycle"
	case has(summary.WorkQueue):
		return "queue-cycle"
	case !has(summary.Lock):
		return "wait-cycle"
	case has(summary.Fence, summary.WaitQueue, summary.Channel, summary.Room, summary.WaitGroup, summary.Cond):
		return "wait-under-lock"
	default:
		return "lock-order"
	}
}

// loopKey names a cycle by the names of its classes, wherever it is entered.
func (c *candidate) loopKey(name func(summary.Class) string) string {
	var names []string
	for _, e := range c.cycle {
		names = append(names, name(e.From))
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// annotated reports whether somebody has annotated a class or the operation of a
// candidate. What is wrong in a context is: nobody is in one who does not say so.
func (j *judgement) annotated(c *candidate) bool {
	said := func(class summary.Class) bool {
		return j.graph.Is(class, func(t *model.Type) bool { return !t.Model })
	}
	switch {
	case c.reached.Op != nil && c.reached.Op.Via == summary.Contract:
		return true
	case c.stuck != nil && len(c.cycle) == 0:
		return said(c.On)
	case c.loop || c.stuck != nil:
		return slices.ContainsFunc(c.cycle, func(e graph.Edge) bool { return said(e.From) })
	case c.own != nil && c.Rule != "bad-directive":
		return c.Op != summary.OpUnlockMissing && c.Op != summary.OpWakeMissing && c.Op != summary.OpSpins || said(c.On)
	}
	return true
}

// dynamic reports whether a cycle was seen through calls that the call graph alone
// resolves.
func dynamic(cycle []graph.Edge) bool {
	return slices.ContainsFunc(cycle, func(e graph.Edge) bool {
		if e.Witness == nil || e.Witness.Path == nil {
			return false
		}
		_, hops := e.Witness.Path.Hops()
		return hops > 0
	})
}

// far reports whether an edge of a cycle was seen at the end of a long way only.
func far(cycle []graph.Edge) bool {
	return slices.ContainsFunc(cycle, func(e graph.Edge) bool { return e.Witness != nil && e.Witness.Path != nil && e.Witness.Far() })
}

// likely reports whether a cycle takes what the call graph alone says that somebody needs.
func likely(cycle []graph.Edge) bool {
	return slices.ContainsFunc(cycle, func(e graph.Edge) bool { return e.Likely })
}

// doomed reports whether an edge of a cycle was seen on ways to a panic only: by then
// something is wrong that its author holds to be impossible.
func doomed(cycle []graph.Edge) bool {
	return slices.ContainsFunc(cycle, func(e graph.Edge) bool { return e.Doomed })
}

// handedOver reports whether a lock of a cycle is given back by others than took it.
func (j *judgement) handedOver(cycle []graph.Edge) bool {
	return slices.ContainsFunc(cycle, func(e graph.Edge) bool { return j.graph.HandedOver(e.From) })
}

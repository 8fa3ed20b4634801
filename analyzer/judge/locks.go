package judge

import (
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// taking is a lock that is taken, waiting for its holder, in a context that may not
// wait for what its holders wait for.
type taking struct {
	section *reach.Section
	owing   *graph.Owing // nil in reclaim and notifiers
	reached graph.Reached
	lock    summary.Class
}

// locks judges the locks that are taken in sections. The nearer a lock is to what its
// holder waits for, the earlier it is judged: a lock outside it is not at fault for
// the acquisition of a lock that already is. At the same distance whoever signals
// speaks first.
func (j *judgement) locks() {
	signalling, reclaiming := j.takings()
	for length := 1; len(signalling)+len(reclaiming) > 0; length++ {
		signalling = j.nearest(signalling, length)
		reclaiming = j.nearest(reclaiming, length)
	}
}

// nearest files the takings from which the way is no longer than length, and returns
// those from which it is. Ways do not lead over operations that are findings of their
// own; where a fence is on the way, whoever signals it is at fault.
func (j *judgement) nearest(takings []taking, length int) (later []taking) {
	blameless := j.graph.Without(func(_ summary.Class, r graph.Reached) bool { return r.Op == nil || j.isBroken(r) })
	held := j.graph.Without(func(from summary.Class, r graph.Reached) bool {
		return from.Kind != summary.Fence && j.isBroken(r)
	})
	var found []*candidate
	for _, t := range takings {
		if t.wayIn(j.whole) == nil || t.wayIn(blameless) == nil { // the cheap answer first, and the usual one
			continue
		}
		switch way := t.wayIn(held); {
		case way == nil:
		case len(way) > length:
			later = append(later, t)
		default:
			found = append(found, t.candidate(way))
		}
	}
	for _, c := range found {
		j.add(c)
	}
	return later
}

// takings lists the blocking acquisitions of locks in sections.
func (j *judgement) takings() (signalling, reclaiming []taking) {
	isTaking := func(r graph.Reached) bool {
		return r.Op.Kind == summary.OpAcquire && !r.Op.Try && r.Class().Kind == summary.Lock
	}
	for _, o := range j.graph.Signalling() {
		for _, r := range o.Ops {
			if isTaking(r) {
				signalling = append(signalling, taking{section: o.Section, owing: o, reached: r, lock: r.Class()})
			}
		}
	}
	for _, sec := range j.graph.Sections().All {
		if !sec.Context.Any(model.Reclaim | model.Notifier) {
			continue
		}
		for _, r := range j.graph.Below(sec) {
			if isTaking(r) {
				reclaiming = append(reclaiming, taking{section: sec, reached: r, lock: r.Class()})
			}
		}
	}
	return signalling, reclaiming
}

// wayIn returns the way in a view from the lock to what is owed.
func (t taking) wayIn(v *graph.View) []graph.Edge {
	switch {
	case t.owing != nil:
		return v.WayBack(t.lock, t.owing, true)
	case t.section.Context == model.Notifier:
		return v.WayTo(t.lock, graph.Notifier(), true)
	default:
		return v.WayTo(t.lock, graph.Reclaim(), true)
	}
}

func (t taking) candidate(way []graph.Edge) *candidate {
	first := graph.Edge{
		From: way[len(way)-1].To, To: t.lock, Provenance: finding.Seen,
		Witness: &graph.Witness{Section: t.section, Path: t.reached.Path, Op: t.reached.Op},
	}
	c := &candidate{section: t.section, reached: t.reached, cycle: append([]graph.Edge{first}, way...)}
	c.Rule, c.Level = "lock-in-reclaim", finding.Error
	if t.owing != nil {
		c.Rule = "lock-in-signalling"
		c.Owed, c.others = t.owing.Fences, t.owing.Others
	}
	return c
}

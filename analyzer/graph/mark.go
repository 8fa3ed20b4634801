package graph

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// A flag of an object says that something has been done with it. Who has asked for it with a
// lock of that object held, and found it not to be set, is before that; who has found it set,
// or has come back from what sets it, is after. If it is set with that lock held, and never
// unset, the two are never at it at once. That it is never unset is not looked at: they make a
// warning.

// flagClass stands among what is held for what is known of a flag.
func flagClass(field string, set bool) summary.Class {
	c := summary.Class{Name: field, Type: "unset"}
	if set {
		c.Type = "set"
	}
	return c
}

// marks returns what fields say of what has been done with objects.
func (g *Graph) marks() *summary.Marks {
	if g.marked == nil {
		g.marked = &summary.Marks{}
		if g.sight.Marks != nil {
			g.marked = g.sight.Marks()
		}
	}
	return g.marked
}

// InTurn reports whether, however those who make the edges of a cycle can meet, one edge is only
// made where a flag is known not to be set, and another only where it is, as far as calls are
// resolved by the text.
func (g *Graph) InTurn(loop []Edge) bool {
	inTurn := true
	g.meet(loop, g.metIn, func(met []way) bool {
		inTurn = g.exclusive(loop, met)
		return inTurn
	})
	return inTurn
}

// exclusive reports whether one edge, as it is made in one way, is before something is done
// and another one after.
func (g *Graph) exclusive(loop []Edge, met []way) bool {
	for i, e := range loop {
		if !g.askedBeside(e.From) {
			continue
		}
		for c := range g.knownOn(e, met[i].instances) {
			if c != flagClass(c.Name, false) {
				continue
			}
			for j, other := range loop {
				if j != i && g.knownOn(other, met[j].instances)[flagClass(c.Name, true)] {
					return true
				}
			}
		}
	}
	return false
}

// askedBeside reports whether a flag of what a lock is in is asked for anywhere.
func (g *Graph) askedBeside(lock summary.Class) bool {
	for field := range g.marks().Raised {
		if inOne(lock, field) {
			return true
		}
	}
	return false
}

// knownOn returns the flags that are known to be set, or not to be, wherever an edge between
// locks is made as i says, by calls that the text resolves.
func (g *Graph) knownOn(e Edge, i instances) guards {
	if e.From.Kind != summary.Lock || e.To.Kind != summary.Lock || e.Witness == nil || e.Witness.Held == nil {
		return nil
	}
	key := guarded{ends{e.From, e.To}, i}
	if known, ok := g.knownFlags[key]; ok {
		return known
	}
	w := g.newWaiting(awaiting{e.To, i.to})
	w.known, w.calls = g.flagsAt, g.space.CalleesByText
	w.look(g.holders[e.From])
	var all *lockset
	for _, h := range g.holders[e.From] {
		if i.from.can(endOf(h.state, h.held.On, h.held.Shared)) {
			all = g.locks.meet(all, g.locks.join(w.beyond(h.state, h.site), g.flagsWith(e.From, h)))
		}
	}
	flags := guards{}
	if all != nil {
		flags = g.locks.guards(all, func(c summary.Class) bool {
			return c == flagClass(c.Name, true) || inOne(e.From, c.Name) && g.setWith(e.From, c.Name)
		})
	}
	g.knownFlags[key] = flags
	return flags
}

// flagsAt returns what is known of flags at a site, as what is held.
func (g *Graph) flagsAt(st *reach.State, site *summary.Site) *lockset {
	return g.flags(st, site, func(summary.Mark) bool { return true })
}

func (g *Graph) flags(st *reach.State, site *summary.Site, kept func(summary.Mark) bool) *lockset {
	var all []uint32
	for _, m := range g.marks().Flags[site.Spot(st.Key())] {
		if kept(m) {
			all = append(all, g.locks.hold(flagClass(m.Field, m.Set), true))
		}
	}
	return g.locks.of(all)
}

// flagsWith returns what is known of flags where a lock is held: that one is not set is only
// known from when it was asked for with the lock held.
func (g *Graph) flagsWith(lock summary.Class, h holder) *lockset {
	return g.flags(h.state, h.site, func(m summary.Mark) bool {
		return m.Set || !h.held.Shared && g.takenBefore(h.state, lock, h.held, m.Asked)
	})
}

// inOne reports whether a lock and another field are in one object, wherever that is.
func inOne(lock summary.Class, field string) bool {
	return ownerOf(lock) == ownerOf(summary.Class{Name: field})
}

// takenBefore reports whether a lock that is held was taken before a spot.
func (g *Graph) takenBefore(st *reach.State, lock summary.Class, held *summary.Held, at summary.Spot) bool {
	site := &summary.Site{Block: at.Block, Order: at.Order}
	return slices.ContainsFunc(st.Summary.Ops, func(op summary.Op) bool {
		return op.Kind == summary.OpAcquire && op.Pos == held.Pos && st.Class(op.On) == lock && follows(st, site, &op.Site)
	})
}

// setWith reports whether a flag is only set with a lock held.
func (g *Graph) setWith(lock summary.Class, field string) bool {
	key := flagged{lock, field}
	with, known := g.setUnder[key]
	if known {
		return with
	}
	sets := g.marks().Raised[field]
	with = len(sets) > 0 && !slices.ContainsFunc(sets, func(at summary.Spot) bool {
		return slices.ContainsFunc(g.states, func(st *reach.State) bool {
			return st.Key() == at.Func && g.isParty(st) && !g.has(g.onEntry(st), lock, true) && !g.takenAt(st, lock, at)
		})
	})
	g.setUnder[key] = with
	return with
}

// flagged is a lock with which a flag may be set.
type flagged struct {
	lock  summary.Class
	field string
}

// has reports whether a lock is among those held, or exclusively so.
func (g *Graph) has(set *lockset, lock summary.Class, alone bool) bool {
	held, ok := g.locks.guards(set, func(c summary.Class) bool { return c == lock })[lock]
	return set == nil || ok && (held || !alone)
}

// takenAt reports whether a function has taken a lock itself before it comes to a spot, and
// has not given it back.
func (g *Graph) takenAt(st *reach.State, lock summary.Class, at summary.Spot) bool {
	site := &summary.Site{Block: at.Block, Order: at.Order}
	for _, op := range st.Ops() {
		if op.Kind != summary.OpAcquire || op.Shared || op.Try || st.Class(op.On) != lock || !follows(st, site, &op.Site) {
			continue
		}
		given := func(other summary.Op) bool {
			return other.Kind == summary.OpRelease && other.Via != summary.Deferred && st.Class(other.On) == lock &&
				(other.Block == at.Block && other.Order < at.Order && (op.Block != at.Block || op.Order < other.Order) ||
					other.Block != at.Block && reaches(st, other.Block, at.Block, op.Block))
		}
		if !slices.ContainsFunc(st.Summary.Ops, given) {
			return true
		}
	}
	return false
}

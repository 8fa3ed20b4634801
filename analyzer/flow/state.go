package flow

import (
	"cmp"
	"slices"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// maxHeld bounds what is followed of held locks, open regions and duties.
const maxHeld = 16

// state is what is known at a point of the function. What may be so is joined by
// union; what must be so on every path by intersection.
type state struct {
	held     []entry // may; entry.must where it is so on every path
	together []pair  // may: where two that are held at once were acquired
	regions  []entry // may: declared and published regions
	duties   []entry // may: published fences that nobody has settled
	promised []entry // may: fences that directives say are settled here, and that nobody has
	defers   []deferred
	signaled []entry // must
	taken    []entry // must
	released []entry // may: locks of the caller
	shared   []entry // may: what the function has made and others can reach
	facts    facts   // must: what branches have decided on the way here
	left     model.Context
	may      []entry // may: signalled
	failed   bool    // must: a fallible step has failed on the way here
	dead     bool    // a call before this point does not return
	wakes    wakes
}

// entry is something open or done at a point: by which instruction, on what object.
type entry struct {
	obj     object
	at      point
	must    bool
	when    facts // what is so wherever it is there, if it is not on every path
	stale   bool  // the values it was named by have been assigned anew since
	shared  bool
	sure    bool // whenever the instruction runs it does so
	passed  bool // may: of a slot, that somebody else gives it back
	context model.Context
	pos     summary.Pos
	text    string
	fn      string // the helper that did it, "" if the function itself did
	promise *summary.Promise
	through string // the variable, nil by now, through which a deferred literal would have released it
}

// deferred is a call to make at exit: of this function, or of a range-over-func body.
type deferred struct {
	at   point
	call *ssa.Defer
}

func (e entry) compare(f entry) int {
	if at := e.at.compare(f.at); at != 0 {
		return at
	}
	return cmp.Or(
		cmp.Compare(e.obj.Instance, f.obj.Instance),
		cmp.Compare(e.obj.Class.Name, f.obj.Class.Name),
		cmp.Compare(e.context, f.context),
		compareBool(e.stale, f.stale),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func (s *state) clone() *state {
	c := *s
	c.held, c.regions, c.duties = slices.Clone(s.held), slices.Clone(s.regions), slices.Clone(s.duties)
	c.promised, c.signaled, c.taken = slices.Clone(s.promised), slices.Clone(s.signaled), slices.Clone(s.taken)
	c.released, c.may, c.shared = slices.Clone(s.released), slices.Clone(s.may), slices.Clone(s.shared)
	c.defers = slices.Clone(s.defers)
	c.together = slices.Clone(s.together)
	return &c
}

func (s *state) lists() [9]*[]entry {
	return [...]*[]entry{&s.held, &s.regions, &s.duties, &s.promised, &s.signaled, &s.taken, &s.released, &s.may, &s.shared}
}

// add inserts an entry in the order of the program text.
func add(list *[]entry, e entry) {
	i, found := slices.BinarySearchFunc(*list, e, entry.compare)
	if found {
		(*list)[i] = e
	} else if len(*list) < maxHeld {
		*list = slices.Insert(*list, i, e)
	}
}

// join is merge; it reports whether that changed anything.
func (s *state) join(t *state) bool {
	before := *s
	s.merge(t)
	return !s.equal(&before)
}

// merge adds what is known on another way to the same point.
func (s *state) merge(t *state) {
	s.held = s.hanging(s.held, t, t.held)
	s.released = s.hanging(s.released, t, t.released)
	s.shared = s.hanging(s.shared, t, t.shared)
	s.together = joinPairs(s.together, t.together)
	s.regions = union(s.regions, t.regions)
	s.duties = union(s.duties, t.duties)
	s.promised = union(s.promised, t.promised)
	s.may = union(s.may, t.may)
	s.signaled = intersection(s.signaled, t.signaled)
	s.taken = intersection(s.taken, t.taken)
	s.left &= t.left
	s.failed = s.failed && t.failed
	s.facts = s.facts.common(t.facts)
	s.wakes.join(&t.wakes)
	s.defers = interleave(s.defers, t.defers)
}

// interleave returns what was deferred on either of two ways, in the order of each: where a
// call stands in the text says nothing of when it was deferred.
func interleave(a, b []deferred) []deferred {
	if slices.Equal(a, b) {
		return a
	}
	out := slices.Clone(a)
	next := 0
	for _, d := range b {
		if i := slices.Index(out, d); i >= 0 {
			next = i + 1
			continue
		}
		out = slices.Insert(out, next, d)
		next++
	}
	return out
}

func (s *state) equal(t *state) bool {
	same := func(a, b entry) bool {
		return a.compare(b) == 0 && a.must == b.must && a.through == b.through && a.passed == b.passed && a.when.equal(b.when)
	}
	a, b := s.lists(), t.lists()
	for i := range a {
		if !slices.EqualFunc(*a[i], *b[i], same) {
			return false
		}
	}
	return slices.Equal(s.defers, t.defers) && slices.Equal(s.together, t.together) && s.facts.equal(t.facts) && s.left == t.left && s.failed == t.failed && s.wakes.equal(&t.wakes)
}

// union merges two ordered lists. What is in one only is not so on every path.
func union(a, b []entry) []entry {
	var out []entry
	for len(a) > 0 || len(b) > 0 {
		var e entry
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].compare(b[0]) < 0:
			e, a = a[0], a[1:]
			e.must = false
		case len(a) == 0 || a[0].compare(b[0]) > 0:
			e, b = b[0], b[1:]
			e.must = false
		default:
			e = a[0]
			e.must = a[0].must && b[0].must
			e.passed = a[0].passed || b[0].passed
			a, b = a[1:], b[1:]
		}
		if len(out) < maxHeld {
			out = append(out, e)
		}
	}
	return out
}

// hanging is the union of a, which is in s, and b, which is in t: what is in one only
// hangs on what is known of the way there.
func (s *state) hanging(a []entry, t *state, b []entry) []entry {
	out := union(a, b)
	if !slices.ContainsFunc(out, func(e entry) bool { return !e.must }) {
		return out
	}
	joined := s.facts.common(t.facts)
	for i := range out {
		e := &out[i]
		if e.must {
			continue
		}
		in, inA := find(a, *e)
		other, inB := find(b, *e)
		switch {
		case inA && inB:
			e.when = hangs(in, s.facts).common(hangs(other, t.facts))
		case inA:
			e.when = distinguish(hangs(in, s.facts), in.must, t.facts)
		default:
			e.when = distinguish(hangs(other, t.facts), other.must, s.facts)
		}
		e.when = slices.DeleteFunc(slices.Clone(e.when), func(f fact) bool {
			holds, known := joined.says(f.cond)
			return known && holds == f.holds
		})
	}
	return out
}

func find(list []entry, e entry) (entry, bool) {
	i, found := slices.BinarySearchFunc(list, e, entry.compare)
	if !found {
		return entry{}, false
	}
	return list[i], true
}

// hangs returns what is so wherever e is there: where it always is, any of the facts is
// enough for it to be.
func hangs(e entry, known facts) facts {
	all := e.when.and(known)
	if e.must {
		all = slices.Clone(all)
		for i := range all {
			all[i].enough = true
		}
	}
	return all
}

// distinguish returns when with those facts marked that are enough: an entry that is
// always there on one way and never on another, is there wherever what they differ in
// says that it was the one.
func distinguish(when facts, must bool, other facts) facts {
	out := slices.Clone(when)
	for i := range out {
		f := &out[i]
		holds, known := other.says(f.cond)
		f.enough = (must || f.enough) && known && holds != f.holds
	}
	return out
}

// intersection keeps what was done to the same object on both ways, by whichever
// instruction.
func intersection(a, b []entry) []entry {
	if len(a) == 0 {
		return a
	}
	return slices.DeleteFunc(slices.Clone(a), func(e entry) bool {
		return !slices.ContainsFunc(b, func(f entry) bool { return e.obj.same(f.obj) })
	})
}

// refresh marks what was named by v as named by an earlier value of v.
func (s *state) refresh(v ssa.Value) {
	if _, phi := v.(*ssa.Phi); !phi && !isExit(v) { // what they are is known before
		s.forget(v)
	}
	for _, list := range [...]*[]entry{&s.held, &s.duties, &s.regions} {
		changed := false
		for i := range *list {
			e := &(*list)[i]
			if !e.stale && e.obj.place.dependsOn(v) {
				e.stale = true
				e.obj.Instance += "'"
				changed = true
			}
		}
		if changed {
			slices.SortFunc(*list, entry.compare)
			*list = slices.CompactFunc(*list, func(a, b entry) bool { return a.compare(b) == 0 })
		}
	}
}

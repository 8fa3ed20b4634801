package flow

import (
	"cmp"
	"slices"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// maxWrites bounds the writes that are followed at a time: the first ones, in their order,
// so that what is left out does not depend on when it came.
const maxWrites = 64

// maxWriteHops bounds through how many calls that may reach one of several functions a write is
// followed: further on it would be of everybody who writes to an io.Writer.
const maxWriteHops = 1

// written is a change of a watched field that was made on the way to a point, with
// the wakes that have followed it on every path. The write itself may be one of the summary
// of a callee, which says nothing of change, hops, wakes and notZero here.
type written struct {
	at point
	*summary.Write
	change  summary.Change
	hops    int
	wakes   []woken
	notZero bool // must: it was found to be more than 0, or to have elements
	loose   bool // may: it was made with no lock held, while somebody may have looked who does not wait yet
}

// woken is a wake, or the signal of a fence, that was made on every path to a point.
type woken struct {
	obj    object
	looks  string
	atZero bool // where the field that was written is 0, or has no elements
	locked bool // with a lock held
	pos    summary.Pos
	text   string
}

func (w *written) compare(x *written) int {
	if at := w.at.compare(x.at); at != 0 {
		return at
	}
	return cmp.Or(cmp.Compare(w.Field, x.Field), cmp.Compare(w.Pos.Line, x.Pos.Line), cmp.Compare(w.Pos.Col, x.Pos.Col))
}

func (w woken) same(x woken) bool {
	return w.obj.Class == x.obj.Class && w.obj.Param == x.obj.Param && w.obj.Path == x.obj.Path && w.looks == x.looks && w.atZero == x.atZero
}

// wakes is the part of a state that is about wakes. Slices, and the writes in them, are
// shared between states and never changed in place.
type wakes struct {
	writes   []*written // may
	unlisted bool       // may: others than those
	woken    []woken    // must
}

func (s *wakes) join(t *wakes) {
	s.woken = common(s.woken, t.woken)
	s.unlisted = s.unlisted || t.unlisted
	if len(t.writes) == 0 || slices.Equal(s.writes, t.writes) {
		return
	}
	out := make([]*written, 0, min(len(s.writes)+len(t.writes), maxWrites))
	a, b := s.writes, t.writes
	for len(a)+len(b) > 0 && len(out) < maxWrites {
		order := len(b) - len(a) // of what is left where one has none
		if len(a) > 0 && len(b) > 0 {
			order = a[0].compare(b[0])
		}
		switch {
		case order < 0:
			out, a = append(out, a[0]), a[1:]
		case order > 0:
			out, b = append(out, b[0]), b[1:]
		case a[0] == b[0]:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		default:
			both := *a[0]
			both.wakes, both.notZero = a[0].either(b[0]), a[0].notZero && b[0].notZero
			both.loose = a[0].loose || b[0].loose
			both.change |= b[0].change
			both.hops = min(both.hops, b[0].hops)
			out, a, b = append(out, &both), a[1:], b[1:]
		}
	}
	s.unlisted = s.unlisted || len(a)+len(b) > 0
	s.writes = out
}

func common(a, b []woken) []woken {
	var out []woken
	for _, w := range a {
		if slices.ContainsFunc(b, w.same) {
			out = append(out, w)
		}
	}
	return out
}

// either returns the wakes that follow a write where two ways come together: those that follow on
// both, and, where the field is 0, those that follow on one if on the other they do so too where it
// is 0, or it is not.
func (w *written) either(x *written) []woken {
	out := common(w.wakes, x.wakes)
	add := func(on, other *written) {
		for _, k := range on.wakes {
			if slices.ContainsFunc(out, k.same) || on.loose && !k.locked {
				continue // always, or while somebody has looked and does not wait yet
			}
			k.atZero = true
			if other.notZero || slices.ContainsFunc(other.wakes, k.same) {
				out = withWake(out, k)
			}
		}
	}
	add(w, x)
	add(x, w)
	return out
}

func (s *wakes) equal(t *wakes) bool {
	return s.unlisted == t.unlisted && slices.EqualFunc(s.woken, t.woken, woken.same) &&
		slices.EqualFunc(s.writes, t.writes, func(a, b *written) bool {
			return a == b || a.compare(b) == 0 && a.change == b.change && a.hops == b.hops && a.notZero == b.notZero && a.loose == b.loose && slices.EqualFunc(a.wakes, b.wakes, woken.same)
		})
}

// wake notes that waiters on an object look again from here on.
func (s *state) wake(w woken) {
	w.locked = len(s.held) > 0
	s.wakes.wake(w)
}

func (s *wakes) wake(w woken) {
	s.woken = withWake(s.woken, w)
	var writes []*written
	for i, before := range s.writes {
		wakes := withWake(before.wakes, w)
		if len(wakes) == len(before.wakes) {
			continue
		}
		if writes == nil {
			writes = slices.Clone(s.writes)
		}
		after := *before
		after.wakes = wakes
		writes[i] = &after
	}
	if writes != nil {
		s.writes = writes
	}
}

// withWake returns a list with one more wake, if that is another.
func withWake(list []woken, w woken) []woken {
	if slices.ContainsFunc(list, w.same) || len(list) >= maxHeld {
		return list
	}
	return append(slices.Clip(list), w)
}

// full reports whether all that a callee writes is left out at a point: as many as are followed
// come before.
func (s *wakes) full(at point, all []summary.Write) bool {
	if len(s.writes) < maxWrites {
		return false
	}
	last := s.writes[maxWrites-1]
	if order := last.at.compare(at); order != 0 {
		return order < 0
	}
	for i := range all {
		if last.compare(&written{at: at, Write: &all[i]}) >= 0 {
			return false
		}
	}
	return true
}

// write notes writes that are in order. Of each that is made again before it was followed
// by anything, again is told how it stood.
func (s *wakes) write(all []*written, again func(before *written)) {
	if len(all) == 0 {
		return
	}
	out := make([]*written, 0, min(len(s.writes)+len(all), maxWrites))
	before, _ := slices.BinarySearchFunc(s.writes, all[0], (*written).compare)
	out = append(out, s.writes[:before]...)
	for a, b := s.writes[before:], all; len(a)+len(b) > 0; {
		next := &a
		if len(a) == 0 || len(b) > 0 && a[0].compare(b[0]) > 0 {
			next = &b
		}
		w := (*next)[0]
		*next = (*next)[1:]
		if last := len(out) - 1; last >= 0 && out[last].compare(w) == 0 {
			again(out[last])
			if fewer := out[last].hops; fewer < w.hops {
				nearer := *w
				nearer.hops = fewer
				w = &nearer
			}
			out[last] = w
		} else if len(out) < maxWrites {
			out = append(out, w)
		} else {
			s.unlisted = true
		}
	}
	s.writes = out
}

// noteWake is the effect of a call that wakes a queue or signals a fence.
func (a *analysis) noteWake(s *state, x object, c called) {
	s.wake(woken{obj: x, pos: a.callPos(c.common), text: a.callText(c.common)})
}

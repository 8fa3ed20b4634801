package explore

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// offsetLimit is how far the length of a slice of which nothing else is known is followed
// from that of another: a list that grows as long as the program runs has no end of lengths.
const offsetLimit = 4

// length returns len of a value.
func (s *state) length(v value) value {
	switch v := s.settled(v).(type) {
	case slice:
		return integer(int64(v.length))
	case null:
		return integer(0)
	case literal:
		if v.Kind() == constant.String {
			return integer(int64(len(constant.StringVal(v.Value))))
		}
	case channel:
		if o := s.object(v.object); !o.outside {
			return integer(int64(len(o.buffer)))
		}
		return s.fresh()
	case table:
		if o := s.object(v.object); !o.outside {
			return integer(int64(len(o.keys)))
		}
		return s.unknownLength(v)
	case unknown:
		return s.unknownLength(v)
	}
	n := s.fresh().(unknown)
	raise(&s.change(n).lo, 0)
	return n
}

// room returns cap of a value, which is the same each time.
func (s *state) room(v value) value {
	n := s.fresh()
	switch v := s.settled(v).(type) {
	case null:
		return integer(0)
	case channel:
		if o := s.object(v.object); o.capacity >= 0 && o.made != nil {
			return integer(int64(o.capacity))
		}
		n = s.derived("cap", v)
	case unknown:
		n = s.derived("cap", v)
	}
	raise(&s.change(n.(unknown)).lo, 0)
	return n
}

// unknownLength returns how many elements something has: as many each time it is asked, until
// something is put into it or taken out.
func (s *state) unknownLength(v value) value {
	n := s.derived("len", v).(unknown)
	raise(&s.change(n).lo, 0)
	return n
}

// grown says that a map that is not known has one element more from now on, if it has had none
// of that key, or one less, where one is taken out.
func (s *state) grown(m value, by int64) {
	before, ok := s.resized(m)
	if !ok {
		return
	}
	change := s.newSymbol(symbol{object: -1}).(unknown)
	s.raise(change, 0)
	s.lower(change, 1)
	now := s.unknownLength(s.settled(m)).(unknown)
	old, _ := s.linear(before)
	is := s.total(old.plus(linear{terms: []term{{change, by}}}))
	s.change(now).is = is
	zero := int64(0)
	s.within(is, &zero, nil)
}

// resized says that a map that is not known may have another number of elements from now on,
// and returns how many it has had, if somebody has asked.
func (s *state) resized(m value) (before unknown, ok bool) {
	m = s.settled(m)
	for _, e := range s.symbols {
		if e.it.op == "len" && same(e.it.args[0], m) {
			before, ok = unknown{e.key}, true
			s.change(before).op = "len before"
		}
	}
	return before, ok
}

// ofLength returns a slice of which no more is known than how many elements it has.
func (s *state) ofLength(n value) value {
	v := s.fresh()
	s.atLeast(n, 0)
	own := s.change(s.unknownLength(v).(unknown))
	switch n := s.settled(n).(type) {
	case literal:
		if most, _ := asInt(n); most > arrayLimit {
			raise(&own.lo, arrayLimit)
		} else {
			own.is = n
		}
	case unknown:
		_, _, offset := s.split(n)
		if -offsetLimit <= offset && offset <= offsetLimit {
			own.is = n
		} else if least, _ := s.bounds(n); least != nil {
			raise(&own.lo, min(*least, offsetLimit))
		}
	}
	return v
}

// atLeast says that an integer is no less than another, or the program panics; false where it
// certainly does.
func (s *state) atLeast(v value, n int64) bool {
	switch v := s.settled(v).(type) {
	case literal:
		got, ok := asInt(v)
		return !ok || got >= n
	case unknown:
		lo, hi := s.bounds(v)
		if hi != nil && *hi < n {
			return false
		} else if lo == nil || *lo < n {
			s.raise(v, n)
		}
	}
	return true
}

// turnsNone reports whether a branch is that a loop over what is not known, but for how it
// differs from something else that is not, goes round no more than not at all.
func (x *explorer) turnsNone(s *state, f *frame, branch *ssa.If) bool {
	cond, ok := branch.Cond.(*ssa.BinOp)
	if !ok || cond.Op != token.LSS {
		return false
	}
	first, ok := asInt(x.eval(s, f, cond.X))
	bound, open := x.eval(s, f, cond.Y).(unknown)
	return ok && first == 0 && open && s.symbol(bound).op == sumOp
}

package explore

// related are two numbers that a branch has compared while each might be as large as it liked.
type related struct {
	a, b  unknown
	apart bool // the branch is taken only where they differ
}

// comparison is one of two such numbers, by their difference.
type comparison struct {
	a, b       unknown
	difference unknown
	with       int64 // what the difference is compared with
}

// comparison returns what a condition compares; false where it is nothing of the kind.
func (s *state) comparison(cond *symbol) (c comparison, ok bool) {
	x, y := s.settled(cond.args[0]), s.settled(cond.args[1])
	if _, known := asInt(y); known {
		x, y = y, x
	}
	with, known := asInt(x)
	difference, open := y.(unknown)
	if !known || !open || !s.difference(difference) {
		return comparison{}, false
	}
	c = comparison{difference: difference, with: with}
	var more, less linear
	for _, t := range s.symbol(difference).sum().terms {
		if t.times > 0 {
			more.terms = append(more.terms, t)
		} else {
			less.terms = append(less.terms, term{t.of, -t.times})
		}
	}
	c.a, c.b = s.total(more).(unknown), s.total(less).(unknown)
	return c, s.open(c.a) && s.open(c.b)
}

// difference reports whether a number is what some of those that are not known come to more than
// others.
func (s *state) difference(u unknown) bool {
	sym := s.symbol(u)
	if sym.op != sumOp {
		return false
	}
	more, less := false, false
	for _, t := range sym.sum().terms {
		more, less = more || t.times > 0, less || t.times < 0
	}
	return more && less
}

// relate says that two numbers were compared. They are apart where that was asked, or where their
// difference is not zero for what was found.
func (s *state) relate(c comparison, apart bool) {
	if s.turns.uneven {
		return
	}
	lo, hi := s.bounds(c.difference)
	r := related{c.a, c.b, apart || lo != nil && *lo > 0 || hi != nil && *hi < 0}
	var now []related
	for _, other := range s.turns.related {
		if other.a == r.a && other.b == r.b || other.a == r.b && other.b == r.a {
			r.apart = r.apart || other.apart
		} else {
			now = append(now, other)
		}
	}
	s.turns.related = append(now, r)
}

// apart reports whether a branch is taken only where two numbers differ.
func (s *state) apart(u, v unknown) bool {
	for _, r := range s.turns.related {
		if r.apart && (s.one(u, r.a) && s.one(v, r.b) || s.one(u, r.b) && s.one(v, r.a)) {
			return true
		}
	}
	return false
}

// one reports whether a number is another, or has been found to be.
func (s *state) one(u, other unknown) bool { return u == other || s.settled(other) == value(u) }

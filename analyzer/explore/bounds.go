package explore

import "slices"

// within says that an integer is between two others. Where it cannot be, the state cannot.
func (s *state) within(v value, lo, hi *int64) {
	if n, ok := asInt(v); ok {
		s.cut = s.cut || lo != nil && n < *lo || hi != nil && n > *hi
	}
	u, open := v.(unknown)
	if open && lo != nil {
		s.raise(u, *lo)
	}
	if open && hi != nil {
		s.lower(u, *hi)
	}
}

// bounds returns what an integer is no less and no more than, as far as that is known.
func (s *state) bounds(v value) (lo, hi *int64) {
	v = s.settled(v)
	if n, ok := asInt(v); ok {
		return &n, &n
	}
	u, ok := v.(unknown)
	if !ok {
		return nil, nil
	}
	of, falls, offset := s.split(u)
	sym := s.symbol(of)
	lo, hi = sym.lo, sym.hi
	if sym.op == sumOp {
		low, high := s.span(sym.sum())
		if low != nil {
			raise(&lo, *low)
		}
		if high != nil {
			lower(&hi, *high)
		}
	}
	if falls {
		lo, hi = scaledBound(hi, -1), scaledBound(lo, -1)
	}
	return shifted(lo, offset), shifted(hi, offset)
}

// span returns what the terms of a sum say of it.
func (s *state) span(l linear) (lo, hi *int64) {
	lo, hi = new(int64), new(int64)
	*lo, *hi = l.known, l.known
	for _, t := range l.terms {
		sym := s.symbol(t.of)
		low, high := scaledBound(sym.lo, t.times), scaledBound(sym.hi, t.times)
		if t.times < 0 {
			low, high = high, low
		}
		lo, hi = added(lo, low), added(hi, high)
	}
	return lo, hi
}

func scaledBound(b *int64, n int64) *int64 {
	if b == nil {
		return nil
	}
	m := *b * n
	return &m
}

func shifted(b *int64, n int64) *int64 { return added(b, &n) }

func added(a, b *int64) *int64 {
	if a == nil || b == nil {
		return nil
	}
	n := *a + *b
	return &n
}

// raise says that an integer is no less than n.
func (s *state) raise(u unknown, n int64) { s.bound(u, n, true) }

// lower says that an integer is no more than n.
func (s *state) lower(u unknown, n int64) { s.bound(u, n, false) }

func (s *state) bound(u unknown, n int64, below bool) {
	if known, ok := asInt(s.settled(u)); ok {
		s.cut = s.cut || below && known < n || !below && known > n // it cannot be
		return
	}
	of, falls, offset := s.split(u)
	if n -= offset; falls {
		n, below = -n, !below
	}
	sym := s.change(of)
	if below {
		raise(&sym.lo, n)
	} else {
		lower(&sym.hi, n)
	}
	if sym.lo != nil && sym.hi != nil && *sym.lo > *sym.hi {
		s.cut = true // it cannot be
		return
	}
	if sym.op == sumOp {
		s.imply(sym.sum(), n, below)
	}
	s.pin(of)
}

// imply says of the terms of a sum that is no less, or no more, than n what follows from that.
func (s *state) imply(l linear, n int64, below bool) {
	for i, t := range l.terms {
		if t.times != 1 && t.times != -1 {
			continue
		}
		rest := linear{known: l.known, terms: slices.Delete(slices.Clone(l.terms), i, i+1)}
		low, high := s.span(rest)
		most := high // what the others come to, where this one has least to do
		if !below {
			most = low
		}
		if most == nil {
			continue
		}
		sym := s.symbol(t.of)
		if left := (n - *most) * t.times; below == (t.times > 0) {
			if sym.lo == nil || *sym.lo < left {
				s.raise(t.of, left)
			}
		} else if sym.hi == nil || *sym.hi > left {
			s.lower(t.of, left)
		}
	}
}

// pin decides an integer that is left one choice.
func (s *state) pin(u unknown) {
	if sym := s.symbol(u); sym.is == nil && sym.lo != nil && sym.hi != nil && *sym.lo == *sym.hi {
		s.fix(u, *sym.lo)
	}
}

// fix says what an integer is.
func (s *state) fix(u unknown, n int64) {
	if known, ok := asInt(s.settled(u)); ok {
		s.cut = s.cut || known != n // it cannot be
		return
	}
	of, falls, offset := s.split(u)
	if n -= offset; falls {
		n = -n
	}
	sym := s.change(of)
	sym.is = integer(n)
	s.within(sym.is, sym.lo, sym.hi)
	if sym.op == sumOp {
		s.solve(sym.sum(), n)
	}
	s.follow(of)
}

// solve says of a sum what it comes to: one of those that it is made of is what the others leave.
func (s *state) solve(l linear, n int64) {
	if len(l.terms) == 1 {
		t := l.terms[0]
		if n -= l.known; n%t.times != 0 {
			s.cut = true // it cannot be
		} else {
			s.fix(t.of, n/t.times)
		}
		return
	}
	for i, t := range slices.Backward(l.terms) {
		if t.times != 1 && t.times != -1 {
			continue
		}
		rest := linear{known: l.known - n, terms: slices.Delete(slices.Clone(l.terms), i, i+1)}
		left := s.change(t.of)
		left.is = s.total(rest.times(-t.times))
		s.within(left.is, left.lo, left.hi)
		s.follow(t.of)
		return
	}
}

// follow has the sums that an integer is part of be what they are, now that it is decided.
func (s *state) follow(u unknown) {
	var sums []int
	for _, e := range s.symbols {
		if e.it.op == sumOp && e.it.is == nil && slices.Contains(e.it.args, value(u)) {
			sums = append(sums, e.key)
		}
	}
	for _, id := range sums {
		s.settled(unknown{id})
	}
}

// raise raises a lower bound.
func raise(bound **int64, n int64) {
	if *bound == nil || **bound < n {
		*bound = &n
	}
}

// lower lowers an upper bound.
func lower(bound **int64, n int64) {
	if *bound == nil || **bound > n {
		*bound = &n
	}
}

package explore

import (
	"cmp"
	"go/token"
	"slices"
)

// sumOp is the operation of a symbol that is a sum of integers: what counts down from a bound
// that is not known comes to its end when that says, and two parts of a list have as many
// elements together as the list.
const sumOp = "sum"

// A sum is made of this many integers that are not known, and each of them counts so often.
const (
	termLimit  = 4
	timesLimit = 4
)

// linear is an integer as a sum of what is known and what is not.
type linear struct {
	terms []term // by symbol, each once
	known int64
}

// term is an integer that is not known, and how often it counts.
type term struct {
	of    unknown
	times int64
}

// linear takes an integer apart; false for what is none.
func (s *state) linear(v value) (linear, bool) {
	switch v := s.settled(v).(type) {
	case literal:
		n, ok := asInt(v)
		return linear{known: n}, ok
	case unknown:
		sym := s.symbols.at(v.id)
		if sym == nil || sym.op != sumOp {
			return linear{terms: []term{{v, 1}}}, true
		}
		return sym.sum(), true
	}
	return linear{}, false
}

// sum is what a sum is made of.
func (sym *symbol) sum() (l linear) {
	for i := 0; i+1 < len(sym.args); i += 2 {
		times, _ := asInt(sym.args[i+1])
		l.terms = append(l.terms, term{sym.args[i].(unknown), times})
	}
	l.known, _ = asInt(sym.args[len(sym.args)-1])
	return l
}

// times returns l as often as n says.
func (l linear) times(n int64) linear {
	out := linear{known: l.known * n}
	for _, t := range l.terms {
		if n != 0 {
			out.terms = append(out.terms, term{t.of, t.times * n})
		}
	}
	return out
}

func (l linear) plus(m linear) linear {
	out := linear{terms: slices.Clone(l.terms), known: l.known + m.known}
	for _, t := range m.terms {
		i, ok := slices.BinarySearchFunc(out.terms, t, func(a, b term) int { return cmp.Compare(a.of.id, b.of.id) })
		switch {
		case !ok:
			out.terms = slices.Insert(out.terms, i, t)
		case out.terms[i].times == -t.times:
			out.terms = slices.Delete(out.terms, i, i+1)
		default:
			out.terms[i].times += t.times
		}
	}
	return out
}

// total returns the value of a sum.
func (s *state) total(l linear) value {
	switch {
	case len(l.terms) == 0:
		return integer(l.known)
	case len(l.terms) == 1 && l.terms[0].times == 1 && l.known == 0:
		return l.terms[0].of
	case !l.small():
		return s.fresh()
	}
	var args []value
	depth, vague := 0, false
	for _, t := range l.terms {
		args = append(args, t.of, integer(t.times))
		if sym := s.symbols.at(t.of.id); sym != nil {
			depth, vague = max(depth, sym.depth), vague || sym.vague
		}
	}
	args = append(args, integer(l.known))
	for _, e := range s.symbols {
		if e.it.op == sumOp && slices.EqualFunc(e.it.args, args, same) {
			return unknown{e.key}
		}
	}
	return s.newSymbol(symbol{op: sumOp, args: args, object: -1, depth: depth, vague: vague})
}

// combine evaluates a sum, a difference or a product of integers, one of which is not known;
// false for others.
func (s *state) combine(op token.Token, x, y value) (value, bool) {
	a, okA := s.linear(x)
	b, okB := s.linear(y)
	if !okA || !okB {
		return nil, false
	}
	switch {
	case op == token.ADD:
		a = a.plus(b)
	case op == token.SUB:
		a = a.plus(b.times(-1))
	case op == token.MUL && len(a.terms) == 0:
		a = b.times(a.known)
	case op == token.MUL && len(b.terms) == 0:
		a = a.times(b.known)
	default:
		return nil, false
	}
	if !a.small() {
		return nil, false
	}
	return s.total(a), true
}

// small reports whether a sum is one that is followed: what is added up in a loop has no end.
func (l linear) small() bool {
	return len(l.terms) <= termLimit && !slices.ContainsFunc(l.terms, func(t term) bool { return t.times > timesLimit || t.times < -timesLimit })
}

// split takes an integer that is not known apart: it is of + offset, or offset - of where it
// falls as of grows. Sums with the same terms have the same of.
func (s *state) split(v unknown) (of unknown, falls bool, offset int64) {
	l, _ := s.linear(v)
	offset, l.known = l.known, 0
	if len(l.terms) == 0 {
		return v, false, 0
	}
	if falls = l.terms[0].times < 0; falls {
		l = l.times(-1)
	}
	of, _ = s.total(l).(unknown)
	return of, falls, offset
}

// settledSum returns what a sum is by now; nil if it is what it was.
func (s *state) settledSum(sym *symbol) value {
	if sym.op != sumOp || !s.decided(sym) {
		return nil
	}
	old := sym.sum()
	now := linear{known: old.known}
	for _, t := range old.terms {
		is, ok := s.linear(t.of)
		if !ok {
			return nil
		}
		now = now.plus(is.times(t.times))
	}
	is := s.total(now)
	s.within(is, sym.lo, sym.hi)
	return is
}

// decided reports whether something that a sum is made of is no more what it was.
func (s *state) decided(sum *symbol) bool {
	for i := 0; i+1 < len(sum.args); i += 2 {
		of, open := s.settled(sum.args[i]).(unknown)
		if !open || value(of) != sum.args[i] || s.symbol(of).op == sumOp {
			return true
		}
	}
	return false
}

// compare evaluates a comparison of integers. Whether two are one does not depend on which is
// named first.
func (s *state) compare(op token.Token, x, y value) value {
	x, y = s.balance(x, y)
	if _, known := asInt(x); known && (op == token.EQL || op == token.NEQ) {
		x, y = y, x
	}
	return s.binary(op, x, y)
}

// balance brings what is known of two integers to one side of a comparison, and what is not to
// the other. Others stay as they are.
func (s *state) balance(x, y value) (value, value) {
	a, okA := s.linear(x)
	b, okB := s.linear(y)
	if !okA || !okB {
		return x, y
	}
	d := b.plus(a.times(-1))
	known := d.known
	d.known = 0
	switch {
	case len(d.terms) == 0:
		return integer(0), integer(known)
	case !d.small():
		return x, y
	case d.terms[0].times < 0:
		return s.total(d.times(-1)), integer(known)
	}
	return integer(-known), s.total(d)
}

// extreme evaluates min or max: of what is not known of its arguments, a literal among
// them is a bound.
func (s *state) extreme(name string, args []value) value {
	var bound *int64
	open := false
	for _, a := range args {
		n, ok := asInt(s.settled(a))
		switch {
		case !ok:
			open = true
		case name == "max":
			raise(&bound, n)
		default:
			lower(&bound, n)
		}
	}
	if !open && bound != nil {
		return integer(*bound)
	}
	sym := symbol{object: -1}
	if name == "max" {
		sym.lo = bound
	} else {
		sym.hi = bound
	}
	return s.newSymbol(sym)
}

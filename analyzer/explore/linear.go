package explore

import (
	"go/constant"
	"go/token"
)

// sumOp is the operation of a symbol that is another integer and a literal, so that what
// counts down from a bound that is not known comes to its end when that says.
const sumOp = "+ literal"

// plus evaluates a sum or difference of which one side is a literal integer, or a difference of
// what has such a one; false for others.
func (s *state) plus(op token.Token, x, y value) (value, bool) {
	n, ok := asInt(y)
	u, open := x.(unknown)
	switch {
	case ok && open && op == token.SUB:
		return s.sum(u, -n), true
	case ok && open:
		return s.sum(u, n), true
	}
	n, ok = asInt(x)
	v, other := y.(unknown)
	switch {
	case ok && other && op == token.ADD:
		return s.sum(v, n), true
	case open && other && op == token.SUB:
		a, m := s.split(u)
		b, n := s.split(v)
		return integer(m - n), a == b
	}
	return nil, false
}

// sum evaluates v + n for an integer v that is not known.
func (s *state) sum(v unknown, n int64) value {
	of, offset := s.split(v)
	if n += offset; n == 0 {
		return of
	}
	depth := 0
	vague := false
	if sym := s.symbols.at(of.id); sym != nil {
		depth, vague = sym.depth, sym.vague
	}
	for _, e := range s.symbols {
		if e.it.op == sumOp && e.it.args[0] == value(of) && same(e.it.args[1], integer(n)) {
			return unknown{e.key}
		}
	}
	return s.newSymbol(symbol{op: sumOp, args: []value{of, integer(n)}, object: -1, depth: depth, vague: vague})
}

// split takes an integer that is not known apart: of + offset.
func (s *state) split(v unknown) (of unknown, offset int64) {
	sym := s.symbols.at(v.id)
	if sym == nil || sym.op != sumOp {
		return v, 0
	}
	of, _ = sym.args[0].(unknown)
	offset, _ = asInt(sym.args[1])
	return of, offset
}

// settledSum returns what a sum is once its unknown part is known; nil until then.
func (s *state) settledSum(sym *symbol) value {
	if sym.op != sumOp {
		return nil
	}
	l, ok := s.settled(sym.args[0]).(literal)
	if !ok || l.Kind() != constant.Int {
		return nil
	}
	return arithmetic(token.ADD, l, sym.args[1].(literal))
}

// balance brings the literal part of a sum to the other side of a comparison.
func (s *state) balance(x, y value) (value, value) {
	if n, ok := asInt(y); ok {
		if u, ok := x.(unknown); ok {
			of, offset := s.split(u)
			return of, integer(n - offset)
		}
	}
	if n, ok := asInt(x); ok {
		if u, ok := y.(unknown); ok {
			of, offset := s.split(u)
			return integer(n - offset), of
		}
	}
	u, isX := x.(unknown)
	v, isY := y.(unknown)
	if isX && isY {
		a, m := s.split(u)
		b, n := s.split(v)
		if a == b {
			return integer(m), integer(n)
		}
	}
	return x, y
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

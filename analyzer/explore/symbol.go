package explore

import (
	"go/constant"
	"go/token"
	"slices"
)

// symbol is what is known of an unknown value. Symbols made by the same operation of the
// same values are the same, so that two branches on one condition go the same way and
// two loops to one bound go round as often.
type symbol struct {
	op     string // "" for what came from outside
	args   []value
	is     value // once decided
	lo, hi *int64
	notNil bool
	object int  // of a pointer: what it leads to, -1 while nobody has looked
	depth  int  // of operations in operations
	vague  bool // a number that was let go of: nothing may depend on it
	mark   bool // true says what others have done before with an object from outside
	owner  int  // the era of the only state that has it, if that is still in it
}

// fresh returns a value of which nothing is known.
func (s *state) fresh() value { return s.newSymbol(symbol{object: -1}) }

func (s *state) newSymbol(sym symbol) value {
	s.nextSymbol++
	sym.owner = s.era
	s.symbols.put(s.nextSymbol, &sym)
	return unknown{s.nextSymbol}
}

// symbol returns what is known of an unknown value. Of one that nothing that is left of
// the state leads to by itself that was forgotten.
func (s *state) symbol(u unknown) *symbol {
	if sym := s.symbols.at(u.id); sym != nil {
		return sym
	}
	return &symbol{object: -1}
}

// change returns a symbol of the state for writing.
func (s *state) change(u unknown) *symbol {
	sym := s.symbols.at(u.id)
	if sym != nil && sym.owner == s.era {
		return sym
	}
	copied := *s.symbol(u)
	copied.owner = s.era
	s.symbols.put(u.id, &copied)
	return &copied
}

// settled returns what is known of a value now.
func (s *state) settled(v value) value {
	for {
		u, ok := v.(unknown)
		if !ok {
			return v
		}
		sym := s.symbols.at(u.id)
		switch {
		case sym == nil:
			return v
		case sym.is != nil:
			v = sym.is
		default:
			sum := s.settledSum(sym)
			if sum == nil {
				return v
			}
			s.change(u).is = sum
			v = sum
		}
	}
}

// derived returns the symbol of an operation on values, one of which is unknown.
func (s *state) derived(op string, args ...value) value {
	depth, vague := 0, false
	for _, a := range args {
		if u, ok := a.(unknown); ok {
			if sym := s.symbols.at(u.id); sym != nil {
				depth, vague = max(depth, sym.depth), vague || sym.vague
			}
		}
	}
	if depth >= depthLimit {
		return s.newSymbol(symbol{object: -1, vague: vague})
	}
	for _, e := range s.symbols {
		if e.it.op == op && slices.EqualFunc(e.it.args, args, same) {
			return unknown{e.key}
		}
	}
	return s.newSymbol(symbol{op: op, args: args, object: -1, depth: depth + 1, vague: vague})
}

// same reports whether two values are certainly one.
func same(a, b value) bool {
	switch x := a.(type) {
	case literal:
		y, ok := b.(literal)
		return ok && x.Kind() == y.Kind() && constant.Compare(x.Value, token.EQL, y.Value)
	case function:
		y, ok := b.(function)
		return ok && x.fn == y.fn && slices.EqualFunc(x.free, y.free, same)
	case boxed:
		y, ok := b.(boxed)
		return ok && x.typ == y.typ && same(x.v, y.v)
	case record:
		y, ok := b.(record)
		return ok && slices.EqualFunc(x, y, same)
	}
	switch b.(type) {
	case literal, function, boxed, record:
		return false
	}
	return a == b
}

// binary evaluates an operation on two values, which for a comparison are no integers or are on
// the sides where compare has brought them.
func (s *state) binary(op token.Token, x, y value) value {
	x, y = s.settled(x), s.settled(y)
	switch op {
	case token.NEQ:
		return s.not(s.binary(token.EQL, x, y))
	case token.GTR:
		return s.binary(token.LSS, y, x)
	case token.GEQ:
		return s.not(s.binary(token.LSS, x, y))
	case token.LEQ:
		return s.not(s.binary(token.LSS, y, x))
	case token.EQL:
		if known, equal := s.equal(x, y); known {
			return boolean(equal)
		}
		return s.derived("==", x, y)
	case token.LSS:
		if known, less := s.less(x, y); known {
			return boolean(less)
		}
		return s.derived("<", x, y)
	}
	a, okA := x.(literal)
	b, okB := y.(literal)
	if okA && okB {
		if v := arithmetic(op, a, b); v != nil {
			return v
		}
		return s.fresh()
	}
	if v, ok := s.combine(op, x, y); ok {
		return v
	}
	return s.derived(op.String(), x, y)
}

// arithmetic computes with literals; nil where the result has no meaning.
func arithmetic(op token.Token, a, b literal) value {
	whole := a.Kind() == constant.Int && b.Kind() == constant.Int
	switch op {
	case token.ADD, token.SUB, token.MUL:
		if a.Kind() != b.Kind() || a.Kind() == constant.Bool || a.Kind() == constant.String && op != token.ADD {
			return nil
		}
		return literal{constant.BinaryOp(a.Value, op, b.Value)}
	case token.QUO, token.REM:
		if !whole || constant.Sign(b.Value) == 0 {
			return nil
		}
		if op == token.QUO {
			op = token.QUO_ASSIGN // of integers
		}
		return literal{constant.BinaryOp(a.Value, op, b.Value)}
	case token.AND, token.OR, token.XOR, token.AND_NOT:
		if !whole {
			return nil
		}
		return literal{constant.BinaryOp(a.Value, op, b.Value)}
	case token.SHL, token.SHR:
		n, ok := constant.Uint64Val(b.Value)
		if !whole || !ok || n > 62 {
			return nil
		}
		return literal{constant.Shift(a.Value, op, uint(n))}
	}
	return nil
}

func (s *state) not(v value) value {
	if l, ok := s.settled(v).(literal); ok && l.Kind() == constant.Bool {
		return boolean(!constant.BoolVal(l.Value))
	}
	if u, ok := v.(unknown); ok {
		if sym := s.symbols.at(u.id); sym != nil && sym.op == "!" {
			return sym.args[0]
		}
	}
	return s.derived("!", v)
}

// equal compares two settled values, as far as that can be told.
func (s *state) equal(x, y value) (known, equal bool) {
	a, isX := x.(unknown)
	b, isY := y.(unknown)
	switch {
	case isX && isY:
		return a == b, a == b
	case isX:
		return s.differs(a, y), false
	case isY:
		return s.differs(b, x), false
	}
	if l, ok := x.(literal); ok {
		if r, ok := y.(literal); ok {
			return l.Kind() == r.Kind(), l.Kind() == r.Kind() && constant.Compare(l.Value, token.EQL, r.Value)
		}
	}
	if l, ok := x.(boxed); ok {
		if r, ok := y.(boxed); ok {
			return s.equal(s.settled(l.v), s.settled(r.v))
		}
	}
	return true, same(x, y)
}

// differs reports whether an unknown value is certainly not v.
func (s *state) differs(u unknown, v value) bool {
	if _, ok := v.(null); ok {
		return s.symbol(u).notNil
	}
	n, ok := asInt(v)
	if !ok {
		return false
	}
	lo, hi := s.bounds(u)
	return lo != nil && *lo > n || hi != nil && *hi < n
}

func (s *state) less(x, y value) (known, less bool) {
	a, okA := asInt(x)
	b, okB := asInt(y)
	u, isX := x.(unknown)
	v, isY := y.(unknown)
	switch {
	case okA && okB:
		return true, a < b
	case okA && isY:
		lo, hi := s.bounds(v)
		if lo != nil && a < *lo {
			return true, true
		}
		return hi != nil && a >= *hi, false
	case okB && isX:
		lo, hi := s.bounds(u)
		if hi != nil && *hi < b {
			return true, true
		}
		return lo != nil && *lo >= b, false
	}
	l, okA := x.(literal)
	r, okB := y.(literal)
	if okA && okB && l.Kind() == r.Kind() && l.Kind() != constant.Bool {
		return true, constant.Compare(l.Value, token.LSS, r.Value)
	}
	return isX && isY && u == v, false
}

// decide makes an unknown condition true or false, with what follows from that.
func (s *state) decide(u unknown, is bool) {
	sym := s.change(u)
	sym.is = boolean(is)
	s.marked = s.marked || is && sym.mark
	switch sym.op {
	case "!":
		if inner, ok := s.settled(sym.args[0]).(unknown); ok {
			s.decide(inner, !is)
		}
	case "==":
		c, ok := s.comparison(sym)
		s.decideEqual(sym.args[0], sym.args[1], is)
		s.decideEqual(sym.args[1], sym.args[0], is)
		if ok {
			s.relate(c, !is && c.with == 0)
		}
	case "<":
		c, ok := s.comparison(sym)
		s.decideLess(sym.args[0], sym.args[1], is)
		if ok {
			s.relate(c, false)
		}
	}
}

func (s *state) decideEqual(x, y value, is bool) {
	u, ok := s.settled(x).(unknown)
	if !ok || s.settled(y) == value(u) {
		return
	}
	y = s.settled(y)
	_, isNil := y.(null)
	_, isLiteral := y.(literal)
	n, whole := asInt(y)
	switch {
	case is && whole:
		s.fix(u, n)
	case is && (isNil || isLiteral):
		s.change(u).is = y
	case !is && isNil:
		s.change(u).notNil = true
	case whole:
		// One that is at its bound moves off it.
		lo, hi := s.bounds(u)
		if lo != nil && *lo == n {
			s.raise(u, n+1)
		}
		if hi != nil && *hi == n {
			s.lower(u, n-1)
		}
	}
}

func (s *state) decideLess(x, y value, is bool) {
	a, okA := asInt(s.settled(x))
	b, okB := asInt(s.settled(y))
	u, isX := s.settled(x).(unknown)
	v, isY := s.settled(y).(unknown)
	switch {
	case okA && isY && is:
		s.raise(v, a+1)
	case okA && isY:
		s.lower(v, a)
		s.empty = s.empty || a == 0 && !s.difference(v)
	case okB && isX && is:
		s.lower(u, b-1)
	case okB && isX:
		s.raise(u, b)
	}
}

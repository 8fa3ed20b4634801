package explore

import (
	"go/token"
	"go/types"
)

// narrow returns the numbers that an integer of 8 or 16 bits can be. What is computed with those
// may well come round at their end; with wider ones that is taken not to happen, since nothing
// that anybody counts gets there.
func narrow(t types.Type) (lo, hi int64, ok bool) {
	basic, isBasic := t.Underlying().(*types.Basic)
	if !isBasic {
		return 0, 0, false
	}
	switch basic.Kind() {
	case types.Int8:
		return -1 << 7, 1<<7 - 1, true
	case types.Uint8:
		return 0, 1<<8 - 1, true
	case types.Int16:
		return -1 << 15, 1<<15 - 1, true
	case types.Uint16:
		return 0, 1<<16 - 1, true
	}
	return 0, 0, false
}

// computed evaluates an operation whose result is of a type. A sum or a product that may come
// round is none of what it is made of.
func (s *state) computed(t types.Type, op token.Token, a, b value) value {
	lo, hi, ok := narrow(t)
	if !ok {
		return s.binary(op, a, b)
	}
	a, b = s.settled(a), s.settled(b)
	_, knownA := asInt(a)
	_, knownB := asInt(b)
	switch {
	case knownA && knownB:
		v := s.binary(op, a, b)
		if n, ok := asInt(v); ok && (n < lo || n > hi) {
			return s.fresh()
		}
		return v
	case op == token.ADD || op == token.SUB || op == token.MUL:
		return s.derived(op.String(), a, b)
	}
	return s.binary(op, a, b)
}

// fits reports whether an integer of one type is certainly the same in another.
func (s *state) fits(v value, from, to types.Type) bool {
	lo, hi, ok := narrow(to)
	if !ok {
		return true
	}
	if least, most, ok := narrow(from); ok && lo <= least && most <= hi {
		return true
	}
	least, most := s.bounds(v)
	return least != nil && most != nil && lo <= *least && *most <= hi
}

package explore

import (
	"go/token"
	"testing"
)

// TestSums has a sum of two integers that are not known, which are decided one after the other.
func TestSums(t *testing.T) {
	s := newState()
	length := func() unknown { return s.unknownLength(s.fresh()).(unknown) }
	l, m := length(), length()
	sum := s.binary(token.ADD, l, m)
	s.decide(s.compare(token.EQL, sum, integer(1)).(unknown), true)
	if n, ok := asInt(s.settled(sum)); !ok || n != 1 {
		t.Errorf("the sum is %v", s.settled(sum))
	}
	s.decide(s.compare(token.EQL, l, integer(1)).(unknown), true)
	if n, ok := asInt(s.settled(m)); !ok || n != 0 {
		t.Errorf("what is left is %v", s.settled(m))
	}
	if s.cut {
		t.Error("that cannot be")
	}
}

// TestSumBounds has what a sum is at least and at most say so of its parts, and the other way
// round.
func TestSumBounds(t *testing.T) {
	s := newState()
	length := func() unknown { return s.unknownLength(s.fresh()).(unknown) }
	whole, part := length(), length()
	rest := s.binary(token.SUB, whole, part).(unknown)
	s.raise(rest, 2)
	if lo, _ := s.bounds(whole); lo == nil || *lo != 2 {
		t.Errorf("the whole is at least %v", lo)
	}
	s.lower(whole, 3)
	if _, hi := s.bounds(rest); hi == nil || *hi != 3 {
		t.Errorf("the rest is at most %v", hi)
	}
	s.fix(part, 1)
	if n, ok := asInt(s.settled(whole)); !ok || n != 3 {
		t.Errorf("the whole is %v", s.settled(whole))
	}
	if s.fix(rest, 1); !s.cut {
		t.Error("the rest can be less than it is at least")
	}
}

// TestProducts has an integer that counts twice.
func TestProducts(t *testing.T) {
	s := newState()
	n := s.fresh().(unknown)
	twice := s.binary(token.MUL, integer(2), n).(unknown)
	s.fix(twice, 4)
	if got, ok := asInt(s.settled(n)); !ok || got != 2 {
		t.Errorf("half of it is %v", s.settled(n))
	}
	odd := newState()
	twice = odd.binary(token.MUL, odd.fresh(), integer(2)).(unknown)
	if odd.fix(twice, 3); !odd.cut {
		t.Error("an integer counts twice and is odd")
	}
}

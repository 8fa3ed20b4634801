package slot

import "slices"

// Policy decides who gets a slot when there are few.
type Policy uint8

// The policies.
const (
	// FirstCome gives a free slot to whoever looks first. An owner that always has a
	// user left never gives its slot back.
	FirstCome Policy = iota
	// Reserved keeps some slots for each priority from all that are less urgent.
	Reserved
	// RoundTrip serves requests in their order, and counts the owner of a slot among
	// them: while others wait it gets no further users, so that it gives the slot back
	// when those that it has are done (a round trip through the CPU), and comes last.
	RoundTrip
)

// Policies returns all policies.
func Policies() []Policy { return []Policy{FirstCome, Reserved, RoundTrip} }

func (p Policy) String() string {
	return [...]string{"first-come", "reserved", "round-trip"}[p]
}

// reserve is the part of the slots that is reserved for each priority.
const reserve = 16

// admits reports whether all claims of r can be met now.
func (s *Table) admits(r *request) bool {
	lacking := 0
	for _, c := range r.claims {
		if c.Owner.users == 0 {
			lacking++
		}
	}
	if lacking > s.free {
		return false
	}
	switch s.policy {
	case Reserved:
		return lacking == 0 || s.usedFrom(r.priority)+lacking <= s.limit(r.priority)
	case RoundTrip:
		return slices.Index(s.waiting, r) == 0
	}
	return true
}

// limit is how many slots priority p and all less urgent ones may have together.
func (s *Table) limit(p int) int {
	n := len(s.slots) - s.first
	return n - n/reserve*p
}

// usedFrom counts the slots that priority p and all less urgent ones have.
func (s *Table) usedFrom(p int) int {
	n := 0
	for _, e := range s.slots {
		if e.owner != nil && e.priority >= p {
			n++
		}
	}
	return n
}

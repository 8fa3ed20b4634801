package summary

// Change is what a write may do to the value of a field, and what a predicate needs
// of it to become true.
type Change uint8

// The changes. A value of which neither is known may do both.
const (
	Rises Change = 1 << iota // to true, to non-nil, to a larger number
	Falls                    // to false, to nil, to a smaller number
	Any   = Rises | Falls
)

// Read is a field that a function reads and that some predicate depends on.
type Read struct {
	Field string // full name; with "[]" an element of what the field holds
	Owner string // the field that the struct is the value of, "" if that is not known
	Makes Change // the changes that can make the function's result true
	// Zero says that the function asks whether it is 0, or has no elements.
	Zero bool
	Pos  Pos
}

// Wake is something that makes waiters look again: a wake of a queue, or the signal
// of a fence, whose callbacks may wake one.
type Wake struct {
	On Object
	// Looks is the function that itself waits on the queue here, and so looks again
	// without being woken; "" for a wake.
	Looks string
	// AtZero says of a wake that follows a write that it does where the field is 0 afterwards, or
	// has no elements, and perhaps nowhere else.
	AtZero bool
	Pos    Pos
	Text   string
}

// Write is a change of a field that some predicate depends on.
type Write struct {
	Field  string // full name; with "[]" an element of what the field holds
	Of     Object // whose field it is
	Owner  string // the field that the struct is the value of, "" if that is not known
	Change Change
	Func   string // key of the function that writes
	Pos    Pos
	Text   string
	Wakes  []Wake // that follow on every path
	// NotZero says that the field was found to be more than 0 afterwards, or to have elements, on
	// every path.
	NotZero bool
	// Hops is through how many calls it has come here of which the call graph alone says that
	// they reach one of several functions.
	Hops int
}

// Of reports whether a write of the field with a name and owner may be of the field
// that r reads.
func (r *Read) Of(field, owner string) bool {
	return r.Field == field && (r.Owner == "" || owner == "" || r.Owner == owner)
}

// PredicateWait is a wait until a predicate holds.
type PredicateWait struct {
	On        Object   // the wait queue
	Predicate []Target // the functions that the predicate may be
	Reads     []Read   // of a condition that is part of this function, around a Cond
	// Spin is a branch by which the function comes back to the wait although nothing that
	// the predicate reads has changed; its Line is 0 if there is none.
	Spin     Pos
	SpinText string
	Site
}

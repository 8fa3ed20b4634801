// Package oracle makes small random programs of which it is known which deadlocks they
// have, and holds fencelint to that.
//
// A program is a syntax tree of its own. It is printed as Go with directives, which
// fencelint reads; and it is compiled for a reference that goes through all of its states:
// every order in which goroutines can move, every value of what is unknown, and every
// allocation with all that reclaim may run from there. The reference shares nothing with
// the analyzer. Goroutines that it sees waiting for ever must be found: by a finding that
// names an operation, or the class of one, at which one of them stands. What is not found
// is a miss; it has to fall under one of the assumptions of docs/limits.md, by a property of
// the program that is checked.
package oracle

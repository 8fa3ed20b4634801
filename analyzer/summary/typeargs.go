package summary

import (
	"slices"
	"strconv"
	"strings"
)

// TypeArgs are the type arguments of a generic type or function, those that are the
// function's own by their number; "" where they are not known, or there are none.
type TypeArgs string

const (
	between = "|"
	ownArg  = "$"
)

// NewTypeArgs returns type arguments by their names: full names, or of [OwnArg].
func NewTypeArgs(names []string) TypeArgs {
	if slices.ContainsFunc(names, func(name string) bool { return strings.Contains(name, between) }) {
		return ""
	}
	return TypeArgs(strings.Join(names, between))
}

// OwnArg names the i-th of the type arguments that a function is itself called with.
func OwnArg(i int) string { return ownArg + strconv.Itoa(i) }

// Within returns what type arguments of a function are where it is itself called with own.
func (t TypeArgs) Within(own TypeArgs) TypeArgs {
	if !strings.Contains(string(t), ownArg) {
		return t
	}
	given := strings.Split(string(own), between)
	names := strings.Split(string(t), between)
	for n, name := range names {
		number, mine := strings.CutPrefix(name, ownArg)
		if !mine {
			continue
		}
		i, err := strconv.Atoi(number)
		if err != nil || own == "" || i >= len(given) {
			return ""
		}
		names[n] = given[i]
	}
	return NewTypeArgs(names)
}

// Agree reports whether two may be the same.
func (t TypeArgs) Agree(u TypeArgs) bool { return t == "" || u == "" || t == u }

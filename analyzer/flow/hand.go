package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/timing"
)

// hand notes what is handed to a function that is not looked into, if anything is: a timer
// or an item of work may be what makes something run.
func (a *analysis) hand(args []ssa.Value) (any bool) {
	for _, arg := range args {
		field := timing.HeldIn(arg)
		if _, ok := deref(arg.Type()).Underlying().(*types.Struct); !ok || field == "" {
			continue
		}
		any = true
		if at, known := slices.BinarySearch(a.sum.Hands, field); !known {
			a.sum.Hands = slices.Insert(a.sum.Hands, at, field)
		}
	}
	return any
}

// startsNothing reports whether a function is one of the standard library by which
// nothing is made to run: all but timers.
func (a *analysis) startsNothing(t target) bool {
	pkg := packageOf(t.fn)
	return pkg != nil && pkg.Path() != "time" && a.env.Standard != nil && a.env.Standard(pkg.Path())
}

// harmless reports whether a call only prints or wraps what it is given.
func harmless(targets []target) bool {
	return !slices.ContainsFunc(targets, func(t target) bool {
		pkg := packageOf(t.fn)
		if pkg == nil {
			return true
		}
		switch pkg.Path() {
		case "fmt", "log", "errors":
			return false
		}
		return !isNamed(t.fn, "sync.NewCond") // whose lock is within reach of who has the Cond
	})
}

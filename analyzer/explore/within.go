package explore

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Run is what was seen of the functions that one calls and starts when that was run.
type Run struct {
	stuck map[string]bool
	// Whole says that nothing was left out.
	Whole bool
	// Returned are the functions that have returned.
	Returned map[*ssa.Function]bool
	// Skipped are those that somewhere were called and not entered.
	Skipped map[*ssa.Function]bool
	// Came are the operations that somebody came to.
	Came map[ssa.Instruction]bool
}

// Stuck reports whether goroutines were seen to wait for ever in a way.
func (r Run) Stuck(s Stuck) bool { return r.stuck[s.key()] }

// Within runs a function for what it calls and starts: the process goes on when it has
// returned.
func (e *Explorer) Within(fn *ssa.Function) Run {
	x := e.x
	x.called, x.lost = true, false
	x.ran = Run{stuck: map[string]bool{}, Returned: map[*ssa.Function]bool{}, Skipped: map[*ssa.Function]bool{}, Came: map[ssa.Instruction]bool{}}
	for _, s := range e.Explore(fn) {
		x.ran.stuck[s.key()] = true
	}
	x.called = false
	x.ran.Whole = !x.bounded && !x.lost && !x.large
	return x.ran
}

// lose has a state go on in a way that is not followed.
func (x *explorer) lose(s *state) { s.cut, x.lost = true, true }

// leaveOut notes a function that is not entered, although it could be.
func (x *explorer) leaveOut(fn *ssa.Function) {
	if x.called && x.follows(fn) {
		x.ran.Skipped[fn] = true
	}
}

// panics has a state end in a panic, if nobody recovers from it.
func (x *explorer) panics(s *state, g *goroutine) {
	s.cut = true
	if slices.ContainsFunc(g.frames, func(f *frame) bool { return f.fn.Recover != nil }) {
		x.lost = true
	}
}

// note notes an operation that somebody has come to.
func (x *explorer) note(at ssa.Instruction) {
	if x.called {
		x.ran.Came[at] = true
	}
}

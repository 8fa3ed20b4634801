package explore

import (
	"cmp"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/scc"
	"golang.org/x/tools/go/ssa"
)

// Stuck is a way for goroutines to wait for ever.
type Stuck struct {
	// Goroutines wait for each other, each for the next and the last for the first, or it is
	// one.
	Goroutines []Waiting
	// Gone are the returns by which goroutines have ended.
	Gone []Site
	// Why says how it came to that.
	Why Reason
	// Empty says that it takes a loop of unknown bound that does not go round at all, or that
	// waits for a count to come to it.
	Empty bool
	// Uneven says that it takes two numbers of which nothing is known, each of which says how
	// often something is done, to be different. Whoever wrote that may know that they are not.
	Uneven bool
	// Marked says that it takes that somebody has done something before with an object that
	// came from outside, such as to close it.
	Marked bool
	// Others are further goroutines that are stuck because these are.
	Others []Waiting
}

// Reason is how a wait came to be for ever.
type Reason uint8

// The reasons.
const (
	NoPartner  Reason = iota // nobody is left to end it
	Circle                   // each waits for the next, over locks or not
	Again                    // it waits for a lock that it holds itself
	LeftLocked               // who took the lock has ended, or gone on, without giving it back
)

// Waiting is a goroutine that waits for ever.
type Waiting struct {
	Started *Site // the go statement, nil for the first goroutine
	Stack   []Site
	Holds   []Lock
	// Lock is what it waits for, if that is a lock, and Shared that it wants to read.
	Lock, Shared bool
	// Made is what made what it waits for, nil for what came from outside.
	Made ssa.Instruction
	// Holder is who took that lock and where.
	Holder *Lock
}

// Site is a place on a stack.
type Site struct {
	Func *ssa.Function
	At   ssa.Instruction
}

// Lock is a lock that a goroutine holds, and where it took it.
type Lock struct {
	Site
	Left ssa.Instruction // the return at which who took it left it locked, if it has
	Open bool            // others can get at it, out of sight
}

// stuck returns the goroutines that are stuck in states from which there is no way out.
func (d *search) stuck() []Stuck {
	var found []Stuck
	seen := map[string]int{}
	for _, component := range d.bottoms() {
		n := d.nodes[component[0]]
		names := d.never(component)
		for _, s := range d.x.explain(n.state, names) {
			switch at, known := seen[s.key()]; {
			case !known:
				seen[s.key()] = len(found)
				found = append(found, s)
			case s.surer(found[at]):
				found[at] = s
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Stuck) int { return cmp.Compare(a.key(), b.key()) })
	return found
}

// never returns the goroutines that move in no state of a component.
func (d *search) never(component []int) []string {
	moved := map[string]bool{}
	for _, id := range component {
		for _, names := range d.nodes[id].moved {
			for _, n := range names {
				moved[n] = true
			}
		}
	}
	var names []string
	for _, g := range d.nodes[component[0]].state.goroutines {
		if !g.ended && !moved[g.name] {
			names = append(names, g.name)
		}
	}
	return names
}

// bottoms returns the strongly connected components that nothing leads out of and that
// are known whole.
func (d *search) bottoms() [][]int {
	var out [][]int
	for _, members := range scc.Components(len(d.nodes), func(v int) []int { return d.nodes[v].next }) {
		if d.closed(members) {
			slices.Sort(members)
			out = append(out, members)
		}
	}
	return out
}

// closed reports whether nothing leads out of a component, and all of it was looked at.
func (d *search) closed(members []int) bool {
	in := make(map[int]bool, len(members))
	for _, v := range members {
		in[v] = true
	}
	for _, v := range members {
		n := d.nodes[v]
		if n.cut || !n.expanded || slices.ContainsFunc(n.next, func(w int) bool { return !in[w] }) {
			return false
		}
	}
	return true
}

// surer reports whether there is less that has to be so than for another way.
func (s Stuck) surer(than Stuck) bool {
	if s.Empty != than.Empty {
		return than.Empty
	}
	if s.Uneven != than.Uneven {
		return than.Uneven
	}
	return than.Marked && !s.Marked
}

// key tells deadlocks of one function apart, by where they stand.
func (s Stuck) key() string {
	var keys []string
	for _, w := range s.Goroutines {
		last := w.Stack[len(w.Stack)-1]
		keys = append(keys, last.Func.String()+" "+last.At.Parent().Prog.Fset.Position(last.At.Pos()).String())
	}
	slices.Sort(keys) // wherever the ring is entered
	return strings.Join(keys, ";")
}

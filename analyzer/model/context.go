// Package model is the vocabulary of fencelint: what directives and model files
// say of types and functions, in a form that depends neither on syntax nor on SSA.
package model

import "strings"

// Context is a set of execution contexts. What runs in a context owes others
// something: in [Signalling] a fence must signal, in [Reclaim] memory must become
// free. See Documentation/driver-api/dma-buf.rst and docs/design.md.
type Context uint16

// The contexts a directive can name. [Signalling], [Reclaim], [Notifier] and
// [Atomic] forbid; [NoFS], [NoIO] and [NoReclaim] are allocation scopes
// (include/linux/sched/mm.h, memalloc_nofs_save and its kin); [Opportunistic]
// exempts from signalling; [NoHeap] forbids allocations on the Go heap.
const (
	Signalling Context = 1 << iota
	Reclaim
	Notifier
	Atomic
	NoFS
	NoIO
	NoReclaim
	Opportunistic
	NoHeap
)

// Scopes are the contexts that only narrow what an allocation may do.
const Scopes = NoFS | NoIO | NoReclaim

var contextNames = [...]string{
	"signalling", "reclaim", "notifier", "atomic", "nofs", "noio", "noreclaim",
	"opportunistic", "noheap",
}

// Has reports whether c contains all of d.
func (c Context) Has(d Context) bool { return c&d == d }

// Any reports whether c and d share a context.
func (c Context) Any(d Context) bool { return c&d != 0 }

// String lists the contexts of c, separated by commas, in their declared order.
func (c Context) String() string {
	var names []string
	for i, name := range contextNames {
		if c&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ",")
}

// ParseContext returns the context called name.
func ParseContext(name string) (Context, bool) {
	for i, n := range contextNames {
		if n == name {
			return 1 << i, true
		}
	}
	return 0, false
}

// ContextNames returns the words a directive can use for a context.
func ContextNames() []string { return contextNames[:] }

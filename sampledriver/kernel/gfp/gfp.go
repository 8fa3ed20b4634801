// Package gfp is allocation flags and scopes (include/linux/gfp_types.h and
// include/linux/sched/mm.h).
package gfp

import (
	"strings"

	"github.com/fencelint/fencelint/sampledriver/kernel/sim"
)

// Flags say what an allocation may do to get its memory.
//
//fencelint:gfp reclaim=DirectReclaim io=IO fs=FS
type Flags uint32

// The single bits.
const (
	// DirectReclaim lets the caller reclaim memory itself, and so sleep.
	DirectReclaim Flags = 1 << iota
	// KswapdReclaim wakes the reclaim task when memory is low.
	KswapdReclaim
	// IO lets reclaim start input and output.
	IO
	// FS lets reclaim call into file systems, and with them most shrinkers.
	FS
	// Reserves lets the allocation use memory that is kept for emergencies.
	Reserves
)

// The usual combinations.
const (
	Kernel = DirectReclaim | KswapdReclaim | IO | FS
	NoFS   = DirectReclaim | KswapdReclaim | IO
	NoIO   = DirectReclaim | KswapdReclaim
	NoWait = KswapdReclaim
	Atomic = KswapdReclaim | Reserves
)

// Has reports whether f contains all bits of g.
func (f Flags) Has(g Flags) bool { return f&g == g }

func (f Flags) String() string {
	switch f {
	case Kernel:
		return "Kernel"
	case NoFS:
		return "NoFS"
	case NoIO:
		return "NoIO"
	case NoWait:
		return "NoWait"
	case Atomic:
		return "Atomic"
	}
	var names []string
	for i, name := range [...]string{"DirectReclaim", "KswapdReclaim", "IO", "FS", "Reserves"} {
		if f&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, "|")
}

// Current narrows f to what the scopes of t allow.
func Current(t *sim.Task, f Flags) Flags {
	s := t.Scope()
	if s&sim.ScopeNoReclaim != 0 {
		return f&^DirectReclaim | Reserves
	}
	if s&sim.ScopeNoIO != 0 {
		return f &^ (IO | FS)
	}
	if s&sim.ScopeNoFS != 0 {
		return f &^ FS
	}
	return f
}

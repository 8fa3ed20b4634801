package model

import "strings"

// Pos is a position in a source or model file. Line and Col count from 1; a zero
// Line means that the position is unknown.
type Pos struct {
	File string
	Line int
	Col  int
}

// Base says what a [Place] starts at.
type Base uint8

// The parts of a signature a place can start at.
const (
	Recv Base = iota
	Param
	Result
	// None is the base of an absent place.
	None
)

// Place names something through a signature: the receiver, a parameter or a
// result, then a path of fields. The zero value is the receiver itself.
type Place struct {
	Base  Base
	Index int    // of a parameter or result, from 0, the receiver not counted
	Path  string // dotted field names, "" for the value itself
}

// NoPlace is a place that names nothing.
var NoPlace = Place{Base: None}

// Fields returns the field names of the path.
func (p Place) Fields() []string {
	if p.Path == "" {
		return nil
	}
	return strings.Split(p.Path, ".")
}

// EffectKind is what a call of a function does to its caller.
type EffectKind uint8

// The effects, one for each directive word of docs/design.md section 3, and one that
// only model files have a word for.
const (
	Waits     EffectKind = iota // X: a fence, or a wait queue when Until is set
	Wakes                       // X: a wait queue
	Signals                     // X: a fence
	Publishes                   // X: a fence
	Takes                       // X: a fence
	Acquires                    // X: a lock or pool
	Releases                    // X: a lock or pool
	Allocates                   // Flags: the gfp parameter, or NoPlace
	Sleeps                      //
	Blocks                      // waits for something outside the program
	Enters                      // Contexts
	Leaves                      // Contexts
	Calls                       // X: a function parameter, run in Contexts
	Queues                      // X: a function parameter, On: a work queue
	Flushes                     // X: a work queue
	Counts                      // X: a wait group, which waits for one more from here on
)

// Effect is one clause of a [Contract].
type Effect struct {
	Kind     EffectKind
	X        Place
	Until    Place // the predicate of a wait on a queue, NoPlace otherwise
	On       Place // the work queue of Queues, NoPlace otherwise
	Flags    Place // the flags parameter of Allocates, NoPlace otherwise
	Contexts Context
	Bounded  bool // Waits, Sleeps: there is an end to it without anybody's help
	Shared   bool // Acquires: a reader's share
	Try      bool // Acquires: gives up instead of waiting; held when the last or only bool result is true, or the error result is nil
	Async    bool // Calls: later, from another goroutine
	Pos      Pos
}

// Contract is what directives or a model file say of a function, an interface
// method, a func-typed field or a named func type.
type Contract struct {
	// Name is the key: types.Func.FullName of the generic origin for functions and
	// methods (interface methods included), "pkg/path.Type.Field" for a field,
	// "pkg/path.Type" for a named func type.
	Name    string
	Runs    Context // the contexts its body runs in: a root when not 0
	Effects []Effect
	Trusted string // the reason why the body is not followed, "" if it is
	Model   bool   // from a model file
	// Interface says that it is the contract of an interface method, which every
	// implementation inherits. Known only where the source was read.
	Interface bool
	Pos       Pos
}

// HasEffects reports whether the contract, and not the body, is the summary that
// callers see.
func (c *Contract) HasEffects() bool { return c != nil && (len(c.Effects) > 0 || c.Trusted != "") }

// GFP says which bits of an allocation-flags type allow what
// (include/linux/gfp_types.h).
type GFP struct {
	Reclaim, IO, FS uint64
	// Named are the constants that a model file names for bits whose values have not
	// been looked up: the file is read before any package is.
	Named GFPNames
}

// GFPNames are names of constants, "" where the bit has its value.
type GFPNames struct {
	Reclaim, IO, FS string
}

// Over says across what others may hold a lock, by contract.
type Over struct {
	Fence, Reclaim bool
}

// Type is what directives say of a type, or of a field or variable of such a type.
type Type struct {
	// Name is "pkg/path.Type", or "pkg/path.Type.Field" and "pkg/path.Var" for a
	// directive on a field or variable.
	Name      string
	Fence     bool
	Lock      bool
	Spin      bool
	Over      Over
	Pool      bool
	WaitQueue bool
	WorkQueue bool
	Ordered   bool
	Rescuer   bool
	WaitGroup bool // model files only: a counter, waited for until it is zero
	Cond      bool // model files only: a wait releases the lock it was made with
	GFP       *GFP
	Model     bool // from a model file
	Pos       Pos
}

package summary

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/model"
)

// OpKind is what an operation does.
type OpKind uint8

// The operations.
const (
	OpWait          OpKind = iota // On: a fence, wait queue, channel (send, receive, select, range), WaitGroup, Cond, Outside
	OpAlloc                       // Flags
	OpAcquire                     // On: a lock or pool
	OpRelease                     // On: a lock or pool
	OpSleep                       //
	OpSignal                      // On: a fence
	OpPublish                     // On: a fence
	OpTake                        // On: a fence handed over with its duty
	OpWake                        // On: a wait queue
	OpFlush                       // On: a work queue
	OpFlagsDropped                // gfp-dropped: a function given flags allocates with others; Flags
	OpDutyLost                    // fencelife: a return on which a published fence is owed; On: the fence
	OpWakeMissing                 // wake-missing: a write after which a queue is not woken; On: the queue
	OpSpins                       // wait-spins: a wait that is come back to with its predicate unchanged; On: the queue
	OpUnlockMissing               // missing-unlock: a return on which a lock is held that others have released; On: the lock
	OpHeap                        // an allocation on the Go heap; only where something is marked noheap
	OpCount                       // On: a wait group that has one more to wait for
)

// Direction is what a channel operation does.
type Direction uint8

// The directions. A close is an [OpSignal] on the channel: it never waits.
const (
	NoDirection Direction = iota
	Send
	Receive
	Close
)

// Case is one communication of a select statement.
type Case struct {
	On        Object
	Direction Direction
}

// Held is a lock or pool slot held at an operation, or call.
type Held struct {
	On     Object
	Shared bool
	Pos    Pos
	Text   string // the acquiring call, as source
	Func   string // the function that acquired, when a helper returned holding
	May    bool   // on some of the ways here only
	// Private says that it is of what the function has made and nobody else can reach yet.
	Private bool
	// Again says that it was taken at this very site, in an earlier turn of a loop that
	// nothing but its end keeps from coming here again.
	Again bool
	// Passed says that somebody who may give it back has been made to go on since.
	Passed bool
}

// RegionKind says what opened a region.
type RegionKind uint8

// The kinds of region.
const (
	Declared  RegionKind = iota // enters CTX ... leaves CTX
	Published                   // publishes X ... signals or takes X
	Owed                        // inferred: from where a fence it did not create is got hold of to its signal
	SpinHeld                    // a spin lock is held: atomic
)

// Region is an open context at an operation or call.
type Region struct {
	Kind    RegionKind
	Context model.Context
	// Fence is the fence owed in a Published or Owed region.
	Fence Object
	// Owes is, for an Owed region, the parameter (Params order, free variables after)
	// from which the fence came: the region holds only where this function is a root, or
	// where its caller is itself in an Owed region for the argument. -1: the fence came
	// from a receive, pop or wait in this very function, in a root or not.
	Owes int
	// Lent says of a Published region that the fence came with a parameter by itself and
	// that nothing here ends it. A caller may have it from somebody who will: the region
	// holds only where there is no caller.
	Lent bool
	Pos  Pos
	Text string
}

// Site is what operations, calls and spawns have in common: where and under what.
type Site struct {
	Pos     Pos
	Text    string // one line of source: the call or operation
	Held    []Held
	Within  []Region
	Dropped []Object      // locks that the caller held, released before this
	Given   []Given       // what its bool parameters are here
	Left    model.Context // contexts that the caller had open, left before this
	// Block and Order say where it is in the control flow: Order counts within the block.
	Block, Order int
}

// Op is an operation of the function itself: a call of an annotated or modelled
// function, a channel operation, a return.
type Op struct {
	Kind      OpKind
	On        Object
	Flags     Flags
	GFP       string // OpAlloc: full name of the type of the flags, "" when the call takes none
	Bounded   bool   // ends by itself: a timer, a deadline, a select case that is always ready
	Try       bool
	Shared    bool
	Private   bool      // OpAcquire: of what nobody else can reach yet
	Direction Direction // of a channel operation
	Asked     []string  // of a receive with a lock held: the fields that decide whether it is come to
	Sets      []string  // of a send or close: the fields that the function stores to
	Cases     []Case    // of a select, all of them; On is the first: it waits for any one
	Leaves    []int     // of a select: the blocks in which it goes on when it is time, or a caller's context is done
	Failure   bool      // OpDutyLost: this return leaves because a fallible step failed
	Promise   *Promise  // OpDutyLost: what says that the fence is signalled here; nil where the function has published it
	Turn      bool      // OpUnlockMissing: no return, but the end of a turn of a loop
	Kept      bool      // OpUnlockMissing: no way through the function gives it back
	Panics    bool      // OpUnlockMissing: no return, but a panic
	Through   string    // OpUnlockMissing: the variable, nil by now, through which a deferred literal releases it; "" if none does
	Lent      bool      // OpDutyLost: as of a region, lost only where there is no caller
	Safe      bool      // OpAlloc: a failure branch was shown to reach the signal
	Via       Via       // Contract or Model for a call, Static for a language operation
	Callee    string    // full name of the annotated function, "" for a language operation
	Site
}

// GivesBack reports whether the operation releases what the function has not taken itself.
func (op *Op) GivesBack() bool {
	return op.Kind == OpRelease && !slices.ContainsFunc(op.Held, func(h Held) bool { return h.On.Instance == op.On.Instance })
}

// Promise is why a function has to signal a fence that others have published: callers
// know from a contract that it does, or that it takes the duty to.
type Promise struct {
	By string // the contract's name
	// Anywhere says that only the duty is promised: somebody else may be known to do it.
	Anywhere bool
	Asked    bool // the return is taken for what the fence was found to be
}

// Target is a function that a call may reach.
type Target struct {
	Func string // key of its Summary
	Args TypeArgs
	Via  Via
}

// Given says what a bool parameter of the function is at a site.
type Given struct {
	Param int
	Holds bool
}

// Truth is what is known of a bool.
type Truth uint8

// What a bool may be known to be.
const (
	Unknown Truth = iota
	True
	False
)

// TruthOf is the truth of a bool that is known.
func TruthOf(b bool) Truth {
	if b {
		return True
	}
	return False
}

// Bind says what a caller passes for a parameter that matters to the callee.
type Bind struct {
	Param int // callee's parameter (Params order, free variables after)
	// One of these is set.
	Object  *Object  // a lock, pool, fence, queue or struct that leads to one
	Flags   Flags    // an allocation-flags value
	Targets []Target // a function value: what it may be
	Truth   Truth    // a bool
	From    int      // a function value or bool: the caller's own parameter passed on, or -1
	// Otherwise is what a function value may be that came with From, in an interface, where the
	// caller's callers do not say what it is.
	Otherwise []Target
	// Captured are the objects that the function value, if it can be one only, has bound: its
	// receiver or free variables, as parameters of that function.
	Captured []Bind
}

// NewInstruction is what the kind of an unresolved call begins with that is none, but an
// instruction of which nothing is known; its name follows.
const NewInstruction = "instruction "

// Call is a call that is followed. Parametric calls (of a function-typed
// parameter) have FromParam >= 0 and no Targets of their own.
type Call struct {
	Targets    []Target
	FromParam  int // the called value is this parameter of the function, or -1
	Binds      []Bind
	Contexts   model.Context // a callback runs in these besides (calls P in CTX)
	Unresolved string        // "", or why there may be more targets: "interface", "func value", "too many targets", "reflect", "cgo", [NewInstruction] and its name
	Via        Via           // of the site: Static, Deferred, Closure ...
	Safe       bool          // when it fails, every fence owed here is still shown to be signalled
	Sense      Change        // in a predicate: what change of the result makes the predicate true; 0: unknown
	Inlined    bool          // the compiler put the callee's body here, with its own OpHeap
	Site
}

// SpawnKind is how something came to run by itself.
type SpawnKind uint8

// The kinds of spawn.
const (
	Goroutine SpawnKind = iota
	Work                // queued on a work queue
	Callback            // calls P async
)

// Spawn starts something that inherits nothing: a new root.
type Spawn struct {
	Kind      SpawnKind
	Targets   []Target
	FromParam int
	Binds     []Bind
	On        Object        // Work: the queue; Callback: the fence that it is installed on or the group that waits for it, if any
	Source    []Target      // Callback: the functions that returned that fence, if they did
	Contexts  model.Context // it runs in these
	Carrier   string        // the field that holds the timer or item that it was handed to, if one does
	Delay     *Delay        // after how long it runs, where that is said when it is handed over
	Site
}

// Delay is what is known of a duration: a constant, or the field that it is read from.
type Delay struct {
	Known bool
	Value int64  // in nanoseconds, if Known
	Field string // full name, "" if it comes from elsewhere
}

// Net is what is different for the caller once the function has returned. Objects
// are those a caller can name (Param >= 0, or a global class). A path fails that
// returns an error or, where there is none to return, false.
type Net struct {
	Acquired  []Held   // on every path, or May be: slots of pools alone
	Released  []Object // held by the caller before
	Entered   model.Context
	Left      model.Context
	Signalled []Object // on every path
	Taken     []Object // on every path
	Published []Object // on some path
	Withheld  []Object // of Published: not where it fails, if it can
	// Handed are results: fences that it has made and published, and that its caller has
	// to settle. Where it fails there are none.
	Handed    []model.Place
	Settled   []Object // signalled or handed over on every path that does not fail
	Tried     []Held   // acquired on every path that does not fail, and on no other; on some, if May
	MaySignal []Object // signalled on some path, Signalled included
	Unlocks   []Unlock // by what it returns
	Breaks    []Break  // of the body of a range-over-func loop
	Escaped   []int    // parameters stored, sent or captured where they cannot be followed
	Exposed   []int    // parameters of which others can reach a lock inside afterwards
	PassesOn  bool     // it may make somebody else go on: see Held.Passed
	NoReturn  bool     // it ends in a panic or never, on every path
	Fresh     bool     // what it returns was created by it, or is nil, on every path
	Flags     Flags    // the allocation flags it returns, if it returns such a value
	Returns   []Class  // the fences it returns
	Writes    []Write  // that a predicate may depend on, on some path
	Woken     []Wake   // on every path
	// Unlisted says that there may be writes that Writes does not have.
	Unlisted bool
	// FailsQuietly says that nothing of Writes was written where it returns false, nil or
	// an error.
	FailsQuietly bool
	// FailsOn are the watched fields that alone decide whether it does so; nil if others
	// may.
	FailsOn []string
}

// Break is a way out of the body of a range-over-func loop that leaves the loop as well,
// and what is different after it for the function that the loop is in.
type Break struct {
	Exit     string // by which the function knows it
	Acquired []Held
	Released []Object
}

// Unlock is a lock that a function releases which another returns.
type Unlock struct {
	Result int
	On     Object
}

// Summary is what the engine knows of one function.
type Summary struct {
	Func    string // key, see Key rules in docs/design.md
	Display string // as a reader calls it: (*WorkQueue).complete
	Package string
	Pos     Pos
	Runs    model.Context // declared, or inherited from an interface method or field contract
	RunsVia string        // whose contract, "" when its own
	// Promises names the inherited contracts with effects, sorted: who calls it through
	// the interface method, field or func type sees these alone.
	Promises []string
	Ops      []Op
	Calls    []Call
	Spawns   []Spawn
	Net      Net
	Waits    []PredicateWait
	Reads    []Read  // that a predicate may depend on
	Repeats  []Write // made again in a loop that the function does not leave in between
	// Hands are the fields whose value is handed to what is not looked into, sorted: work
	// that is queued, a timer that is set.
	Hands []string
	// Captures is the index of the first free variable of a literal: the number of its
	// parameters.
	Captures int
	// Params are the parameters that matter to this function or to what it calls; a
	// caller binds only these.
	Params []int
	Kept   []Kept
	Made   []Made
	Lent   []Lent
	// Spoken says that directives speak for the function, and Said what they say that it
	// does. Whoever calls it by name has that as operations of his own; these are for who
	// calls it as a parameter. They have no position.
	Spoken bool
	Said   []Op
	Flow   [][]int // the blocks that may follow each block of the control flow
	Panics []int   // the blocks that end in a panic, where any do
	// Recovers says that it goes on after a panic of what it calls.
	Recovers bool
	// Defers are the keys of what it defers, by name or as literals, in the order of the text.
	Defers []string
	// NeverReturns says that no way through it comes to a return.
	NeverReturns bool
	// Crowded says that a call may reach it which is not followed because it may reach too many:
	// it has callers that are not known.
	Crowded bool
	// Unknown says that the body could not be analysed and why (no body, too large).
	Unknown string
}

// Package explore decides by instance what the graph can only say by class: it runs a
// function and the goroutines that it starts, all ways round, on values of which no
// more is known than what the function made itself, and finds where a goroutine waits
// for ever.
//
// A goroutine is stuck for ever in a state from which every way on leads back to it and
// on none of which the goroutine moves. Whoever is not in sight may always come: what
// was handed to code that is not followed, or came from there, is never waited for in
// vain. What is not known is a symbol: two branches on one symbol go the same way, and
// two loops with one bound go round as often. Loops go round a few times at most, and
// goroutines, frames and states are bounded; a state behind a bound counts as one in
// which everybody may go on, so that a bound hides findings and makes none.
//
// Preemption is only where others may see: at operations on locks, channels, groups and
// the like. Data races are not looked for.
package explore

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/model"
)

// The bounds. Deadlocks of real programs show with few goroutines and few rounds.
const (
	stateLimit      = 1000
	nearLimit       = 300 // more states, nearest to the begin first
	forkLimit       = 2500
	firstLimit      = 2000    // forks, as long as nothing was found
	sizeLimit       = 3 << 19 // bytes of states that are compared, as long as nothing was found
	idleLimit       = 400     // forks, as long as nobody had to wait
	idleSizeLimit   = 3 << 16 // bytes of states that are compared, as long as nobody had to wait
	bareLimit       = 120     // forks, as long as nothing but locks was made to wait for
	bareSizeLimit   = 3 << 15 // bytes of states that are compared, as long as nothing but locks was made to wait for
	lockLimit       = 80      // forks, as long as it is to be expected that nothing else will be
	branchLimit     = 32      // branches between two operations that others may see
	earlyLimit      = 24      // of them before the first
	bareBranchLimit = 24      // of them as long as nothing but locks was made to wait for
	lockBranchLimit = 16      // of them as long as it is to be expected that nothing else will be
	branchCost      = 500     // forks that it costs to come to that limit
	stepCost        = 200     // steps that cost as much as a fork
	stepLimit       = 20000
	symbolLimit     = 1000 // what is not known of one state
	goroutineLimit  = 12
	frameLimit      = 24
	recursionLimit  = 2
	tripLimit       = 2
	arrayLimit      = 32
	countLimit      = 24
	depthLimit      = 3
	costly          = 100 // objects and symbols that cost as much as a step
)

const rootName = "0"

// Options say what is to be followed.
type Options struct {
	// Standard reports whether a package is one of the standard library's, of which only
	// what is known of its functions counts.
	Standard func(path string) bool
	// Spoken reports whether directives speak for a function, and not its body.
	Spoken func(fn *ssa.Function) bool
	// Effects returns what they say that a call of it does.
	Effects func(fn *ssa.Function) []model.Effect
	// Fence reports whether values of a type are annotated fences.
	Fence func(t types.Type) bool
	// Annotated reports whether directives say of a type what its values are to others.
	Annotated func(t types.Type) bool
	// Marks reports whether a field that is true says what somebody has done before with an
	// object that was there already.
	Marks func(field *types.Var) bool
	// Steady reports whether a field is set only in objects that have just been made.
	Steady func(field *types.Var) bool
	// Lasting reports whether a field is a channel that nobody sends to, and stays what it is.
	Lasting func(field *types.Var) bool
	// Ordered reports whether the work queue that a value leads to does one thing at a time;
	// known is false where the value does not tell.
	Ordered func(v ssa.Value) (ordered, known bool)
}

// explorer explores the functions of a program, one after another.
type explorer struct {
	program *ssa.Program
	options Options

	bodies    map[*ssa.Function]*body
	joins     map[*ssa.If]*meeting
	shown     map[*ssa.If]bool // loops whose rounds others may see: see shows
	names     map[*ssa.Function]string
	abilities map[*ssa.Function]ability
	entered   map[*ssa.Function]ability // see onlyLocks
	globals   map[*ssa.Global]string
	globalIDs map[string]int
	types     map[types.Type]int
	typeNames map[string]int
	limits    map[*ssa.Function]*limits
	encodes   encoder
	leading   map[types.Type]bool
	followed  map[*ssa.Function]bool
	said      map[*ssa.Function][]model.Effect
	hidden    map[*ssa.Function]bool // functions that are no operations
	returning map[*ssa.Function]bool // a channel that is only closed: see returnsLasting

	// Of one exploration.
	scale   *scale
	large   bool // it came to nothing because of a large number
	bounded bool // there was more than was looked at
	tries   bool // somebody may try to take a lock
	// A count fell below none, or what nobody had locked was unlocked, which panics: to
	// do such a thing as soon as it can be done may then hide the ways on which it does not.
	overdrawn bool
	wary      bool // this search has it in every order
	process   bool // the function is that of the process, which ends with it
	called    bool // what matters is what it calls
	ran       Run  // what was seen of that
	lost      bool // it went on in a way that is not followed
	first     bool // nothing was found so far
	blocked   bool // in a state that was looked at, somebody has to wait
	bare      bool // nothing was started, and nothing but locks made to wait for
	locks     bool // nothing else is: see onlyLocks
	spent     int
	steps     int
	compared  int // bytes of states
	crowded   int // times that it came to the limit of branches
	since     int // branches on what is not known, since somebody did what others may see
	most      int // how many of these are followed
}

// Explorer explores functions, one at a time. Several can explore functions of one program
// at the same time.
type Explorer struct{ x *explorer }

// New returns an explorer of a program.
func New(program *ssa.Program, options Options) *Explorer {
	return &Explorer{&explorer{
		program: program, options: options,
		bodies: map[*ssa.Function]*body{}, typeNames: map[string]int{},
		joins: map[*ssa.If]*meeting{}, shown: map[*ssa.If]bool{}, abilities: map[*ssa.Function]ability{}, entered: map[*ssa.Function]ability{}, said: map[*ssa.Function][]model.Effect{}, names: map[*ssa.Function]string{},
		globals: map[*ssa.Global]string{}, globalIDs: map[string]int{}, types: map[types.Type]int{}, limits: map[*ssa.Function]*limits{}, leading: map[types.Type]bool{}, followed: map[*ssa.Function]bool{},
		hidden: map[*ssa.Function]bool{}, returning: map[*ssa.Function]bool{},
	}}
}

func (x *explorer) spend() { x.spent++ }

// exhausted reports whether enough was tried. As long as nothing was found, that counts
// what it costs as well: functions that compute a lot between two branches.
// Where nobody had to wait for anybody, nobody waits for ever: that shows, if at all, after
// fewer still.
func (x *explorer) exhausted() bool {
	if !x.first {
		return x.spent > forkLimit
	}
	work := x.spent + x.steps/stepCost
	if !x.blocked && x.bare && x.locks {
		return work > lockLimit+x.crowded*branchCost
	}
	if !x.blocked && x.bare {
		return work > bareLimit+x.crowded*branchCost || x.compared > bareSizeLimit
	}
	if !x.blocked {
		return work > idleLimit+x.crowded*branchCost || x.crowded > 1 || x.compared > idleSizeLimit
	}
	return work > firstLimit || x.compared > sizeLimit
}

// branches counts a branch on what is not known, and reports whether both ways are still
// to be followed. Code that decides a lot before it does anything that others may see has
// ways without number; what it does then shows on the first of them, or on none that can be
// come to within the bounds.
func (x *explorer) branches() bool {
	x.spend()
	x.since++
	most := x.most
	switch {
	case x.bare && x.locks:
		most = lockBranchLimit
	case x.bare:
		most = bareBranchLimit
	}
	if x.since == most {
		x.crowded++
		x.spent += branchCost
	}
	return x.since < most && !x.exhausted()
}

// follows reports whether the body of a function is looked at.
func (x *explorer) follows(fn *ssa.Function) bool {
	follow, known := x.followed[fn]
	if !known {
		follow = x.mayFollow(fn)
		x.followed[fn] = follow
	}
	return follow
}

func (x *explorer) mayFollow(fn *ssa.Function) bool {
	if len(fn.Blocks) > 0 && strings.HasPrefix(fn.Synthetic, "bound method wrapper") {
		return true // what is said of the method counts where the wrapper calls it
	}
	if len(fn.Blocks) == 0 || fn.TypeParams().Len() != len(fn.TypeArgs()) || x.options.Spoken(fn) {
		return false
	}
	path := packageOf(fn)
	return transparent[path] || !x.options.Standard(path)
}

// Transparent reports whether functions of a package are followed although it is one of the
// standard library's.
func Transparent(path string) bool { return transparent[path] }

// transparent are packages of the standard library that are followed like any other:
// what they are given they call.
var transparent = map[string]bool{
	"io": true, "iter": true, "maps": true, "slices": true, "sort": true, "container/heap": true, "container/list": true,
}

// concerns reports whether a function, or one that it calls by name or makes a literal
// of, does something that others may wait for.
func (x *explorer) concerns(fn *ssa.Function) bool { return x.able(fn)&concerns != 0 }

// makes reports whether a function, or one that it calls by name or makes a literal of,
// makes something to wait for, or starts something.
func (x *explorer) makes(fn *ssa.Function) bool { return x.able(fn)&makes != 0 }

// waitsOrEnds reports whether a function itself does something that others may wait for.
func (x *explorer) waitsOrEnds(fn *ssa.Function) bool {
	name := x.name(fn)
	if _, ok := operations[name]; ok || name == "(*sync.WaitGroup).Go" {
		return true
	}
	if !x.follows(fn) {
		_, _, ok := x.promised(fn)
		return ok
	}
	for _, b := range fn.Blocks {
		if slices.ContainsFunc(b.Instrs, makesOrWaits) {
			return true
		}
	}
	return false
}

// makesSomething reports whether a function itself starts something, or makes something
// to wait for.
func (x *explorer) makesSomething(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Go, *ssa.MakeChan:
				return true
			case *ssa.UnOp:
				if _, never := instr.X.(*ssa.Const); never && instr.Op == token.ARROW {
					return true
				}
			case *ssa.Alloc:
				if x.waited(instr.Type().Underlying().(*types.Pointer).Elem(), 0) {
					return true
				}
			}
		}
	}
	return false
}

func makesOrWaits(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Go, *ssa.MakeChan, *ssa.Send, *ssa.Select:
		return true
	case *ssa.UnOp:
		_, ok := instr.X.Type().Underlying().(*types.Chan)
		return ok
	case ssa.CallInstruction:
		b, ok := instr.Common().Value.(*ssa.Builtin)
		return ok && b.Name() == "close"
	}
	return false
}

// Entry reports whether a function starts something, or makes something to wait for, so
// that it is worth exploring by itself.
func (e *Explorer) Entry(fn *ssa.Function) bool {
	return e.x.follows(fn) && (fn.Synthetic == "" || fn.Origin() != nil) && (e.x.makesSomething(fn) || e.x.handed(fn))
}

// handed reports whether a function is handed, by one that it calls, what that has made,
// or has it put into something of its own.
func (x *explorer) handed(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			made := call.Call.StaticCallee()
			if made == nil || !x.follows(made) || !x.makes(made) {
				continue
			}
			if handsOut(made) && x.leads(made.Signature.Results()) || slices.ContainsFunc(call.Call.Args, x.ownVariable) {
				return true
			}
		}
	}
	return false
}

// ownVariable reports whether a value is the address of a variable, of the function that
// it is in, that something to wait for can be put into.
func (x *explorer) ownVariable(v ssa.Value) bool {
	_, ok := v.(*ssa.Alloc)
	return ok && x.leads(v.Type())
}

// waited reports whether a type is, or has in it, a lock, a group or an annotated fence.
func (x *explorer) waited(t types.Type, depth int) bool {
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "sync" {
		return true
	}
	if x.options.Fence(t) {
		return true
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok || depth > 3 {
		return false
	}
	for i := range st.NumFields() {
		if x.waited(st.Field(i).Type(), depth+1) {
			return true
		}
	}
	return false
}

package explore

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// state is a moment of a program: its goroutines, each before an operation that others
// may see or at its end, and what they can reach.
type state struct {
	goroutines []*goroutine
	objects    sorted[int, *object]
	symbols    sorted[int, *symbol]
	globals    sorted[string, int] // by name; other states may have the same

	nextObject, nextSymbol int
	// era is another one after each copy: an object, or a symbol, of this era no other state has.
	era  int
	eras *int // that there were
	// cut says that the state goes on in a way that is not followed.
	cut bool
	// empty says that a loop of unknown bound does not go round at all, or goes round until a
	// count has come to what is not known.
	empty bool
	turns turns
	// marked says that somebody has done something before with an object that came from
	// outside, as a field of it tells.
	marked bool
}

func newState() *state {
	return &state{eras: new(int)}
}

// clone returns a state that goes its own way.
func (s *state) clone() *state {
	c := &state{
		objects: slices.Clone(s.objects), symbols: slices.Clone(s.symbols), globals: s.globals,
		nextObject: s.nextObject, nextSymbol: s.nextSymbol, eras: s.eras,
		empty: s.empty, turns: s.turns, marked: s.marked,
		goroutines: make([]*goroutine, len(s.goroutines)),
	}
	s.era, c.era = *s.eras+1, *s.eras+2
	*s.eras += 2
	for i, g := range s.goroutines {
		c.goroutines[i] = g.clone()
	}
	return c
}

// goroutine is one thread of control.
type goroutine struct {
	name    string // says who started it: unique in a state
	started ssa.Instruction
	starter []*site // the stack of who started it
	frames  []*frame
	spawned int // goroutines that it has started
	// parked and woken are for who waits on a Cond; the lock is taken again after that.
	parked   *pointer
	woken    bool
	relock   *pointer
	reader   bool      // it gave back and takes again a reader's share
	queue    *pointer  // the work queue that it is work on
	ordered  bool      // which does one thing at a time
	begun    bool      // its turn has come
	awaits   []string  // the work that it waits for to be done
	group    *pointer  // the WaitGroup that is told when it ends
	holding  []pointer // the locks that it has taken, for reading or writing
	settled  bool      // before an operation that others may see
	ended    bool
	lastExit ssa.Instruction // the return by which it ended
}

// site is a call on a stack.
type site struct {
	fn *ssa.Function
	at ssa.Instruction
}

// frame is a call in progress.
type frame struct {
	fn     *ssa.Function
	block  *ssa.BasicBlock
	index  int
	env    registers
	defers []deferred
	result ssa.Value // the caller's register for what it returns, nil if nobody wants it
	once   *pointer  // the Once that is done when it returns
}

// deferred is a call to be made at the end.
type deferred struct {
	call invocation
	at   *ssa.Defer
}

func (g *goroutine) clone() *goroutine {
	c := *g
	c.holding = slices.Clone(g.holding)
	c.frames = slices.Clone(g.frames)
	c.ownTop()
	return &c
}

// ownTop makes the call that a goroutine is in one of its own. Those that it was made from
// other states may have as well, until it is back in them: nothing happens to them before.
func (g *goroutine) ownTop() {
	if n := len(g.frames); n > 0 {
		f := *g.frames[n-1]
		f.env = f.env.clone()
		f.defers = slices.Clone(f.defers)
		g.frames[n-1] = &f
	}
}

func (g *goroutine) top() *frame { return g.frames[len(g.frames)-1] }

// instruction is what the goroutine does next.
func (f *frame) instruction() ssa.Instruction { return f.block.Instrs[f.index] }

// stack returns where the goroutine is, outermost first.
func (g *goroutine) stack() []*site {
	stack := make([]*site, len(g.frames))
	for i, f := range g.frames {
		stack[i] = &site{f.fn, f.instruction()}
	}
	return stack
}

// goroutine returns the goroutine of a name, nil if it is gone.
func (s *state) goroutine(name string) *goroutine {
	for _, g := range s.goroutines {
		if g.name == name {
			return g
		}
	}
	return nil
}

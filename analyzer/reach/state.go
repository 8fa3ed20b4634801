// Package reach follows calls downward through summaries: what runs below a call,
// from a root or with a lock held, and the shortest way there. A function is looked
// at once for each thing its callers make of its parameters.
package reach

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// State is a function together with what its callers made of its parameters.
type State struct {
	Summary *summary.Summary
	space   *Space
	binds   []binding
	args    summary.TypeArgs // of its function
	id      int
	calls   [][]hop // by index in Summary.Calls, once asked for
	spawns  [][]hop
	regions []*summary.Region // once asked for
	doomed  []summary.Truth   // by block, once asked for
}

// Entered reports whether nothing is known of who calls the function in the state.
func (st *State) Entered() bool { return len(st.binds) == 0 && st.args == "" }

// Args returns the type arguments of the generic type whose field an object is, "" where
// they are not known or there are none.
func (st *State) Args(o summary.Object) summary.TypeArgs {
	if o.Open {
		return "" // its caller knows
	}
	return o.Args.Within(st.args)
}

// Key is the key of the state's function.
func (st *State) Key() string { return st.Summary.Func }

// hop is where a call may lead.
type hop struct {
	to  *State
	via summary.Via
	// sole says that the value that is called is known to be this function and no other.
	sole bool
}

// dynamic reports whether it is only thought that the hop leads there.
func (h hop) dynamic() bool { return h.via.Dynamic() && !h.sole }

// Space is all states of a program, made as they are reached.
type Space struct {
	// Whole says that all callers are in sight.
	Whole bool

	source    func(key string) *summary.Summary
	summaries map[string]*summary.Summary
	states    map[string]*State
	order     []*State
	quiet     Table[bool]                       // see silent
	rooms     sync.Pool                         // of *room
	name      func(summary.Class) summary.Class // nil: as they are
}

// NewSpace returns the space of the functions whose summaries source returns.
func NewSpace(source func(key string) *summary.Summary) *Space {
	return &Space{source: source, summaries: map[string]*summary.Summary{}, states: map[string]*State{}}
}

// summary returns the one summary of a function, so that its operations can be told
// apart by address.
func (s *Space) summary(key string) *summary.Summary {
	sum, ok := s.summaries[key]
	if !ok {
		sum = s.source(key)
		s.summaries[key] = sum
	}
	return sum
}

// Entry returns the state of a function of whose callers nothing is known, nil if it
// has no summary.
func (s *Space) Entry(key string) *State {
	sum := s.summary(key)
	if sum == nil {
		return nil
	}
	return s.intern(sum, nil, "")
}

func (s *Space) intern(sum *summary.Summary, binds []binding, args summary.TypeArgs) *State {
	var key strings.Builder
	key.WriteString(sum.Func)
	if args != "" {
		key.WriteString("[" + string(args) + "]")
	}
	for _, b := range binds {
		b.encode(&key)
	}
	st := s.states[key.String()]
	if st == nil {
		st = &State{Summary: sum, space: s, binds: binds, args: args, id: len(s.order)}
		s.states[key.String()] = st
		s.order = append(s.order, st)
	}
	return st
}

// callees returns where the i-th call of st leads, sorted by function.
func (s *Space) callees(st *State, i int) []hop {
	if st.calls == nil {
		st.calls = make([][]hop, len(st.Summary.Calls))
	}
	if st.calls[i] == nil {
		c := &st.Summary.Calls[i]
		st.calls[i] = []hop{} // not nil: it was asked for
		if !st.Excludes(&c.Site) {
			st.calls[i] = s.hops(st, c.Targets, c.FromParam, c.Binds, c.Via)
		}
	}
	return st.calls[i]
}

// spawned returns what the i-th spawn of st starts, sorted by function.
func (s *Space) spawned(st *State, i int) []hop {
	if st.spawns == nil {
		st.spawns = make([][]hop, len(st.Summary.Spawns))
	}
	if st.spawns[i] == nil {
		sp := &st.Summary.Spawns[i]
		st.spawns[i] = []hop{}
		if !st.Excludes(&sp.Site) {
			st.spawns[i] = s.hops(st, sp.Targets, sp.FromParam, sp.Binds, summary.Go)
		}
	}
	return st.spawns[i]
}

func (s *Space) hops(st *State, targets []summary.Target, fromParam int, binds []summary.Bind, site summary.Via) []hop {
	all := st.instances(targets)
	sole := false
	if fromParam >= 0 {
		all = append(all, st.targets(fromParam)...)
		sole = len(all) == 1 && !all[0].Via.Dynamic()
	}
	hops := make([]hop, 0, len(all)) // never nil: nil is "not asked for yet"
	for _, t := range sortedTargets(all) {
		sum := s.summary(t.Func)
		if sum == nil {
			continue
		}
		via := t.Via
		if via == summary.Static {
			via = site
		}
		handed := binds
		if fromParam >= 0 && isMethod(t.Func) {
			handed = behindReceiver(binds)
		}
		hops = append(hops, hop{to: s.intern(sum, st.bind(handed, sum), t.Args), via: via, sole: sole})
	}
	slices.SortStableFunc(hops, func(a, b hop) int { return cmp.Compare(a.to.Key(), b.to.Key()) })
	return hops
}

// isMethod reports whether a key is that of a declared method.
func isMethod(key string) bool { return strings.HasPrefix(key, "(") && !strings.Contains(key, "$") }

// behindReceiver returns what a call of a method value hands over: its receiver is
// bound already.
func behindReceiver(binds []summary.Bind) []summary.Bind {
	out := slices.Clone(binds)
	for i := range out {
		out[i].Param++
	}
	return out
}

// Explore makes every state that can be reached from the named functions, each of
// which anyone may call, and returns all of them in a fixed order.
func (s *Space) Explore(funcs []string) []*State {
	for _, key := range funcs {
		s.Entry(key)
	}
	for i := 0; i < len(s.order); i++ {
		st := s.order[i]
		for c := range st.Summary.Calls {
			s.callees(st, c)
		}
		for sp := range st.Summary.Spawns {
			s.spawned(st, sp)
		}
	}
	s.findSilent()
	return s.order
}

// Ops are the operations that the function may come to in st.
func (st *State) Ops() iter.Seq2[int, *summary.Op] {
	return func(yield func(int, *summary.Op) bool) {
		for i := range st.Summary.Ops {
			if op := &st.Summary.Ops[i]; !st.Excludes(&op.Site) && !yield(i, op) {
				return
			}
		}
	}
}

// Calls are the calls that the function may come to in st.
func (st *State) Calls() iter.Seq2[int, *summary.Call] {
	return func(yield func(int, *summary.Call) bool) {
		for i := range st.Summary.Calls {
			if c := &st.Summary.Calls[i]; !st.Excludes(&c.Site) && !yield(i, c) {
				return
			}
		}
	}
}

// Callees are the functions that the i-th call of st may lead to.
func (s *Space) Callees(st *State, i int) iter.Seq[*State] {
	return func(yield func(*State) bool) {
		for _, h := range s.callees(st, i) {
			if !yield(h.to) {
				return
			}
		}
	}
}

// Called calls yield for every function that a call of st may lead to: the call at a
// site of its, or all if site is nil.
func (s *Space) Called(st *State, site *summary.Site, yield func(*State)) {
	for i := range st.Summary.Calls {
		if site == nil || &st.Summary.Calls[i].Site == site {
			for _, h := range s.callees(st, i) {
				yield(h.to)
			}
		}
	}
}

package analyzer

import (
	"reflect"
	"slices"
	"sync/atomic"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/fault"
	"github.com/fencelint/fencelint/analyzer/flow"
	"github.com/fencelint/fencelint/analyzer/inorder"
	"github.com/fencelint/fencelint/analyzer/scc"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// rounds bounds the fixpoint over one component. Net effects grow from nothing and
// the objects of a function are finite, so that it ends by itself; the bound guards
// against an engine that oscillates, which is then said and not hidden.
const rounds = 100

// component is a component of the call graph of which the summaries are made. Its functions
// are looked at in rounds, in one order. Each sees those before it as they are in this round
// and those after it as the round before has left them, so that several can be looked at
// at once and nothing depends on which is ready first.
type component struct {
	*making
	members []*member           // in the order in which they are looked at
	wait    func(component int) // until another component is done
}

// member is a function of a component.
type member struct {
	*made
	fn         *ssa.Function
	key        string
	env        *flow.Env
	outline    *flow.Outline
	before     []int       // the positions of those before it that its summary depends on
	dependents []int       // of those whose summaries depend on its
	stale      atomic.Bool // something it depends on is new in this round
	next       atomic.Bool // or was too late for this round
	unsettled  bool        // what it writes goes round in circles
	wait       func(position int)
}

func newComponent(m *making, fns []int, wait func(int)) *component {
	c := &component{making: m, wait: wait}
	order := scc.Order(fns, func(v int) []int { return m.leads[v] })
	position := make(map[int]int, len(fns))
	for i, v := range order {
		position[v] = i
		fn, key := m.fns[v], m.known.Of(m.fns[v])
		in := &member{made: m.made[key], fn: fn, key: key}
		in.position = i
		in.env = m.environment(func(key string) *summary.Summary { return c.seen(key, in) })
		in.stale.Store(true)
		c.members = append(c.members, in)
	}
	for at, v := range order {
		for _, w := range m.leads[v] {
			on, ours := position[w]
			if !ours {
				continue
			}
			c.members[on].dependents = append(c.members[on].dependents, at)
			if on < at {
				c.members[at].before = append(c.members[at].before, on)
			}
		}
	}
	return c
}

// seen returns the summary of a function as a member sees it: those of components that come
// later are not there yet.
func (c *component) seen(key string, by *member) *summary.Summary {
	of, ours := c.made[key]
	if !ours {
		return c.imported(key)
	}
	var known *summary.Summary
	switch {
	case of.component < by.component:
		c.wait(of.component)
		known = of.summary
	case of.component == by.component && of.position < by.position:
		by.wait(of.position)
		known = of.summary
	case of.component == by.component:
		known = of.last
	}
	if known == nil {
		return c.imported(key)
	}
	return known
}

// fixpoint analyses a component. After a change of a summary that callers see it looks
// at those again that depend on it, and at no others.
func (c *component) fixpoint() {
	for round := range rounds {
		c.sweep(round)
		again := false
		for _, in := range c.members {
			in.last = in.summary
			if in.next.Swap(false) {
				in.stale.Store(true)
				again = true
			}
		}
		if !again {
			return
		}
	}
	for _, in := range c.members {
		c.fail(in.fn, "its summary does not settle")
	}
}

// few is the number of stale functions below which there is nothing to be gained by more
// processors.
const few = 32

// sweep visits the functions of a component, once each.
func (c *component) sweep(round int) {
	stale := 0
	for _, in := range c.members {
		if in.stale.Load() {
			stale++
		}
	}
	if stale < few {
		for _, in := range c.members {
			c.visit(in, round, func(int) {})
		}
		return
	}
	needs := func(at int) []int { return c.members[at].before }
	inorder.Run(len(c.members), needs, func(at int, wait func(int)) { c.visit(c.members[at], round, wait) })
}

// visit looks at a function if that is stale, and has those looked at that depend on it.
func (c *component) visit(in *member, round int, wait func(int)) {
	if !in.stale.Swap(false) {
		return
	}
	in.wait = wait
	before := in.summary
	after := c.analyse(in)
	in.unsettled = in.unsettled || round >= patience && !sameWrites(before, after)
	if in.unsettled {
		after.Net.Writes, after.Net.Unlisted = nil, true
	}
	in.summary = after
	if before != nil && sameForCallers(before, after) {
		return
	}
	for _, at := range in.dependents {
		if at > in.position {
			c.members[at].stale.Store(true)
		} else {
			c.members[at].next.Store(true)
		}
	}
}

// patience is how many rounds the writes of a function may take to settle: they are bounded
// by number, and which of many are kept can go round in circles where hundreds of
// functions call each other. After that its callers are told of none.
const patience = 12

func sameWrites(before, after *summary.Summary) bool {
	return before != nil && reflect.DeepEqual(before.Net.Writes, after.Net.Writes)
}

// sameForCallers reports whether two summaries of a function are the same as far as
// the summaries of its callers depend on them.
func sameForCallers(a, b *summary.Summary) bool {
	return slices.Equal(a.Params, b.Params) && reflect.DeepEqual(a.Net, b.Net) && a.Unknown == b.Unknown
}

// analyse makes one pass over one function. A fault of ours in one function must
// neither take the run down nor pass for "harmless".
func (c *component) analyse(in *member) (s *summary.Summary) {
	why := fault.Guard(func() {
		if in.outline == nil {
			in.outline = flow.Read(in.fn, in.env)
		}
		s = c.look(in.outline, in.fn, in.key)
	})
	if why != "" {
		c.fail(in.fn, why)
		return &summary.Summary{Func: in.key, Display: in.fn.Name(), Unknown: "internal error"}
	}
	return s
}

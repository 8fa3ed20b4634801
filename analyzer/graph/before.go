package graph

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// item is an operation or a call of a function.
type item struct {
	op   *summary.Op
	call *summary.Call
}

func (i item) site() *summary.Site {
	if i.op != nil {
		return &i.op.Site
	}
	return &i.call.Site
}

// before returns what a function may do on the way to a site, nearest first, back to the
// operations and calls at which stop says that the way begins.
func (g *Graph) before(st *reach.State, site *summary.Site, stop func(item) bool) []item {
	blocks := g.itemsOf(st)
	var out []item
	done := map[int]bool{}
	// back goes through a block from the end and reports whether it came to its begin.
	back := func(items []item) bool {
		for _, i := range slices.Backward(items) {
			if stop(i) {
				return false
			}
			out = append(out, i)
		}
		return true
	}
	came := map[int][]int{}
	for from, next := range st.Summary.Flow {
		for _, to := range next {
			came[to] = append(came[to], from)
		}
	}
	var todo []int
	own := blocks[site.Block]
	at := slices.IndexFunc(own, func(i item) bool { return i.site().Order >= site.Order })
	if at < 0 {
		at = len(own)
	}
	if back(own[:at]) {
		todo = append(todo, came[site.Block]...)
	}
	for len(todo) > 0 {
		block := todo[0]
		todo = todo[1:]
		if done[block] {
			continue
		}
		done[block] = true
		items := blocks[block]
		if block == site.Block {
			items = items[at:] // a loop: what came before is there already
		}
		if back(items) {
			todo = append(todo, came[block]...)
		}
	}
	return out
}

// itemsOf returns what a function does, by block and in order.
func (g *Graph) itemsOf(st *reach.State) map[int][]item {
	blocks, ok := g.items[st]
	if ok {
		return blocks
	}
	blocks = map[int][]item{}
	g.items[st] = blocks
	for _, op := range st.Ops() {
		blocks[op.Block] = append(blocks[op.Block], item{op: op})
	}
	for _, c := range st.Calls() {
		blocks[c.Block] = append(blocks[c.Block], item{call: c})
	}
	for _, items := range blocks {
		slices.SortStableFunc(items, func(a, b item) int { return a.site().Order - b.site().Order })
	}
	return blocks
}

// receives reports whether an operation takes something from a channel: with that a new
// piece of work begins, and nobody waits for the end of it who does not know of it yet.
// That a channel is closed, or that it is time, is no piece of work.
func (g *Graph) receives(st *reach.State, i item) bool {
	op := i.op
	if op == nil || op.Kind != summary.OpWait || op.On.Class.Kind != summary.Channel {
		return false
	}
	if len(op.Cases) == 0 {
		return op.Direction == summary.Receive && g.handsOver(st.Class(op.On))
	}
	return slices.ContainsFunc(op.Cases, func(c summary.Case) bool {
		return c.Direction == summary.Receive && g.handsOver(st.Class(c.On))
	})
}

// handsOver reports whether a channel may be sent something by those who are in sight, or
// by others.
func (g *Graph) handsOver(c summary.Class) bool {
	what := ending{c, summary.Receive}
	if c.Kind != summary.Channel || !g.allSeen(what) || len(g.enders[what]) == 0 {
		return c.Kind == summary.Channel
	}
	return slices.ContainsFunc(g.enders[what], func(e ender) bool { return e.op().Direction != summary.Close })
}

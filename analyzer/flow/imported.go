package flow

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// imported reports whether a fence that the function publishes is somebody else's: it
// came from a getter, a channel, a container, or alone as a parameter, and the
// function does nothing to end it. Putting such a fence into one more place owes
// nothing.
func (a *analysis) imported(o object) bool {
	if o.Param >= 0 && !o.Open || o.Param < 0 && a.madeHere(o.place) {
		return false
	}
	return !slices.ContainsFunc(a.ended, func(x object) bool { return a.covers(x, o) })
}

// madeHere reports whether what is at p was made by this function or for it. Of a
// function that only a contract speaks for, only one that allocates makes anything.
func (a *analysis) madeHere(p place) bool {
	call, ok := p.base.(*ssa.Call)
	if extract, is := p.base.(*ssa.Extract); is {
		call, ok = extract.Tuple.(*ssa.Call)
	}
	if ok {
		if c := a.resolve(call); c.contract.HasEffects() {
			return slices.ContainsFunc(c.contract.Effects, func(e model.Effect) bool {
				return e.Kind == model.Allocates || e.Kind == model.Publishes
			})
		}
	}
	return a.created(p)
}

// lent reports whether a fence came with a parameter, by itself: whose it is the caller
// knows.
func lent(o object) bool { return o.Param >= 0 && o.Open }

// dropImported takes back the sections that publishing somebody else's fence opened, and
// marks those of which callers decide whose it is.
func (a *analysis) dropImported() {
	foreign, borrowed := make(map[string]bool), make(map[string]bool)
	for _, o := range a.published {
		switch {
		case !a.imported(o):
		case lent(o):
			borrowed[o.Instance] = true
		default:
			foreign[o.Instance] = true
		}
	}
	if len(foreign)+len(borrowed) == 0 {
		return
	}
	drop := func(site *summary.Site) {
		site.Within = slices.DeleteFunc(slices.Clone(site.Within), func(r summary.Region) bool {
			return r.Kind == summary.Published && foreign[r.Fence.Instance]
		})
		for i := range site.Within {
			r := &site.Within[i]
			r.Lent = r.Kind == summary.Published && borrowed[r.Fence.Instance]
		}
	}
	for i := range a.sum.Ops {
		drop(&a.sum.Ops[i].Site)
	}
	for i := range a.sum.Calls {
		drop(&a.sum.Calls[i].Site)
	}
	for i := range a.sum.Spawns {
		drop(&a.sum.Spawns[i].Site)
	}
}

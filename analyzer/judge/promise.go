package judge

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// promises judges bodies that do more than the effect directives that callers see
// instead of them: their own, or those of what they implement.
func (j *judgement) promises() {
	for key, sum := range j.program.Summaries() {
		if !j.program.Report(sum.Package) {
			continue
		}
		own := j.program.Model.Contract(key)
		if own != nil && (own.Trusted != "" || own.Model) {
			continue
		}
		if own.HasEffects() {
			j.promise(sum, own, "")
		}
		for _, name := range sum.Promises {
			if c := j.program.Model.Contract(name); c.HasEffects() {
				j.promise(sum, c, name)
			}
		}
	}
}

// promise judges one body against one contract, inherited under that name.
func (j *judgement) promise(sum *summary.Summary, contract *model.Contract, name string) {
	for _, r := range j.graph.Body(sum.Func) {
		if j.isBroken(r) || promised(j.graph, contract, r) {
			continue // what is wrong in itself is a finding already
		}
		c := &candidate{own: sum, reached: r}
		c.Rule, c.Level = "bad-directive", finding.Error
		c.Op, c.What, c.Callee, c.On = r.Op.Kind, c.ownSite().Text, r.Op.Callee, graph.Named(r.Class())
		c.Bounded, c.Promise = r.Op.Bounded, name
		j.candidates = append(j.candidates, c)
	}
}

// Keeps reports whether a function does no more than a contract says.
func Keeps(g *graph.Graph, contract *model.Contract, key string) bool {
	return !slices.ContainsFunc(g.Body(key), func(r graph.Reached) bool { return !promised(g, contract, r) })
}

// promised reports whether callers know from the contract that r can happen. Locks,
// and what the language alone offers, are how a primitive is made and not what it is;
// they count where they are seen.
func promised(g *graph.Graph, contract *model.Contract, r graph.Reached) bool {
	says := func(kinds ...model.EffectKind) bool {
		return slices.ContainsFunc(contract.Effects, func(e model.Effect) bool { return slices.Contains(kinds, e.Kind) })
	}
	kind := r.Class().Kind
	switch {
	case r.Op.Try || r.Op.Via != summary.Contract && r.Op.Via != summary.Model:
		return true
	case r.Op.Kind == summary.OpAlloc:
		return says(model.Allocates) || !g.Reclaims(r)
	case r.Op.Kind == summary.OpWait && kind == summary.Fence:
		return says(model.Flushes) || slices.ContainsFunc(contract.Effects, func(e model.Effect) bool {
			return e.Kind == model.Waits && maySleep(e, r.Op.Bounded)
		})
	case r.Op.Kind == summary.OpSleep,
		r.Op.Kind == summary.OpFlush,
		r.Op.Kind == summary.OpAcquire && kind == summary.Pool,
		r.Op.Kind == summary.OpWait && (kind == summary.WaitQueue || kind == summary.Outside):
		return slices.ContainsFunc(contract.Effects, func(e model.Effect) bool { return maySleep(e, r.Op.Bounded) })
	}
	return true
}

// maySleep reports whether an effect says that the caller may be kept: for ever, or at
// least for a while.
func maySleep(e model.Effect, bounded bool) bool {
	switch e.Kind {
	case model.Blocks, model.Flushes, model.Allocates:
		return true
	case model.Waits, model.Sleeps:
		return bounded || !e.Bounded
	case model.Acquires:
		return !e.Try
	}
	return false
}

// ownSite is where a candidate of a function by itself stands in that function: at
// the operation, or at the call that leads to it.
func (c *candidate) ownSite() *summary.Site {
	if c.reached.Path != nil {
		if frames := c.reached.Path.Frames(); len(frames) > 1 {
			return &frames[1].Call.Site
		}
	}
	return &c.reached.Op.Site
}

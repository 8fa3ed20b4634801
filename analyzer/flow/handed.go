package flow

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// handed returns the results with which the function gives its caller fences that it
// has made and published and that nobody has settled.
func (a *analysis) handed() []model.Place {
	var out []model.Place
	for _, e := range a.exits {
		if a.outcomeOf(e) == failed {
			continue
		}
		for _, d := range e.state.duties {
			if lent(d.obj) || a.forCaller(d) || !a.madeHere(d.obj.place) {
				continue
			}
			for i, result := range e.ret.Results {
				path, ok := a.pathTo(result, d.obj.place)
				if p := (model.Place{Base: model.Result, Index: i, Path: path}); ok && !slices.Contains(out, p) {
					out = append(out, p)
				}
			}
		}
	}
	slices.SortFunc(out, func(p, q model.Place) int {
		return cmp.Or(cmp.Compare(p.Index, q.Index), cmp.Compare(p.Path, q.Path))
	})
	return out
}

// pathTo returns the fields by which d is reached from v: as a part of it, or as what
// was stored in a field of the struct that v points to.
func (a *analysis) pathTo(v ssa.Value, d place) (string, bool) {
	p := a.place(v)
	if !pointerLike(v.Type()) || isError(v.Type()) || !p.known() {
		return "", false
	}
	if p.within(d) {
		rest := d.steps[len(p.steps):]
		return place{steps: rest}.path(), !slices.ContainsFunc(rest, func(s step) bool { return s.field == nil })
	}
	made, ok := p.base.(*ssa.Alloc)
	if !ok || len(p.steps) > 0 {
		return "", false
	}
	for _, ref := range *made.Referrers() {
		addr, ok := ref.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		for _, use := range *addr.Referrers() {
			store, ok := use.(*ssa.Store)
			if !ok || store.Addr != addr || !a.place(store.Val).within(d) {
				continue
			}
			rest := d.steps[len(a.place(store.Val).steps):]
			if slices.ContainsFunc(rest, func(s step) bool { return s.field == nil }) {
				continue
			}
			return strings.TrimSuffix(a.rawField(addr).path()+"."+place{steps: rest}.path(), "."), true
		}
	}
	return "", false
}

// takeOver opens the duties that come with the results of a call.
func (a *analysis) takeOver(s *state, c called, results []model.Place, e entry) {
	for _, p := range results {
		e.obj = a.actual(c, p, summary.Fence)
		if e.obj.place.known() && e.obj.Class.Name != "" && !a.settled(s, e.obj) {
			a.openDuty(s, e)
		}
	}
}

// withheld returns those of the published fences that are published on none of the
// ways on which the function fails, if there are such ways.
func (a *analysis) withheld(published []summary.Object) []summary.Object {
	var bad []exit
	for _, e := range a.exits {
		if a.outcomeOf(e) == failed {
			bad = append(bad, e)
		}
	}
	if len(bad) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(published), func(o summary.Object) bool {
		return slices.ContainsFunc(bad, func(e exit) bool {
			return slices.ContainsFunc(e.state.duties, func(d entry) bool { return d.obj.Param == o.Param && d.obj.Path == o.Path && d.obj.Class == o.Class })
		})
	})
}

// unpublish takes back what a call has published where it is known to have failed.
func (a *analysis) unpublish(s *state, call *ssa.Call) {
	if call == nil || len(s.regions)+len(s.duties) == 0 {
		return
	}
	c := a.resolve(call)
	withheld := func(entry) bool { return true } // who says that it publishes does so by succeeding
	if !c.contract.HasEffects() {
		var objects []object
		for _, t := range c.targets {
			if sum := a.env.Summary(a.key(t.fn)); sum != nil {
				for _, o := range sum.Net.Withheld {
					objects = append(objects, a.rebase(o, t))
				}
			}
		}
		withheld = func(e entry) bool {
			return callOf(e.obj.place.base) == call || slices.ContainsFunc(objects, e.obj.same)
		}
	}
	at := a.pointOf(call)
	gone := func(e entry) bool { return e.context == 0 && e.at == at && withheld(e) }
	s.regions = slices.DeleteFunc(s.regions, gone)
	s.duties = slices.DeleteFunc(s.duties, gone)
}

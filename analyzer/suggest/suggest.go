// Package suggest finds functions that could do with a directive: what they were seen
// to do to their parameters can be said, and is all that callers have to know.
package suggest

import (
	"go/token"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Suggestion is the contract that a function keeps and does not state.
type Suggestion struct {
	Func    *summary.Summary
	Effects []model.Effect
}

// Directives suggests effects for the exported functions of a program in whose packages
// findings may stand: with them the modular mode, and readers, know what the whole
// program sees. Each would be accepted: the body does no more than they say.
func Directives(p *judge.Program, g *graph.Graph) []Suggestion {
	var all []Suggestion
	for key, s := range p.Summaries() {
		if !p.Report(s.Package) || !exported(key) || p.Model.Contract(key) != nil || len(s.Promises) > 0 || s.Unknown != "" {
			continue
		}
		if effects := complete(g, key, seen(g, s)); effects != nil {
			all = append(all, Suggestion{s, effects})
		}
	}
	return all
}

// exported reports whether a function, and what it is a method of, can be named by
// other packages.
func exported(key string) bool {
	name := strings.NewReplacer("(", "", "*", "", ")", "").Replace(key[strings.LastIndexByte(key, '/')+1:])
	parts := strings.Split(name, ".")[1:]
	return !strings.Contains(key, "$") && !slices.ContainsFunc(parts, func(part string) bool { return !token.IsExported(part) })
}

// seen returns what a function does to its parameters, on every path.
func seen(g *graph.Graph, s *summary.Summary) []model.Effect {
	var effects []model.Effect
	add := func(kind model.EffectKind, o summary.Object, shared bool, kinds ...summary.ClassKind) {
		place, ok := placeOf(s, o)
		if !ok || !slices.Contains(kinds, o.Class.Kind) || o.Class.Kind == summary.Fence && !annotated(g, o.Class) {
			return
		}
		e := model.Effect{Kind: kind, X: place, Until: model.NoPlace, On: model.NoPlace, Flags: model.NoPlace, Shared: shared}
		if !slices.Contains(effects, e) {
			effects = append(effects, e)
		}
	}
	for i := range s.Ops {
		op := &s.Ops[i]
		if op.Kind == summary.OpWait && !op.Try && !op.Bounded && len(op.Cases) == 0 {
			add(model.Waits, op.On, false, summary.Fence)
		}
	}
	for _, o := range s.Net.Signalled {
		add(model.Signals, o, false, summary.Fence)
	}
	for _, o := range s.Net.Taken {
		add(model.Takes, o, false, summary.Fence)
	}
	for _, h := range s.Net.Acquired {
		if !h.May {
			add(model.Acquires, h.On, h.Shared, summary.Lock, summary.Pool)
		}
	}
	for _, o := range s.Net.Released {
		add(model.Releases, o, false, summary.Lock, summary.Pool)
	}
	return effects
}

func annotated(g *graph.Graph, c summary.Class) bool {
	return g.Is(c, func(t *model.Type) bool { return t.Fence })
}

// placeOf names an object by the function's signature; false if it cannot be named
// there for certain.
func placeOf(s *summary.Summary, o summary.Object) (model.Place, bool) {
	if o.Param < 0 || strings.ContainsAny(o.Instance, "@['") || strings.ContainsAny(o.Path, "@['") {
		return model.NoPlace, false
	}
	place := model.Place{Base: model.Param, Index: o.Param, Path: o.Path}
	if strings.HasPrefix(s.Func, "(") {
		place.Index--
		if o.Param == 0 {
			place.Base, place.Index = model.Recv, 0
		}
	}
	return place, true
}

// complete adds to effects what else a caller has to know, if that can be said without
// parameters; nil if not, or if there is nothing to begin with.
func complete(g *graph.Graph, key string, effects []model.Effect) []model.Effect {
	if len(effects) == 0 {
		return nil
	}
	for _, more := range [][]model.EffectKind{nil, {model.Sleeps}, {model.Allocates}, {model.Blocks}, {model.Allocates, model.Blocks}} {
		contract := &model.Contract{Name: key, Effects: slices.Clone(effects)}
		for _, kind := range more {
			contract.Effects = append(contract.Effects, model.Effect{
				Kind: kind, X: model.NoPlace, Until: model.NoPlace, On: model.NoPlace, Flags: model.NoPlace,
			})
		}
		if judge.Keeps(g, contract, key) {
			return contract.Effects
		}
	}
	return nil
}

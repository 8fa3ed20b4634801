package flow

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// exempting are the contexts that excuse what runs in them: they must be open on every
// path to do so, where the others forbid if they may be open.
const exempting = model.Scopes | model.Opportunistic

// within returns the regions open in state s. Those in which a fence is owed are
// added when the whole function has been seen.
func (a *analysis) within(s *state) []summary.Region {
	var regions []summary.Region
	for _, e := range s.regions {
		context := e.context
		if !e.must {
			context &^= exempting
		}
		if context == 0 && e.context != 0 {
			continue
		}
		r := summary.Region{Kind: summary.Declared, Context: context, Fence: noObject().Object, Owes: -1, Pos: e.pos, Text: e.text}
		if e.context == 0 {
			r.Kind, r.Context, r.Fence = summary.Published, model.Signalling, e.obj.Object
		}
		regions = append(regions, r)
	}
	for _, e := range s.held {
		if a.isSpin(e.obj) {
			regions = append(regions, summary.Region{
				Kind: summary.SpinHeld, Context: model.Atomic, Fence: noObject().Object, Owes: -1, Pos: e.pos, Text: e.text,
			})
		}
	}
	return regions
}

func (a *analysis) isSpin(o object) bool {
	if said := a.env.Model.Type(o.Class.Type); said != nil && said.Spin {
		return true
	}
	said := a.env.Model.Type(o.Class.Name)
	return said != nil && said.Spin
}

// leave closes the innermost declared region of each of the contexts; what is not
// open here the caller has opened.
func (a *analysis) leave(s *state, contexts model.Context) {
	for i := len(s.regions) - 1; i >= 0 && contexts != 0; i-- {
		e := &s.regions[i]
		if e.context == 0 || !e.context.Any(contexts) {
			continue
		}
		closed := e.context & contexts
		e.context &^= closed
		contexts &^= closed
		if e.context == 0 {
			s.regions = slices.Delete(s.regions, i, i+1)
		}
	}
	s.left |= contexts
}

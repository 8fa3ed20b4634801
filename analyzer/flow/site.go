package flow

import (
	"go/token"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// site returns where and under what something happens: at pos, in state s.
func (a *analysis) site(s *state, pos token.Pos, call *ssa.CallCommon) summary.Site {
	site := summary.Site{Held: heldOf(s.held), Within: a.within(s), Left: s.left}
	for _, e := range s.released {
		site.Dropped = append(site.Dropped, e.obj.Object)
	}
	if call != nil {
		site.Pos, site.Text = a.callPos(call), a.callText(call)
		return site
	}
	site.Pos = a.pos(a.syntax.start(pos))
	site.Text = a.syntax.text(pos)
	return site
}

// returnSite returns where the function is left: the closing brace where there is no
// return statement.
func (a *analysis) returnSite(e exit) summary.Site {
	pos := e.ret.Pos()
	if !pos.IsValid() && a.fn.Syntax() != nil {
		pos = a.fn.Syntax().End() - 1
	}
	return a.site(e.state, pos, nil)
}

func (a *analysis) callPos(call *ssa.CallCommon) model.Pos {
	return a.pos(a.syntax.start(call.Pos()))
}

func (a *analysis) callText(call *ssa.CallCommon) string {
	if text := a.syntax.text(call.Pos()); text != "" {
		return text
	}
	return callText(call)
}

func heldOf(entries []entry) []summary.Held {
	var held []summary.Held
	for _, e := range entries {
		held = append(held, summary.Held{On: e.obj.Object, Shared: e.shared, Pos: e.pos, Text: e.text, Func: e.fn})
	}
	return held
}

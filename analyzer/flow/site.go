package flow

import (
	"fmt"
	"go/token"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// subBits is how many bits of an order tell apart what is deferred to one instruction.
const subBits = 8

// site returns where and under what something happens: at pos, in state s.
func (a *analysis) site(s *state, pos token.Pos, call *ssa.CallCommon) summary.Site {
	site := summary.Site{
		Held: a.heldHere(s), Within: a.within(s), Left: s.left,
		Block: a.at.block, Order: a.at.instr<<subBits | a.at.sub,
	}
	for i, e := range s.held {
		site.Held[i].Private = a.private(s, e.obj.place)
	}
	for _, e := range s.released {
		if e.must {
			site.Dropped = append(site.Dropped, e.obj.Object)
		}
	}
	site.Given = s.given()
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
	site := a.site(e.state, pos, nil)
	if site.Text == "" {
		site.Text = "return"
	}
	return site
}

func (a *analysis) callPos(call *ssa.CallCommon) model.Pos {
	return a.pos(a.syntax.start(sourceOf(call)))
}

// sourceOf returns the position of a call in the source: that of the loop for the
// call of an iterator.
func sourceOf(call *ssa.CallCommon) token.Pos {
	if call.Pos().IsValid() {
		return call.Pos()
	}
	for _, arg := range call.Args {
		if closure, ok := arg.(*ssa.MakeClosure); ok {
			if fn := closure.Fn.(*ssa.Function); bodyOf(fn) != nil && fn.Syntax() != nil {
				return fn.Syntax().Pos()
			}
		}
	}
	return call.Pos()
}

func (a *analysis) callText(call *ssa.CallCommon) string {
	if text := a.syntax.text(sourceOf(call)); text != "" {
		return text
	}
	return callText(call)
}

func heldOf(entries []entry) []summary.Held {
	var held []summary.Held
	for _, e := range entries {
		held = append(held, summary.Held{On: e.obj.Object, Shared: e.shared, Pos: e.pos, Text: e.text, Func: e.fn, May: !e.must, Passed: e.passed})
	}
	return held
}

// dropRepeated drops operations and calls that look the same to everybody: what is
// deferred is done once for each return. The last of them stays, which most may have
// come before. Two calls on one line are not the same.
func (a *analysis) dropRepeated() {
	a.sum.Ops = distinctAt(a.sum.Ops, func(o *summary.Op) model.Pos { return o.Pos })
	a.sum.Calls = distinctAt(a.sum.Calls, func(c *summary.Call) model.Pos { return c.Pos })
}

// distinctAt drops what reads the same as something that comes later and stands in the same
// place.
func distinctAt[T fmt.Stringer](items []T, pos func(*T) model.Pos) []T {
	type place struct{ line, col int }
	placeOf := func(item *T) place { p := pos(item); return place{p.Line, p.Col} }
	rising := true
	for i := 1; i < len(items) && rising; i++ {
		before, p := placeOf(&items[i-1]), placeOf(&items[i])
		rising = before.line < p.line || before.line == p.line && before.col < p.col
	}
	if rising { // as they mostly are
		return items
	}
	there := make(map[place]int, len(items))
	for i := range items {
		there[placeOf(&items[i])]++
	}
	if len(there) == len(items) {
		return items
	}
	type reading struct {
		place
		text string
	}
	at := make(map[reading]int)
	distinct := items[:0]
	for i := range items {
		item := items[i]
		if p := placeOf(&item); there[p] > 1 {
			k := reading{p, item.String()}
			if i, repeated := at[k]; repeated {
				distinct[i] = item
				continue
			}
			at[k] = len(distinct)
		}
		distinct = append(distinct, item)
	}
	return distinct
}

func distinctBy[T any](items []T, key func(T) string) []T {
	at := make(map[string]int, len(items))
	distinct := items[:0]
	for _, item := range items {
		k := key(item)
		if i, repeated := at[k]; repeated {
			distinct[i] = item
			continue
		}
		at[k] = len(distinct)
		distinct = append(distinct, item)
	}
	return distinct
}

package flow

import (
	"go/token"
	"go/types"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

func (a *analysis) builtin(s *state, site ssa.CallInstruction, builtin *ssa.Builtin) {
	switch builtin.Name() {
	case "delete", "clear":
		a.noteWrite(s, site.Common().Args[0], site.Pos(), written{change: summary.Falls})
	case "close":
		common := site.Common()
		a.channelOp(s, summary.Op{Kind: summary.OpSignal, Direction: summary.Close}, common.Args[0], common.Pos())
		a.passOn(s)
	case "append":
		for _, arg := range site.Common().Args[1:] {
			a.escapeElements(s, arg)
		}
	}
}

// escapeElements lets what is put into a slice literal escape: the variadic arguments
// of append.
func (a *analysis) escapeElements(s *state, slice ssa.Value) {
	sliced, ok := slice.(*ssa.Slice)
	if !ok {
		return
	}
	alloc, ok := sliced.X.(*ssa.Alloc)
	if !ok {
		return
	}
	for _, ref := range *alloc.Referrers() {
		addr, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, use := range *addr.Referrers() {
			if store, ok := use.(*ssa.Store); ok {
				a.escape(s, store.Val)
			}
		}
	}
}

func (a *analysis) send(s *state, instr *ssa.Send) {
	a.escape(s, instr.X)
	a.channelOp(s, summary.Op{Kind: summary.OpWait, Direction: summary.Send}, instr.Chan, instr.Pos())
	a.passOn(s)
}

func (a *analysis) receive(s *state, instr *ssa.UnOp) {
	op := summary.Op{Kind: summary.OpWait, Direction: summary.Receive}
	if a.isTimer(instr.X) {
		op = summary.Op{Kind: summary.OpSleep, Bounded: true}
	}
	a.channelOp(s, op, instr.X, instr.Pos())
}

func (a *analysis) channelOp(s *state, op summary.Op, channel ssa.Value, pos token.Pos) {
	if !a.record {
		return
	}
	o := a.object(channel, summary.Channel)
	switch {
	case op.Kind == summary.OpSleep:
		o = noObject()
	case isDone(channel):
		o.Class.Kind = summary.Outside
	}
	op.On = o.Object
	op.Site = a.site(s, pos, nil)
	if len(op.Held) > 0 && op.Direction == summary.Receive {
		op.Asked = a.askedFields(a.fn.Blocks[a.at.block])
	}
	if op.Direction == summary.Send || op.Direction == summary.Close {
		op.Sets = a.setFields()
	}
	a.addOp(op)
}

// selects follows a select: one wait for any of its cases, which ends by itself if
// there is a default or a case for a timer or a deadline.
func (a *analysis) selects(s *state, instr *ssa.Select) {
	for _, state := range instr.States {
		if state.Dir == types.SendOnly {
			a.escape(s, state.Send)
			defer a.passOn(s)
		}
	}
	if !a.record {
		return
	}
	op := summary.Op{Kind: summary.OpWait, Bounded: !instr.Blocking, Try: !instr.Blocking}
	for _, state := range instr.States {
		if a.isTimer(state.Chan) || isDone(state.Chan) {
			op.Bounded = true
			continue
		}
		c := summary.Case{On: a.object(state.Chan, summary.Channel).Object, Direction: summary.Receive}
		if state.Dir == types.SendOnly {
			c.Direction = summary.Send
		}
		op.Cases = append(op.Cases, c)
	}
	op.On = summary.Object{Param: -1, Class: summary.Class{Kind: summary.Outside, Name: "select"}}
	switch {
	case len(op.Cases) > 0:
		op.On, op.Direction = op.Cases[0].On, op.Cases[0].Direction
	case len(instr.States) > 0:
		op.Kind = summary.OpSleep
	}
	if len(instr.States) == 1 {
		op.Cases = nil
	}
	op.Leaves = a.departures(instr)
	op.Site = a.site(s, instr.Pos(), nil)
	a.addOp(op)
}

// isTimer reports whether a channel is a timer's or ticker's.
func (a *analysis) isTimer(channel ssa.Value) bool {
	p := a.place(channel)
	if call, ok := p.base.(*ssa.Call); ok && len(p.steps) == 0 {
		if fn := call.Call.StaticCallee(); fn != nil && isNamed(fn, "time.After", "time.Tick") {
			return true
		}
	}
	if n := len(p.steps); n > 0 && p.steps[n-1].owner != nil {
		switch model.TypeName(p.steps[n-1].owner) {
		case "time.Timer", "time.Ticker":
			return true
		}
	}
	return false
}

// isDone reports whether a channel is a context's Done.
func isDone(channel ssa.Value) bool {
	call, ok := channel.(*ssa.Call)
	return ok && call.Call.IsInvoke() && model.FuncName(call.Call.Method) == "(context.Context).Done"
}

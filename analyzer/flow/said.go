package flow

import (
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// said returns what the function's own directives say that a call of it does, for who
// calls it through a parameter and cannot know: what may have to be waited for.
func (a *analysis) said(contract *model.Contract) []summary.Op {
	c := a.asCalled()
	c.name, c.contract = declaredFunc(a.fn).FullName(), contract
	var ops []summary.Op
	for _, e := range contract.Effects {
		op := summary.Op{
			Bounded: e.Bounded, Try: e.Try, Shared: e.Shared, Via: c.contractVia(), Callee: c.name,
			On: noObject().Object,
		}
		switch e.Kind {
		case model.Waits:
			kind := summary.Fence
			if e.Until != model.NoPlace {
				kind = summary.WaitQueue
			}
			op.Kind, op.On = summary.OpWait, a.actual(c, e.X, kind).Object
		case model.Acquires:
			op.Kind, op.On = summary.OpAcquire, a.actual(c, e.X, summary.Lock).Object
		case model.Flushes:
			op.Kind, op.On = summary.OpFlush, a.actual(c, e.X, summary.WorkQueue).Object
		case model.Blocks:
			op.Kind, op.On.Class = summary.OpWait, summary.Class{Kind: summary.Outside, Name: c.name}
		case model.Sleeps:
			op.Kind = summary.OpSleep
		case model.Allocates:
			op.Kind = summary.OpAlloc
			if v := a.value(c, e.Flags); v != nil {
				op.Flags, op.GFP = a.flags(v), typeName(v.Type())
			}
		default:
			continue
		}
		ops = append(ops, op)
	}
	return ops
}

package flow

import (
	"go/constant"
	"go/types"
	"slices"

	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// outcome is what a return tells the caller of success.
type outcome uint8

const (
	open      outcome = iota // nothing, or not known
	succeeded                // a nil error, or true
	failed                   // an error, or false
)

// outcomeOf returns what an exit tells by its last result.
func (a *analysis) outcomeOf(e exit) outcome {
	if len(e.ret.Results) == 0 {
		return open
	}
	v := a.through(e.ret.Results[len(e.ret.Results)-1])
	switch {
	case isError(v.Type()):
		switch {
		case isNil(v):
			return succeeded
		case e.state.failed || a.fails(v) && passedOn(v) == nil:
			return failed
		}
	case isBool(v.Type()):
		if c, ok := v.(*ssa.Const); ok && c.Value != nil {
			if constant.BoolVal(c.Value) {
				return succeeded
			}
			return failed
		}
	}
	return open
}

func isBool(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsBoolean != 0
}

// passedOn returns the call whose result v is, nil if it is none that decides.
func passedOn(v ssa.Value) *ssa.Call {
	call := callOf(v)
	if call == nil {
		return nil
	}
	if fn := call.Call.StaticCallee(); fn != nil && isNamed(fn, "errors.New", "fmt.Errorf", "errors.Join") {
		return nil
	}
	return call
}

// succeed takes the state to where v, the result of a call, is known to be a nil
// error or true.
func (a *analysis) succeed(s *state, v ssa.Value) {
	call := passedOn(v)
	if call == nil {
		return
	}
	c := a.resolve(call)
	if c.contract.HasEffects() {
		a.tried(s, c)
		return
	}
	if len(c.targets) != 1 {
		return
	}
	t := c.targets[0]
	sum := a.env.Summary(a.key(t.fn))
	if sum == nil {
		return
	}
	for _, o := range sum.Net.Settled {
		a.take(s, a.rebase(o, t))
	}
	for _, h := range sum.Net.Tried {
		e := entry{obj: a.rebase(h.On, t), at: a.pointOf(call), must: !h.May, sure: !h.May, passed: h.Passed, shared: h.Shared, pos: h.Pos, text: h.Text, fn: sum.Func}
		a.acquire(s, e)
	}
}

// onSuccess computes what holds on every path that does not fail, where others do.
func (a *analysis) onSuccess(net *summary.Net) {
	var good, bad []exit
	for _, e := range a.exits {
		switch outcome := a.outcomeOf(e); {
		case outcome == failed:
			bad = append(bad, e)
		case outcome == open && len(e.ret.Results) > 0:
			// What a call made last decides is decided by it.
			e.state = e.state.clone()
			a.succeed(e.state, a.through(e.ret.Results[len(e.ret.Results)-1]))
			good = append(good, e)
		default:
			good = append(good, e)
		}
	}
	if len(good) == 0 {
		return
	}
	every := func(exits []exit, e entry, list func(*state) []entry) bool {
		return !slices.ContainsFunc(exits, func(x exit) bool { return !holds(list(x.state), e) })
	}
	settled := func(s *state) []entry { return slices.Concat(s.signaled, s.taken) }
	for _, e := range settled(good[0].state) {
		if a.nameable(e.obj) && every(good, e, settled) {
			net.Settled = append(net.Settled, e.obj.Object)
		}
	}
	net.Settled = distinctObjects(net.Settled)
	held := func(s *state) []entry { return s.held }
	for _, e := range held(good[0].state) {
		if e.must && !e.stale && a.nameable(e.obj) && every(good, e, held) && onNone(bad, e) && !a.onEveryExit(e, held, true) {
			net.Tried = append(net.Tried, heldOf([]entry{e})...)
		}
	}
}

func holds(list []entry, e entry) bool {
	return slices.ContainsFunc(list, func(f entry) bool { return e.obj.same(f.obj) })
}

// onNone reports whether none of the exits holds what e does.
func onNone(exits []exit, e entry) bool {
	return !slices.ContainsFunc(exits, func(x exit) bool { return holds(x.state.held, e) })
}

// unlocksMissing records the returns on which a lock is held that is not on others. A
// helper that returns holding does so on every path, on every one that succeeds, or on those
// on which it takes it at all, for others to give back.
func (a *analysis) unlocksMissing() {
	held := func(s *state) []entry { return s.held }
	for _, e := range a.exits {
		for _, h := range e.state.held {
			if h.obj.Class.Kind != summary.Lock || h.obj.Instance == "" || h.stale || !h.must ||
				a.onEveryExit(h, held, true) || a.acquires(h.obj) || a.returnsUnlock(e, h.obj) ||
				a.private(e.state, h.obj.place) && !a.returns(e, h.obj.place) || a.locksWhatIsReturned(h) {
				continue
			}
			if slices.ContainsFunc(a.sum.Net.Tried, func(t summary.Held) bool { return t.On.Instance == h.obj.Instance }) &&
				a.outcomeOf(e) != failed {
				continue
			}
			a.at = e.at
			a.addOp(summary.Op{Kind: summary.OpUnlockMissing, On: h.obj.Object, Kept: !slices.ContainsFunc(a.givenBack, h.obj.same), Through: h.through, Site: a.returnSite(e)})
		}
	}
}

// returns reports whether an exit hands the caller what is at p.
func (a *analysis) returns(e exit, p place) bool {
	return slices.ContainsFunc(e.ret.Results, func(result ssa.Value) bool { return a.place(a.through(result)).base == p.base })
}

// locksWhatIsReturned reports whether callers can tell by a result that h is held: it is
// where there is something, and is not where there is nothing.
func (a *analysis) locksWhatIsReturned(h entry) bool {
	for i := range a.fn.Signature.Results().Len() {
		t := a.fn.Signature.Results().At(i).Type()
		if !pointerLike(t) || isError(t) {
			continue
		}
		if !slices.ContainsFunc(a.exits, func(e exit) bool {
			return isNil(a.through(e.ret.Results[i])) == holds(e.state.held, h)
		}) {
			return true
		}
	}
	return false
}

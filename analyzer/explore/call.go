package explore

import (
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/model"
)

// invocation is a call with its operands.
type invocation struct {
	fn     value // function, cancel, a builtin or unknown
	args   []value
	method string // of a context
	common *ssa.CallCommon
}

// builtin is a function of the language.
type builtin struct{ name string }

// invocation evaluates the operands of a call.
func (x *explorer) invocation(s *state, f *frame, at ssa.CallInstruction) invocation {
	common := at.Common()
	inv := invocation{common: common}
	for _, a := range common.Args {
		inv.args = append(inv.args, x.operand(s, f, at, a))
	}
	if b, ok := common.Value.(*ssa.Builtin); ok {
		inv.fn = builtin{b.Name()}
		return inv
	}
	receiver := x.eval(s, f, common.Value)
	if !common.IsInvoke() {
		inv.fn = receiver
		return inv
	}
	b, ok := receiver.(boxed)
	switch {
	case !ok:
		inv.fn = receiver
	case b.typ == nil:
		inv.fn, inv.method = b.v, common.Method.Name()
	default:
		inv.args = append([]value{b.v}, inv.args...)
		if fn := x.program.LookupMethod(b.typ, common.Method.Pkg(), common.Method.Name()); fn != nil {
			inv.fn = function{fn: fn}
		} else {
			inv.fn = s.fresh()
		}
	}
	return inv
}

// call makes a call whose result goes to a register, if one is given. The frame is
// behind the call already.
func (x *explorer) call(s *state, g *goroutine, inv invocation, result ssa.Value, at ssa.Instruction) {
	finish := func(v value) {
		if result != nil && v != nil {
			g.top().env.set(result, v)
		}
	}
	switch fn := inv.fn.(type) {
	case null:
		x.panics(s, g)
	case builtin:
		finish(x.builtin(s, fn.name, inv, result))
	case cancel:
		x.cancelContext(s, fn.object)
	case pointer: // a context
		finish(x.contextMethod(s, fn.object, inv))
	case function:
		if v, ok := x.known(s, g, fn.fn, inv, at); ok {
			finish(v)
			return
		}
		x.heed(s, g, fn.fn, inv, at)
		if !x.enter(s, g, fn, inv.args, result) && !x.round(s, g, inv) {
			x.leaveOut(fn.fn)
			finish(x.opaque(s, fn.fn, inv, at))
		}
	default:
		if invoked := inv.common; invoked.IsInvoke() && harmlessMethod(invoked.Method.FullName()) {
			if v, ok := s.unknownContext(inv); ok {
				finish(v)
				return
			}
			finish(s.unknownResult(inv.common.Signature().Results()))
			return
		}
		if !x.round(s, g, inv) {
			finish(x.opaque(s, nil, inv, at))
		}
	}
}

// round has a loop over a function that is not followed go round once: what its body does
// on the way out of the loop, it has done. False for other calls.
func (x *explorer) round(s *state, g *goroutine, inv invocation) bool {
	if len(inv.args) == 0 || inv.common.Signature().Results().Len() > 0 {
		return false
	}
	body, ok := inv.args[len(inv.args)-1].(function)
	if !ok || body.fn.Synthetic != "range-over-func yield" {
		return false
	}
	args := make([]value, len(body.fn.Params))
	for i := range args {
		args[i] = s.fresh()
	}
	return x.enter(s, g, body, args, nil)
}

// enter starts the body of a function; false if it is not to be followed.
func (x *explorer) enter(s *state, g *goroutine, fn function, args []value, result ssa.Value) bool {
	if len(g.frames) >= frameLimit || !x.matters(s, g, fn, args) {
		return false
	}
	f := x.frame(s, fn, args, result)
	if f == nil {
		return false
	}
	same := 0
	for _, outer := range g.frames {
		if outer.fn == fn.fn {
			same++
		}
	}
	if same > recursionLimit {
		return false
	}
	g.frames = append(g.frames, f)
	return true
}

// frame returns the frame of a call; nil if the body is not to be followed.
func (x *explorer) frame(s *state, fn function, args []value, result ssa.Value) *frame {
	if !x.follows(fn.fn) {
		return nil
	}
	f := &frame{fn: fn.fn, block: fn.fn.Blocks[0], env: make(registers, 0, len(fn.fn.Params)+len(fn.free)+room), result: result}
	for i, p := range fn.fn.Params {
		if i < len(args) {
			f.env.set(p, args[i])
		}
	}
	for i, v := range fn.fn.FreeVars {
		if i < len(fn.free) {
			f.env.set(v, fn.free[i])
		}
	}
	return f
}

// matters reports whether the body of a function has to do with what is known: it is
// handed something of that, makes something that is handed out, runs with locks held, or
// with what leads to one, or has to do with what may be found closed for good.
func (x *explorer) matters(s *state, g *goroutine, fn function, args []value) bool {
	args = append(args[:len(args):len(args)], fn.free...)
	return x.makes(fn.fn) && handsOut(fn.fn) || len(g.holding) > 0 && (x.concerns(fn.fn) || s.leadsToAny(args, g.holding)) ||
		x.leadsInside(s, args) || x.returnsLasting(fn.fn) || x.concerns(fn.fn) && s.foundClosed(args)
}

// leadsToAny reports whether one of values is where one of the locks is, as a locker that
// somebody may unlock.
func (s *state) leadsToAny(values []value, locks []pointer) bool {
	for part := range s.parts(record(values)) {
		if p, ok := part.(pointer); ok && slices.Contains(locks, p) {
			return true
		}
	}
	return false
}

// handsOut reports whether a function returns something that leads to other things.
func handsOut(fn *ssa.Function) bool {
	results := fn.Signature.Results()
	for i := range results.Len() {
		t := results.At(i).Type()
		if _, basic := t.Underlying().(*types.Basic); !basic && !isError(t) {
			return true
		}
	}
	return false
}

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// leadsInside reports whether one of values leads to something that is not known
// outside.
func (x *explorer) leadsInside(s *state, values []value) bool {
	for part := range s.parts(record(values)) {
		switch p := part.(type) {
		case cancel:
			return true
		case function:
			if x.concerns(p.fn) {
				return true
			}
		}
		if id, ok := s.leadsTo(part); ok && !s.object(id).outside {
			return true
		}
	}
	return false
}

// opaque is a call of which nothing is known but what goes in: others can get at that
// from now on.
func (x *explorer) opaque(s *state, fn *ssa.Function, inv invocation, at ssa.Instruction) value {
	if fn != nil && x.neverReturns(fn) {
		s.cut = true
		return nil
	}
	harmless := fn != nil && x.harmless(fn)
	if !harmless {
		s.expose(inv.fn)
	}
	if fn == nil || len(fn.Blocks) == 0 {
		s.borrowed()
	}
	for _, a := range inv.args {
		for part := range s.parts(a) {
			s.resized(part)
		}
		switch {
		case fn != nil && x.runs(fn, a):
			s.expose(a)
		case !harmless:
			s.lend(a)
		}
	}
	return s.unknownResult(inv.common.Signature().Results())
}

// runs reports whether what a directive speaks for may run a function that it is given, at
// any time: what that function can get at, others can.
func (x *explorer) runs(fn *ssa.Function, arg value) bool {
	_, ok := arg.(function)
	return ok && x.options.Spoken(fn) && !slices.ContainsFunc(x.effects(fn), func(e model.Effect) bool {
		return e.Kind == model.Calls || e.Kind == model.Queues // heed has seen to it
	})
}

// unknownResult returns results of which nothing is known.
func (s *state) unknownResult(results *types.Tuple) value {
	switch results.Len() {
	case 0:
		return nil
	case 1:
		return s.fresh()
	}
	r := make(record, results.Len())
	for i := range r {
		r[i] = s.fresh()
	}
	return r
}

// spawn starts a goroutine.
func (x *explorer) spawn(s *state, g *goroutine, inv invocation, at ssa.Instruction) {
	x.spawnIn(s, g, inv, at, nil)
}

func (x *explorer) spawnIn(s *state, g *goroutine, inv invocation, at ssa.Instruction, group *pointer) {
	fn, ok := inv.fn.(function)
	var f *frame
	if ok {
		if x.follows(fn.fn) && !x.concerns(fn.fn) && group == nil && !x.leadsInside(s, append(inv.args[:len(inv.args):len(inv.args)], fn.free...)) {
			return // it does nothing that anybody waits for
		}
		f = x.frame(s, fn, inv.args, nil)
	}
	if f == nil {
		for _, a := range inv.args {
			s.expose(a) // it has them for longer than a call
		}
		x.opaque(s, nil, inv, at)
		if group != nil {
			x.lose(s)
		}
		return
	}
	live := 0
	for _, other := range s.goroutines {
		if !other.ended {
			live++
		}
	}
	if live >= goroutineLimit {
		s.cut, x.large, x.bounded = true, true, true
		return
	}
	x.bare = false
	g.spawned++
	s.goroutines = append(s.goroutines, &goroutine{
		name: g.name + "." + strconv.Itoa(g.spawned), started: at, starter: g.stack(), frames: []*frame{f}, group: group,
	})
}

// returns ends a call.
func (x *explorer) returns(s *state, g *goroutine, instr *ssa.Return) {
	f := g.top()
	var v value
	switch len(instr.Results) {
	case 0:
	case 1:
		v = x.eval(s, f, instr.Results[0])
	default:
		r := make(record, len(instr.Results))
		for i, res := range instr.Results {
			r[i] = x.eval(s, f, res)
		}
		v = r
	}
	for _, p := range g.holding {
		if held := s.party(p); held.takenIn == f.fn && held.left == nil {
			held.left = instr
			s.setParty(p, held)
		}
	}
	if f.once != nil {
		o := s.party(*f.once)
		o.once = 2
		s.setParty(*f.once, o)
	}
	if x.called {
		x.ran.Returned[f.fn] = true
	}
	g.frames = g.frames[:len(g.frames)-1]
	if len(g.frames) > 0 {
		g.ownTop()
		if f.result != nil && v != nil {
			g.top().env.set(f.result, v)
		}
		return
	}
	g.ended, g.lastExit = true, instr
	if v != nil {
		s.expose(v)
	}
	if g.group != nil {
		x.addTo(s, *g.group, integer(-1))
	}
	if g.queue != nil {
		q := s.party(*g.queue)
		q.announce = slices.DeleteFunc(slices.Clone(q.announce), func(work string) bool { return work == g.name })
		s.setParty(*g.queue, q)
	}
	if g.name == rootName && x.process {
		s.cut = true // the process ends
	}
}

// builtin evaluates a function of the language that nobody waits for.
func (x *explorer) builtin(s *state, name string, inv invocation, result ssa.Value) value {
	switch name {
	case "len":
		return s.length(inv.args[0])
	case "cap":
		return s.room(inv.args[0])
	case "min", "max":
		return s.extreme(name, inv.args)
	case "append":
		if elem, ok := result.Type().Underlying().(*types.Slice); ok && len(inv.args) == 2 {
			return s.appended(inv.args[0], inv.args[1], elem.Elem())
		}
	case "clear":
		s.clearMap(inv.args[0])
		return nil
	case "delete":
		s.remove(inv.args[0], inv.args[1])
		return nil
	case "recover":
		return null{}
	case "copy":
		s.expose(inv.args[0])
		s.expose(inv.args[1])
	case "ssa:wrapnilchk":
		return inv.args[0]
	}
	if result == nil {
		return nil
	}
	return s.fresh()
}

package flow

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// maxWrites bounds the writes that are followed at a time: the first ones, in their order,
// so that what is left out does not depend on when it came.
const maxWrites = 64

// written is a change of a watched field that was made on the way to a point, with
// the wakes that have followed it on every path. The write itself may be one of the summary
// of a callee, which says nothing of change and wakes here.
type written struct {
	at point
	*summary.Write
	change summary.Change
	wakes  []woken
}

// woken is a wake, or the signal of a fence, that was made on every path to a point.
type woken struct {
	obj   object
	looks string
	pos   summary.Pos
	text  string
}

func (w *written) compare(x *written) int {
	if at := w.at.compare(x.at); at != 0 {
		return at
	}
	return cmp.Or(cmp.Compare(w.Field, x.Field), cmp.Compare(w.Pos.Line, x.Pos.Line), cmp.Compare(w.Pos.Col, x.Pos.Col))
}

func (w woken) same(x woken) bool {
	return w.obj.Class == x.obj.Class && w.obj.Param == x.obj.Param && w.obj.Path == x.obj.Path && w.looks == x.looks
}

// wakes is the part of a state that is about wakes. Slices, and the writes in them, are
// shared between states and never changed in place.
type wakes struct {
	writes []*written // may
	woken  []woken    // must
}

func (s *wakes) join(t *wakes) {
	s.woken = common(s.woken, t.woken)
	if len(t.writes) == 0 || slices.Equal(s.writes, t.writes) {
		return
	}
	out := make([]*written, 0, min(len(s.writes)+len(t.writes), maxWrites))
	for a, b := s.writes, t.writes; len(a)+len(b) > 0 && len(out) < maxWrites; {
		order := len(b) - len(a) // of what is left where one has none
		if len(a) > 0 && len(b) > 0 {
			order = a[0].compare(b[0])
		}
		switch {
		case order < 0:
			out, a = append(out, a[0]), a[1:]
		case order > 0:
			out, b = append(out, b[0]), b[1:]
		case a[0] == b[0]:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		default:
			both := *a[0]
			both.wakes = common(both.wakes, b[0].wakes)
			both.change |= b[0].change
			out, a, b = append(out, &both), a[1:], b[1:]
		}
	}
	s.writes = out
}

func common(a, b []woken) []woken {
	var out []woken
	for _, w := range a {
		if slices.ContainsFunc(b, w.same) {
			out = append(out, w)
		}
	}
	return out
}

func (s *wakes) equal(t *wakes) bool {
	return slices.EqualFunc(s.woken, t.woken, woken.same) &&
		slices.EqualFunc(s.writes, t.writes, func(a, b *written) bool {
			return a == b || a.compare(b) == 0 && a.change == b.change && slices.EqualFunc(a.wakes, b.wakes, woken.same)
		})
}

// wake notes that waiters on objects look again from here on.
func (s *wakes) wake(all ...woken) {
	for _, w := range all {
		s.woken = withWake(s.woken, w)
	}
	var writes []*written
	for i, before := range s.writes {
		wakes := before.wakes
		for _, w := range all {
			wakes = withWake(wakes, w)
		}
		if len(wakes) == len(before.wakes) {
			continue
		}
		if writes == nil {
			writes = slices.Clone(s.writes)
		}
		after := *before
		after.wakes = wakes
		writes[i] = &after
	}
	if writes != nil {
		s.writes = writes
	}
}

// withWake returns a list with one more wake, if that is another.
func withWake(list []woken, w woken) []woken {
	if slices.ContainsFunc(list, w.same) || len(list) >= maxHeld {
		return list
	}
	return append(slices.Clip(list), w)
}

// full reports whether all that a callee writes is left out at a point: as many as are followed
// come before.
func (s *wakes) full(at point, all []summary.Write) bool {
	if len(s.writes) < maxWrites {
		return false
	}
	last := s.writes[maxWrites-1]
	if order := last.at.compare(at); order != 0 {
		return order < 0
	}
	for i := range all {
		if last.compare(&written{at: at, Write: &all[i]}) >= 0 {
			return false
		}
	}
	return true
}

// write notes writes that are in order. Of each that is made again before it was followed
// by anything, again is told how it stood.
func (s *wakes) write(all []*written, again func(before *written)) {
	if len(all) == 0 {
		return
	}
	out := make([]*written, 0, min(len(s.writes)+len(all), maxWrites))
	before, _ := slices.BinarySearchFunc(s.writes, all[0], (*written).compare)
	out = append(out, s.writes[:before]...)
	for a, b := s.writes[before:], all; len(a)+len(b) > 0; {
		next := &a
		if len(a) == 0 || len(b) > 0 && a[0].compare(b[0]) > 0 {
			next = &b
		}
		w := (*next)[0]
		*next = (*next)[1:]
		if last := len(out) - 1; last >= 0 && out[last].compare(w) == 0 {
			again(out[last])
			out[last] = w
		} else if len(out) < maxWrites {
			out = append(out, w)
		}
	}
	s.writes = out
}

// noteWake is the effect of a call that wakes a queue or signals a fence.
func (a *analysis) noteWake(s *state, x object, c called) {
	s.wakes.wake(woken{obj: x, pos: a.callPos(c.common), text: a.callText(c.common)})
}

// noteWrite is the effect of an instruction that writes through addr.
func (a *analysis) noteWrite(s *state, addr ssa.Value, pos token.Pos, change summary.Change) {
	a.wholeWrite(s, addr, pos, change)
	field, owner := a.watchedField(addr)
	if field == "" || a.created(owner) {
		return
	}
	a.fieldWrite(s, field, owner, pos, change)
}

// wholeWrite notes that a write of a struct is one of its fields.
func (a *analysis) wholeWrite(s *state, addr ssa.Value, pos token.Pos, change summary.Change) {
	named := model.NamedOf(addr.Type())
	if a.env.Watched == nil || named == nil {
		return
	}
	st, ok := named.Underlying().(*types.Struct)
	if _, pointer := deref(addr.Type()).Underlying().(*types.Struct); !ok || !pointer {
		return
	}
	owner := a.place(addr)
	if a.created(owner) {
		return
	}
	for i := range st.NumFields() {
		if name := model.FieldName(named, st.Field(i)); a.env.Watched(name) {
			a.fieldWrite(s, name, owner, pos, change)
		}
	}
}

func (a *analysis) fieldWrite(s *state, field string, owner place, pos token.Pos, change summary.Change) {
	w := &summary.Write{Field: field, Of: a.objectAt(owner, summary.NoClass).Object, Owner: ownerField(owner), Func: a.sum.Func}
	w.Of.Class = summary.Class{}
	w.Pos, w.Text = a.pos(a.syntax.start(pos)), a.syntax.text(pos)
	a.addWrites(s, []*written{{at: a.at, Write: w, change: change}})
}

func (a *analysis) addWrites(s *state, all []*written) {
	s.wakes.write(all, func(before *written) {
		if a.record && !a.leaves(a.at.block) {
			a.sum.Repeats = append(a.sum.Repeats, before.summary())
		}
	})
}

// leaves reports whether a block leads to a return.
func (a *analysis) leaves(block int) bool {
	if a.returning == nil {
		a.returning = make([]bool, len(a.fn.Blocks))
		var exits []*ssa.BasicBlock
		for _, b := range a.fn.Blocks {
			if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
				exits = append(exits, b)
			}
		}
		flood(a.returning, exits, -1, func(b *ssa.BasicBlock) []*ssa.BasicBlock { return b.Preds })
	}
	return a.returning[block]
}

// summary puts a write into the words of a summary.
func (w *written) summary() summary.Write {
	out := *w.Write
	out.Change, out.Wakes = w.change, nil
	for _, wake := range w.wakes {
		out.Wakes = append(out.Wakes, summary.Wake{On: wake.obj.Object, Looks: wake.looks, Pos: wake.pos, Text: wake.text})
	}
	return out
}

// watchedField returns the watched field that addr is, or lies in, and the place of
// its struct. An element of a slice, array or map is not the field that holds it.
func (a *analysis) watchedField(addr ssa.Value) (string, place) {
	if a.env.Watched == nil {
		return "", place{}
	}
	element := ""
	for {
		switch v := addr.(type) {
		case *ssa.IndexAddr:
			addr, element = v.X, elementSuffix
		case *ssa.UnOp:
			addr = v.X
		case *ssa.Slice:
			addr = v.X
		case *ssa.FieldAddr:
			if name := model.FieldAt(v.X.Type(), v.Field) + element; a.env.Watched(name) {
				return name, a.place(v.X)
			}
			return "", place{}
		default:
			return "", place{}
		}
	}
}

// ownerField returns the full name of the field that a struct is the value of, "" if it
// is not one's.
func ownerField(p place) string {
	n := len(p.steps)
	if n == 0 || p.steps[n-1].field == nil || p.steps[n-1].owner == nil {
		return ""
	}
	last := p.steps[n-1]
	if _, ok := last.field.Type().Underlying().(*types.Struct); !ok {
		return ""
	}
	return model.FieldName(last.owner, last.field)
}

// atomicWrite notes the change that a call of an atomic variable's method makes.
func (a *analysis) atomicWrite(s *state, site ssa.CallInstruction) {
	fn := site.Common().StaticCallee()
	if fn == nil || len(site.Common().Args) == 0 {
		return
	}
	if pkg := packageOf(fn); pkg == nil || pkg.Path() != "sync/atomic" || strings.HasPrefix(fn.Name(), "Load") {
		return
	}
	a.noteWrite(s, site.Common().Args[0], site.Common().Pos(), summary.Any)
}

// netWakes applies what a callee writes and wakes.
func (a *analysis) netWakes(s *state, t target, sum *summary.Summary, must bool) {
	writes, wakes := len(sum.Net.Writes) > 0 && !s.wakes.full(a.at, sum.Net.Writes), must && len(sum.Net.Woken) > 0
	if !writes && !wakes {
		return
	}
	n := a.netOf(t, sum)
	if must {
		s.wakes.wake(n.woken...)
	}
	a.addWrites(s, n.writes)
}

// netAt is a call of a function as it is seen from one place.
type netAt struct {
	at point
	fn *ssa.Function
}

// net is what a callee writes and wakes, in the words of the function that calls it. It is the
// same however often the call is come to.
type net struct {
	of     target
	woken  []woken
	writes []*written
}

func (a *analysis) netOf(t target, sum *summary.Summary) net {
	key := netAt{a.at, t.fn}
	if known, ok := a.nets[key]; ok && known.of.same(t) {
		return known
	}
	rebased := map[summary.Object]object{} // many writes are of one object
	rebase := func(o summary.Object) object {
		if t.argument(o.Param) == nil {
			return a.rebase(o, t)
		}
		x, ok := rebased[o]
		if !ok {
			x = a.rebase(o, t)
			rebased[o] = x
		}
		return x
	}
	n := net{of: t}
	for _, w := range sum.Net.Woken {
		n.woken = append(n.woken, woken{obj: rebase(w.On), looks: w.Looks, pos: w.Pos, text: w.Text})
	}
	for i := range sum.Net.Writes {
		w := &sum.Net.Writes[i]
		of := rebase(w.Of)
		if w.Of.Param >= 0 && (t.argument(w.Of.Param) == nil || of.place.known() && a.created(of.place)) {
			continue // what nobody can reach yet, nobody waits for; what a method value has bound may be such
		}
		in := &written{at: a.at, Write: w, change: w.Change}
		if of.Class = (summary.Class{}); of.Object != w.Of {
			here := *w
			here.Of, here.Wakes = of.Object, nil
			in.Write = &here
		}
		if owner := ownerField(of.place); w.Of.Param >= 0 && of.place.known() && owner != in.Owner {
			here := *in.Write
			here.Owner, here.Wakes = owner, nil
			in.Write = &here
		}
		for _, wake := range w.Wakes {
			in.wakes = withWake(in.wakes, woken{obj: rebase(wake.On), looks: wake.Looks, pos: wake.Pos, text: wake.Text})
		}
		n.writes = append(n.writes, in)
	}
	slices.SortStableFunc(n.writes, (*written).compare)
	a.nets[key] = n
	return n
}

// exitWakes computes what callers see of writes and wakes.
func (a *analysis) exitWakes() {
	var all wakes
	for i, e := range a.exits {
		if i == 0 {
			all = e.state.wakes
		} else {
			all.join(&e.state.wakes)
		}
	}
	a.sum.Net.FailsQuietly, a.sum.Net.FailsOn = a.failsQuietly()
	for _, w := range all.writes {
		a.sum.Net.Writes = append(a.sum.Net.Writes, w.summary())
	}
	for _, w := range all.woken {
		a.sum.Net.Woken = append(a.sum.Net.Woken, summary.Wake{On: w.obj.Object, Looks: w.looks, Pos: w.pos, Text: w.text})
	}
}

// returnedFences returns the classes of the fences that the function returns.
func (a *analysis) returnedFences() []summary.Class {
	var out []summary.Class
	for _, e := range a.exits {
		for _, result := range e.ret.Results {
			if isNil(result) || isError(result.Type()) {
				continue
			}
			if o := a.object(result, summary.NoClass); o.Class.Kind == summary.Fence && !slices.Contains(out, o.Class) {
				out = append(out, o.Class)
			}
		}
	}
	slices.SortFunc(out, func(x, y summary.Class) int { return cmp.Compare(x.Name, y.Name) })
	return out
}

// installed returns the spawn of a callback: on what fence, where the function that
// is called is the fence's.
func (a *analysis) installed(c called, effect model.Effect) summary.Spawn {
	spawn := summary.Spawn{Kind: summary.Callback, Contexts: effect.Contexts, On: noObject().Object}
	if c.recv == nil {
		return spawn
	}
	on := a.object(c.recv, summary.NoClass)
	if on.Class.Kind != summary.Fence {
		return spawn
	}
	spawn.On = on.Object
	if call := callOf(on.place.base); call != nil && len(on.place.steps) == 0 {
		for _, t := range a.resolve(call).targets {
			spawn.Source = append(spawn.Source, summary.Target{Func: a.key(t.fn), Via: t.via})
		}
	}
	return spawn
}

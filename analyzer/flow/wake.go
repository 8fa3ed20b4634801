package flow

import (
	"cmp"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"github.com/fencelint/fencelint/analyzer/watch"
	"golang.org/x/tools/go/ssa"
)

// maxWrites bounds the writes that are followed at a time.
const maxWrites = 64

// written is a change of a watched field that was made on the way to a point, with
// the wakes that have followed it on every path.
type written struct {
	at point
	summary.Write
	wakes []woken
}

// woken is a wake, or the signal of a fence, that was made on every path to a point.
type woken struct {
	obj   object
	looks string
	pos   summary.Pos
	text  string
}

func (w written) compare(x written) int {
	return cmp.Or(w.at.compare(x.at), cmp.Compare(w.Field, x.Field), cmp.Compare(w.Pos.Line, x.Pos.Line), cmp.Compare(w.Pos.Col, x.Pos.Col))
}

func (w woken) same(x woken) bool {
	return w.obj.Class == x.obj.Class && w.obj.Param == x.obj.Param && w.obj.Path == x.obj.Path && w.looks == x.looks
}

// wakes is the part of a state that is about wakes. Slices are shared between states
// and never changed in place.
type wakes struct {
	writes []written // may
	woken  []woken   // must
}

func (s *wakes) join(t *wakes) {
	s.woken = common(s.woken, t.woken)
	out := slices.Clone(s.writes)
	for _, w := range t.writes {
		i, found := slices.BinarySearchFunc(out, w, written.compare)
		switch {
		case found:
			out[i].wakes = common(out[i].wakes, w.wakes)
			out[i].Change |= w.Change
		case len(out) < maxWrites:
			out = slices.Insert(out, i, w)
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
		slices.EqualFunc(s.writes, t.writes, func(a, b written) bool {
			return a.compare(b) == 0 && a.Change == b.Change && slices.EqualFunc(a.wakes, b.wakes, woken.same)
		})
}

// wake notes that waiters on an object look again from here on.
func (s *wakes) wake(w woken) {
	add := func(list []woken) []woken {
		if slices.ContainsFunc(list, w.same) || len(list) >= maxHeld {
			return list
		}
		return append(slices.Clip(list), w)
	}
	s.woken = add(s.woken)
	s.writes = slices.Clone(s.writes)
	for i := range s.writes {
		s.writes[i].wakes = add(s.writes[i].wakes)
	}
}

// write notes a write. One that is made again before it was followed by anything is
// returned as it stood.
func (s *wakes) write(w written) (before written, again bool) {
	i, found := slices.BinarySearchFunc(s.writes, w, written.compare)
	if found {
		before = s.writes[i]
		s.writes = slices.Clone(s.writes)
		s.writes[i] = w
		return before, true
	}
	if len(s.writes) < maxWrites {
		s.writes = slices.Insert(slices.Clone(s.writes), i, w)
	}
	return written{}, false
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
	w := written{at: a.at}
	w.Of = a.objectAt(owner, summary.NoClass).Object
	w.Of.Class = summary.Class{}
	w.Owner = ownerField(owner)
	w.Field, w.Change, w.Func = field, change, a.sum.Func
	w.Pos, w.Text = a.pos(a.syntax.start(pos)), a.syntax.text(pos)
	a.addWrite(s, w)
}

func (a *analysis) addWrite(s *state, w written) {
	before, again := s.wakes.write(w)
	if again && a.record && !a.leaves(a.at.block) {
		a.sum.Repeats = append(a.sum.Repeats, before.summary())
	}
}

// leaves reports whether a block leads to a return.
func (a *analysis) leaves(block int) bool {
	marked := make([]bool, len(a.fn.Blocks))
	flood(marked, []*ssa.BasicBlock{a.fn.Blocks[block]}, -1, func(b *ssa.BasicBlock) []*ssa.BasicBlock { return b.Succs })
	return slices.ContainsFunc(a.exitBlocks(), func(b int) bool { return marked[b] })
}

func (a *analysis) exitBlocks() []int {
	var out []int
	for _, block := range a.fn.Blocks {
		if _, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok {
			out = append(out, block.Index)
		}
	}
	return out
}

// summary puts a write into the words of a summary.
func (w written) summary() summary.Write {
	out := w.Write
	out.Wakes = nil
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
			addr, element = v.X, watch.Element
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

// changeOf returns what a store may do to the value it replaces.
func changeOf(store *ssa.Store) summary.Change {
	switch v := store.Val.(type) {
	case *ssa.Const:
		switch {
		case v.IsNil() || v.Value == nil:
			return summary.Falls // to nil, or the zero value of a struct
		case v.Value != nil && v.Value.Kind() == constant.Bool && constant.BoolVal(v.Value):
			return summary.Rises
		case v.Value != nil && v.Value.Kind() == constant.Bool:
			return summary.Falls
		}
	case *ssa.UnOp:
		if followsOld(v, store.Addr) {
			return summary.Falls
		}
		if pointerLike(v.Type()) && dereferenced(v, store.Block()) {
			return summary.Rises
		}
	case *ssa.Parameter, *ssa.Call, *ssa.Extract:
		if pointerLike(v.Type()) && dereferenced(v, store.Block()) {
			return summary.Rises
		}
	case *ssa.Alloc, *ssa.MakeChan, *ssa.MakeClosure, *ssa.MakeMap, *ssa.MakeInterface:
		return summary.Rises
	case *ssa.BinOp:
		return stepOf(v, store.Addr)
	}
	return summary.Any
}

// followsOld reports whether v is a field of what the field at addr pointed to: that was
// not nil then, so that the new value cannot be more.
func followsOld(v *ssa.UnOp, addr ssa.Value) bool {
	next, ok := v.X.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	old, ok := next.X.(*ssa.UnOp)
	return ok && old.Op == token.MUL && sameField(old.X, addr)
}

// dereferenced reports whether v is known not to be nil in a block, because a field of
// it was looked at on the way there.
func dereferenced(v ssa.Value, block *ssa.BasicBlock) bool {
	return slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		addr, ok := ref.(*ssa.FieldAddr)
		return ok && addr.X == v && addr.Block().Dominates(block)
	})
}

// stepOf is the change of x = x + n and x = x - n.
func stepOf(v *ssa.BinOp, addr ssa.Value) summary.Change {
	load, ok := v.X.(*ssa.UnOp)
	n, isConst := v.Y.(*ssa.Const)
	if !ok || load.Op != token.MUL || !sameField(load.X, addr) || !isConst || n.Value == nil ||
		n.Value.Kind() != constant.Int || constant.Sign(n.Value) < 0 {
		return summary.Any
	}
	switch v.Op {
	case token.ADD:
		return summary.Rises
	case token.SUB:
		return summary.Falls
	}
	return summary.Any
}

func sameField(x, y ssa.Value) bool {
	a, ok := x.(*ssa.FieldAddr)
	b, ok2 := y.(*ssa.FieldAddr)
	return x == y || ok && ok2 && a.X == b.X && a.Field == b.Field
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
	if must {
		for _, w := range sum.Net.Woken {
			s.wakes.wake(woken{obj: a.rebase(w.On, t), looks: w.Looks, pos: w.Pos, text: w.Text})
		}
	}
	for _, w := range sum.Net.Writes {
		of := a.rebase(w.Of, t)
		if w.Of.Param >= 0 && (t.argument(w.Of.Param) == nil || of.place.known() && a.created(of.place)) {
			continue // what nobody can reach yet, nobody waits for; what a method value has bound may be such
		}
		in := written{at: a.at, Write: w}
		in.Of, in.Wakes = of.Object, nil
		in.Of.Class = summary.Class{}
		if w.Of.Param >= 0 && of.place.known() {
			in.Owner = ownerField(of.place)
		}
		for _, wake := range w.Wakes {
			in.wakes = append(in.wakes, woken{obj: a.rebase(wake.On, t), looks: wake.Looks, pos: wake.Pos, text: wake.Text})
		}
		a.addWrite(s, in)
	}
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

// failsQuietly reports whether nothing was written at the exits that return false, nil
// or an error, that there is such an exit, and the watched fields that alone decide
// whether one is taken.
func (a *analysis) failsQuietly() (quiet bool, on []string) {
	decided := true
	for _, e := range a.exits {
		if n := len(e.ret.Results); n == 0 || !a.quits(e, e.ret.Results[n-1]) {
			continue
		}
		if len(e.state.wakes.writes) > 0 {
			return false, nil
		}
		quiet = true
		for block := e.ret.Block(); block != nil; block = block.Idom() {
			branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
			if !ok || block == e.ret.Block() {
				continue
			}
			fields, ok := a.fieldsOf(branch.Cond, 0)
			decided = decided && ok
			on = append(on, fields...)
		}
	}
	if !decided {
		return quiet, nil
	}
	slices.Sort(on)
	return quiet, slices.Compact(on)
}

// fieldsOf returns the watched fields that a condition is made of; false where it is
// made of anything else.
func (a *analysis) fieldsOf(v ssa.Value, depth int) ([]string, bool) {
	if depth > maxHeld || a.env.Watched == nil {
		return nil, false
	}
	switch v := v.(type) {
	case *ssa.Const:
		return nil, true
	case *ssa.BinOp:
		x, okX := a.fieldsOf(v.X, depth+1)
		y, okY := a.fieldsOf(v.Y, depth+1)
		return append(x, y...), okX && okY
	case *ssa.UnOp:
		if v.Op != token.MUL {
			return a.fieldsOf(v.X, depth+1)
		}
		if name := watch.Name(v.X); name != "" {
			return []string{name}, a.env.Watched(name)
		}
	}
	return nil, false
}

func (a *analysis) quits(e exit, last ssa.Value) bool {
	return a.outcomeOf(e) == failed || !isError(last.Type()) && isNil(a.through(last))
}

// failQuietly drops what a call writes only where it succeeds.
func (a *analysis) failQuietly(s *state, v ssa.Value) {
	call, ok := v.(*ssa.Call)
	if !ok || len(s.wakes.writes) == 0 {
		return
	}
	c := a.resolve(call)
	for _, t := range c.targets {
		if sum := a.env.Summary(Key(t.fn)); sum == nil || len(sum.Net.Writes) > 0 && !sum.Net.FailsQuietly {
			return
		}
	}
	at := a.pointOf(call)
	s.wakes.writes = slices.DeleteFunc(slices.Clone(s.wakes.writes), func(w written) bool { return w.at.block == at.block && w.at.instr == at.instr })
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
	if call, ok := callOf(on.place.base).(*ssa.Call); ok && len(on.place.steps) == 0 {
		for _, t := range a.resolve(call).targets {
			spawn.Source = append(spawn.Source, summary.Target{Func: Key(t.fn), Via: t.via})
		}
	}
	return spawn
}

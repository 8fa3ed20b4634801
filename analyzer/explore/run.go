package explore

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// settle brings every goroutine to its next operation that others may see, or its end.
// There are several outcomes where one branches on what is not known; ways that meet
// again are one.
func (x *explorer) settle(s *state) []*state {
	x.since = 0
	todo, seen := []*state{s}, map[digest]bool{}
	var out []*state
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		ways := x.advance(s)
		if ways == nil {
			out = append(out, s)
			continue
		}
		for _, way := range slices.Backward(ways) {
			if way.cut {
				out = append(out, way)
				continue
			}
			if key := x.key(way); !seen[key] {
				seen[key] = true
				todo = append(todo, way)
			}
		}
	}
	if len(out) == 0 { // somebody goes round for ever
		x.lose(s)
		return []*state{s}
	}
	return out
}

// advance runs goroutines until all are settled, and returns nil then, or until one of
// them branches on what is not known, and returns the ways on.
func (x *explorer) advance(s *state) []*state {
	for range stepLimit {
		x.steps++
		g := x.unsettled(s)
		if s.cut || g == nil {
			return nil
		}
		if len(s.symbols) > symbolLimit {
			break // each is compared with what is made anew
		}
		if size, ok := x.size(s, g); ok {
			return x.guess(s, size)
		}
		branch, ok := g.top().instruction().(*ssa.If)
		if !ok {
			x.step(s, g)
			continue
		}
		switch cond := s.settled(x.eval(s, g.top(), branch.Cond)).(type) {
		case literal:
			x.jump(s, g.top(), branch.Block().Succs[truth(cond)])
		case unknown:
			if join := x.join(branch); join != nil {
				x.skip(s, g.top(), join)
				continue
			}
			return x.fork(s, g, branch, cond)
		default:
			x.lose(s)
		}
	}
	x.lose(s)
	return nil
}

// unsettled returns a goroutine that can go on without anybody seeing it.
func (x *explorer) unsettled(s *state) *goroutine {
	for _, g := range s.goroutines {
		if g.ended || g.settled {
			continue
		}
		if x.pending(s, g) == nil {
			return g
		}
		g.settled = true
	}
	return nil
}

// size returns the number of elements of what is made next, if it is not known.
func (x *explorer) size(s *state, g *goroutine) (unknown, bool) {
	var n ssa.Value
	switch instr := g.top().instruction().(type) {
	case *ssa.MakeChan:
		n = instr.Size
	case *ssa.MakeSlice:
		n = instr.Len
	default:
		return unknown{}, false
	}
	u, ok := x.eval(s, g.top(), n).(unknown)
	return u, ok && !s.symbol(u).vague
}

// guess tries small numbers for one that is not known, and leaves the others alone. One
// number after another makes ways without number, as branches do.
func (x *explorer) guess(s *state, n unknown) []*state {
	if x.exhausted() {
		x.lose(s)
		return nil
	}
	var out []*state
	of, _, _ := s.split(n) // room for one more than there are is no other number of turns
	open := s.open(of)
	for k := range int64(tripLimit + 1) {
		if s.differs(n, integer(k)) {
			continue
		}
		x.spend()
		next := s.clone()
		next.decideEqual(n, integer(k), true)
		lo, hi := next.bounds(of)
		next.empty = next.empty || k == 0
		if open {
			next.count(of, lo, hi)
		}
		out = append(out, next)
	}
	s.cut = true
	return append(out, s)
}

// truth is the index of the successor that a condition leads to.
func truth(cond literal) int {
	if cond.String() == "true" {
		return 0
	}
	return 1
}

// fork goes both ways at a branch.
func (x *explorer) fork(s *state, g *goroutine, branch *ssa.If, cond unknown) []*state {
	if !x.branches() || s.symbol(cond).vague {
		x.lose(s)
		x.large = x.large || s.symbol(cond).vague
		return nil
	}
	other := s.clone()
	for i, next := range [...]*state{s, other} {
		f := next.goroutine(g.name).top()
		if x.tooLong(next, f, branch, i == 0) || i == 0 && unlikely(next.symbol(cond)) {
			x.lose(next)
			continue
		}
		next.empty = next.empty || x.awaits(s, f, branch, i) || i == 1 && x.turnsNone(s, f, branch)
		times := x.times(next, f, branch, cond)
		next.decide(cond, i == 0)
		if times != nil {
			lo, hi := next.bounds(*times)
			next.count(*times, lo, hi)
		}
		x.jump(next, f, branch.Block().Succs[i])
	}
	return []*state{s, other}
}

// awaits reports whether a branch has a loop go round until what it looks at anew each time
// has come to a number that is not known. Whoever counts may know that it will.
func (x *explorer) awaits(s *state, f *frame, branch *ssa.If, taken int) bool {
	cond, ok := branch.Cond.(*ssa.BinOp)
	head := branch.Block()
	if !ok || !repeats(head) || !comesTo(head.Succs[taken], head) {
		return false
	}
	looked := func(v, until ssa.Value) bool {
		switch v.(type) {
		case *ssa.Call, *ssa.UnOp:
		default:
			return false
		}
		made, computed := until.(ssa.Instruction)
		_, counted := asInt(x.eval(s, f, v))
		_, open := x.eval(s, f, until).(unknown)
		return counted && open && v.(ssa.Instruction).Block() == head && !(computed && made.Block() == head)
	}
	return looked(cond.X, cond.Y) || looked(cond.Y, cond.X)
}

// comesTo reports whether a way leads from a block to the head of a loop that it is in.
func comesTo(from, head *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	var comes func(b *ssa.BasicBlock) bool
	comes = func(b *ssa.BasicBlock) bool {
		if b == head || seen[b] || !head.Dominates(b) {
			return b == head
		}
		seen[b] = true
		return slices.ContainsFunc(b.Succs, comes)
	}
	return comes(from)
}

// unlikely reports whether a condition is that something which is not known is one
// certain thing.
func unlikely(cond *symbol) bool {
	return cond.op == "==" && slices.ContainsFunc(cond.args, func(v value) bool {
		switch v.(type) {
		case boxed, pointer, record:
			return true
		}
		return false
	})
}

// tooLong reports whether a branch goes round a loop once more whose bound is not
// known: what happens after a few rounds is not looked at.
func (x *explorer) tooLong(s *state, f *frame, branch *ssa.If, is bool) bool {
	if more, ok := branch.Cond.(*ssa.Extract); ok && is {
		next, ok := more.Tuple.(*ssa.Next)
		return ok && more.Index == 0 && s.rounds(x.eval(s, f, next.Iter)) > tripLimit
	}
	cond, ok := branch.Cond.(*ssa.BinOp)
	if !ok || !is {
		return false
	}
	counted := func(v ssa.Value) bool {
		n, ok := asInt(s.settled(x.eval(s, f, v)))
		_, written := v.(*ssa.Const)
		return ok && !written && n >= tripLimit
	}
	return cond.Op == token.LSS && counted(cond.X) || cond.Op == token.GTR && counted(cond.Y)
}

// jump moves a frame to another block, and its phis get their values.
func (x *explorer) jump(s *state, f *frame, to *ssa.BasicBlock) {
	from := f.block
	edge := 0
	for i, p := range to.Preds {
		if p == from {
			edge = i
		}
	}
	var phis []*ssa.Phi
	var values []value
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		phis = append(phis, phi)
		values = append(values, x.eval(s, f, phi.Edges[edge]))
	}
	for i, phi := range phis {
		f.env.set(phi, values[i])
	}
	f.block, f.index = to, len(phis)
}

// eval returns the value of an operand.
func (x *explorer) eval(s *state, f *frame, v ssa.Value) value {
	switch v := v.(type) {
	case *ssa.Const:
		return constantOf(v)
	case *ssa.Function:
		return function{fn: v}
	case *ssa.Global:
		name := x.global(v)
		id, ok := s.globals.get(name)
		if !ok {
			id = s.allocate(variable, nil)
			s.object(id).outside = true
			s.globals = slices.Clone(s.globals) // that of others stays as it is
			s.globals.put(name, id)
		}
		return pointer{id, ""}
	}
	got, ok := f.env.get(v)
	if !ok {
		got = s.fresh()
		f.env = append(f.env, register{v, got})
	}
	return s.settled(got)
}

// step makes a goroutine execute one instruction that nobody else sees.
func (x *explorer) step(s *state, g *goroutine) {
	f := g.top()
	instr := f.instruction()
	get := func(v ssa.Value) value { return x.eval(s, f, v) }
	next := true
	switch instr := instr.(type) {
	case *ssa.Jump:
		x.jump(s, f, instr.Block().Succs[0])
		next = false
	case *ssa.Return:
		x.returns(s, g, instr)
		next = false
	case *ssa.RunDefers:
		next = len(f.defers) == 0
		if !next {
			last := f.defers[len(f.defers)-1]
			f.defers = f.defers[:len(f.defers)-1]
			x.call(s, g, last.call, nil, last.at)
		}
	case *ssa.Panic:
		x.panics(s, g)
	case *ssa.Go:
		x.spawn(s, g, x.invocation(s, f, instr), instr)
	case *ssa.Defer:
		f.defers = append(f.defers, deferred{x.invocation(s, f, instr), instr})
	case *ssa.Call:
		next = false
		f.index++
		x.call(s, g, x.invocation(s, f, instr), instr, instr)
	case *ssa.Store:
		if p, ok := s.target(get(instr.Addr)); ok {
			s.store(p, instr.Val.Type(), get(instr.Val))
		} else {
			x.lose(s)
		}
	case *ssa.MapUpdate:
		s.insert(get(instr.Map), get(instr.Key), get(instr.Value))
	case *ssa.DebugRef:
	case ssa.Value:
		if v := x.compute(s, f, instr); v != nil {
			f.env.set(instr, v)
		} else {
			x.lose(s)
		}
	default:
		x.lose(s) // it is newer than this, and may do anything
	}
	if next && !s.cut {
		f.index++
	}
}

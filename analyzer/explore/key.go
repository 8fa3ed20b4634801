package explore

import (
	"crypto/sha256"
	"encoding/binary"
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// encoder writes a state so that two that go on alike read the same: objects and symbols
// are numbered as they are come to, and what nothing leads to is left out. Of what there may be
// several of it says how many there are, so that nothing reads like something else. It writes as
// many bytes for a state whatever was explored before.
type encoder struct {
	x       *explorer
	s       *state
	out     []byte
	objects numbering // that were come to; from written on they have yet to be written
	written int
	symbols numbering
	decided numbering // symbols that stand for what they were decided to be
	asked   numbering // symbols that what is known is computed from: see telling
	rest    []int
	found   []derivation // see conditions, as are the texts
	texts   []byte
}

// encoder returns one for a state. There is one at a time: states are many, and its lists
// are used again.
func (x *explorer) encoder(s *state) *encoder {
	e := &x.encodes
	e.x, e.s, e.out, e.written = x, s, e.out[:0], 0
	e.objects.clear()
	e.symbols.clear()
	e.decided.clear()
	return e
}

// digest stands for an encoded state: states are many, and their texts are long.
type digest [16]byte

// key encodes a state, and drops from it what nothing leads to.
func (x *explorer) key(s *state) digest {
	x.spent += (len(s.symbols) + len(s.objects)) / costly
	e := x.encoder(s)
	slices.SortStableFunc(s.goroutines, func(a, b *goroutine) int { return strings.Compare(a.name, b.name) })
	e.flag(s.empty)
	e.flag(s.marked)
	for _, g := range s.goroutines {
		e.goroutine(g)
	}
	e.number(len(s.globals))
	for _, g := range s.globals {
		e.id(x.globalIDs[g.key])
		e.object(g.it)
	}
	e.conditions()
	e.turns()
	s.objects.keep(e.objects.has)
	x.compared += len(e.out)
	sum := sha256.Sum256(e.out)
	return digest(sum[:])
}

// global is the full name of a package variable.
func (x *explorer) global(g *ssa.Global) string {
	name, ok := x.globals[g]
	if !ok {
		name = g.String()
		x.globals[g] = name
		if _, known := x.globalIDs[name]; !known {
			x.globalIDs[name] = len(x.globalIDs)
		}
	}
	return name
}

// typeID numbers types; identical ones are one.
func (x *explorer) typeID(t types.Type) int {
	id, ok := x.types[t]
	if !ok {
		name := t.String()
		if id, ok = x.typeNames[name]; !ok {
			id = len(x.typeNames)
			x.typeNames[name] = id
		}
		x.types[t] = id
	}
	return id
}

func (e *encoder) mark(c byte) { e.out = append(e.out, c) }

func (e *encoder) text(t string) {
	e.number(len(t))
	e.out = append(e.out, t...)
}

func (e *encoder) number(n int) { e.out = binary.AppendVarint(e.out, int64(n)) }

// id writes a number that depends on what was explored before.
func (e *encoder) id(n int) { e.out = binary.LittleEndian.AppendUint32(e.out, uint32(n)) }

func (e *encoder) flag(b bool) {
	if b {
		e.mark('+')
	} else {
		e.mark('-')
	}
}

func (e *encoder) holder(name string) {
	e.number(slices.IndexFunc(e.s.goroutines, func(g *goroutine) bool { return g.name == name }))
}

func (e *encoder) holders(names []string) {
	e.number(len(names))
	for _, name := range names {
		e.holder(name)
	}
}

func (e *encoder) goroutine(g *goroutine) {
	if g.ended && len(g.holding) == 0 {
		return
	}
	e.mark('G')
	e.number(len(g.holding))
	for _, held := range g.holding {
		e.value(held)
	}
	if g.ended {
		return
	}
	e.flag(g.woken)
	e.flag(g.begun)
	for _, p := range [...]*pointer{g.parked, g.relock, g.group, g.queue} {
		e.optional(p)
	}
	e.holders(g.awaits)
	e.number(len(g.frames))
	for i, f := range g.frames {
		e.id(e.x.body(f.fn).id)
		e.number(f.block.Index)
		e.number(f.index)
		e.optional(f.once)
		f.env.keep(e.x.body(f.fn).live(f.block, f.index), func(at int, holds value) {
			e.number(at)
			e.value(holds)
		})
		e.number(-1) // there are no more
		e.number(len(f.defers))
		for _, d := range f.defers {
			e.number(int(d.at.Pos()))
			e.value(d.call.fn)
			e.values(d.call.args)
		}
		if i < len(g.frames)-1 && f.result != nil {
			e.text(f.result.Name())
		}
	}
}

func (e *encoder) optional(p *pointer) {
	if p == nil {
		e.mark('-')
		return
	}
	e.value(*p)
}

func (e *encoder) object(id int) {
	n, ok := e.objects.number(id)
	if !ok {
		n = e.objects.add(id)
	}
	e.number(n)
}

// value writes a value as what it is by now. To ask for that may decide a sum, of which all parts
// are decided, in the state that is written: that is what whoever asks next would find too, so
// the state goes on as before. It has to come before a symbol is looked up, which is written as
// decided if it is, whether somebody has asked for it or not.
func (e *encoder) value(v value) {
	if u, ok := v.(unknown); ok {
		e.s.settled(v)
		for ; ok; u, ok = v.(unknown) {
			sym := e.s.symbols.at(u.id)
			if sym == nil || sym.is == nil {
				break
			}
			if !e.decided.has(u.id) {
				e.decided.add(u.id)
			}
			v = sym.is
		}
		v = e.s.settled(v)
	}
	switch v := v.(type) {
	case null:
		e.mark('n')
	case literal:
		e.literal(v)
	case unknown:
		e.symbol(v.id)
	case pointer:
		e.mark('p')
		e.object(v.object)
		e.text(v.path)
	case channel:
		e.mark('c')
		e.object(v.object)
	case table:
		e.mark('m')
		e.object(v.object)
	case slice:
		e.mark('s')
		e.object(v.object)
		e.text(v.path)
		e.number(v.from)
		e.number(v.length)
	case function:
		e.mark('f')
		e.id(e.x.body(v.fn).id)
		e.values(v.free)
	case cancel:
		e.mark('x')
		e.object(v.object)
	case builtin:
		e.mark('i')
		e.text(v.name)
	case boxed:
		if v.typ != nil {
			e.mark('b')
			e.id(e.x.typeID(v.typ))
		} else {
			e.mark('B')
		}
		e.value(v.v)
	case record:
		e.mark('(')
		e.values(v)
	}
}

func (e *encoder) values(all []value) {
	e.number(len(all))
	for _, v := range all {
		e.value(v)
	}
}

func (e *encoder) literal(v literal) {
	switch v.Kind() {
	case constant.Int:
		if n, exact := constant.Int64Val(v.Value); exact {
			e.mark('0')
			e.number(int(n))
			return
		}
	case constant.Bool:
		if constant.BoolVal(v.Value) {
			e.mark('t')
		} else {
			e.mark('~')
		}
		return
	case constant.String:
		e.mark('"')
		e.text(constant.StringVal(v.Value))
		return
	}
	e.mark('l')
	e.text(v.ExactString())
}

func (e *encoder) symbol(id int) {
	n, ok := e.symbols.number(id)
	if ok {
		e.mark('u')
		e.number(n)
		return
	}
	e.mark('U')
	e.number(e.symbols.add(id))
	sym := e.s.symbols.at(id)
	if sym == nil {
		return
	}
	e.facts(sym)
	e.flag(sym.object >= 0)
	if sym.object >= 0 {
		e.object(sym.object)
	}
	e.text(sym.op)
	e.values(sym.args)
}

func (e *encoder) facts(sym *symbol) {
	e.flag(sym.notNil)
	e.flag(sym.vague)
	e.flag(sym.mark)
	e.bound(sym.lo)
	e.bound(sym.hi)
}

func (e *encoder) bound(n *int64) {
	if n == nil {
		e.mark('-')
		return
	}
	e.mark('0')
	e.number(int(*n))
}

func (e *encoder) contents(id int) {
	o := e.s.object(id)
	e.mark('O')
	e.number(int(o.kind))
	e.flag(o.outside)
	e.flag(o.lent)
	e.flag(o.closed)
	e.flag(o.lasting)
	e.number(o.capacity)
	e.values(o.buffer)
	e.values(o.keys)
	e.number(len(o.cells))
	for _, cell := range o.cells {
		e.text(cell.key)
		e.value(cell.it)
	}
	e.number(len(o.parties))
	for _, part := range o.parties {
		p := part.it
		e.text(part.key)
		e.holder(p.holder)
		e.holders(p.readers)
		e.holders(p.announce)
		e.number(int(p.count))
		e.flag(p.vague)
		e.number(int(p.once))
	}
}

package explore

import (
	"crypto/sha256"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// encoder writes a state so that two that go on alike read the same: objects and symbols
// are numbered as they are come to, and what nothing leads to is left out.
type encoder struct {
	x       *explorer
	s       *state
	out     []byte
	objects map[int]int
	symbols map[int]int
	decided map[int]bool // symbols that stand for what they were decided to be
	todo    []int        // objects come to
	written int          // how many of them are
	names   map[string]int
}

// encoder returns one for a state. There is one at a time: states are many, and its maps
// are used again.
func (x *explorer) encoder(s *state) *encoder {
	e := x.encodes
	if e == nil {
		e = &encoder{x: x, objects: map[int]int{}, symbols: map[int]int{}, decided: map[int]bool{}, names: map[string]int{}}
		x.encodes = e
	}
	e.s, e.out, e.todo, e.written = s, e.out[:0], e.todo[:0], 0
	clear(e.objects)
	clear(e.symbols)
	clear(e.decided)
	clear(e.names)
	return e
}

// digest stands for an encoded state: states are many, and their texts are long.
type digest [16]byte

// key encodes a state, and drops from it what nothing leads to.
func (x *explorer) key(s *state) digest {
	x.spent += (len(s.symbols) + len(s.objects)) / costly
	e := x.encoder(s)
	slices.SortStableFunc(s.goroutines, func(a, b *goroutine) int { return strings.Compare(a.name, b.name) })
	for i, g := range s.goroutines {
		e.names[g.name] = i
	}
	e.flag(s.empty)
	e.flag(s.marked)
	for _, g := range s.goroutines {
		e.goroutine(g)
	}
	globals := slices.SortedFunc(maps.Keys(s.globals), func(a, b *ssa.Global) int { return strings.Compare(x.global(a), x.global(b)) })
	for _, g := range globals {
		e.text(x.global(g))
		e.object(s.globals[g])
	}
	e.conditions()
	e.turns()
	s.objects.keep(func(id int) bool {
		_, ok := e.objects[id]
		return ok
	})
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
	}
	return name
}

// typeName is the full name of a type.
func (x *explorer) typeName(t types.Type) string {
	name, ok := x.types[t]
	if !ok {
		name = t.String()
		x.types[t] = name
	}
	return name
}

func (e *encoder) mark(c byte)   { e.out = append(e.out, c) }
func (e *encoder) text(t string) { e.out = append(append(e.out, t...), ';') }
func (e *encoder) number(n int)  { e.out = append(strconv.AppendInt(e.out, int64(n), 10), ';') }
func (e *encoder) flag(b bool)   { e.out = append(strconv.AppendBool(e.out, b), ';') }
func (e *encoder) holder(n string) {
	if n == "" {
		e.number(-1)
		return
	}
	e.number(e.names[n])
}

func (e *encoder) goroutine(g *goroutine) {
	if g.ended && len(g.holding) == 0 {
		return
	}
	e.text("G")
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
	for _, name := range g.awaits {
		e.holder(name)
	}
	for i, f := range g.frames {
		e.text("F")
		e.number(e.x.id(f.fn))
		e.number(f.block.Index)
		e.number(f.index)
		e.optional(f.once)
		live := e.x.live(f.fn, f.block, f.index)
		kept := 0
		for at, v := range live {
			if got, ok := f.env[v]; ok {
				kept++
				e.number(at)
				e.value(got)
			}
		}
		if kept < len(f.env) {
			f.env = only(f.env, live)
		}
		for _, d := range f.defers {
			e.text("D")
			e.number(int(d.at.Pos()))
			e.value(d.call.fn)
			for _, a := range d.call.args {
				e.value(a)
			}
		}
		if i < len(g.frames)-1 && f.result != nil {
			e.text(f.result.Name())
		}
	}
}

// only returns the registers of env that are live.
func only(env map[ssa.Value]value, live []ssa.Value) map[ssa.Value]value {
	kept := make(map[ssa.Value]value, len(live))
	for _, v := range live {
		if got, ok := env[v]; ok {
			kept[v] = got
		}
	}
	return kept
}

func (e *encoder) optional(p *pointer) {
	if p == nil {
		e.text("-")
		return
	}
	e.value(*p)
}

func (e *encoder) object(id int) {
	n, ok := e.objects[id]
	if !ok {
		n = len(e.objects)
		e.objects[id] = n
		e.todo = append(e.todo, id)
	}
	e.number(n)
}

// value writes a value as what it is by now. To ask for that may decide a sum, of which all parts
// are decided, in the state that is written: that is what whoever asks next would find too, so
// the state goes on as before. It has to come before a symbol is looked up, which is written as
// decided if it is, whether somebody has asked for it or not.
func (e *encoder) value(v value) {
	e.s.settled(v)
	for u, ok := v.(unknown); ok; u, ok = v.(unknown) {
		sym := e.s.symbols.at(u.id)
		if sym == nil || sym.is == nil {
			break
		}
		e.decided[u.id] = true
		v = sym.is
	}
	switch v := e.s.settled(v).(type) {
	case null:
		e.text("n")
	case literal:
		e.text(v.ExactString())
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
		e.number(e.x.id(v.fn))
		for _, a := range v.free {
			e.value(a)
		}
	case cancel:
		e.mark('x')
		e.object(v.object)
	case builtin:
		e.text(v.name)
	case boxed:
		e.mark('b')
		if v.typ != nil {
			e.text(e.x.typeName(v.typ))
		}
		e.value(v.v)
	case record:
		e.mark('(')
		for _, a := range v {
			e.value(a)
		}
		e.mark(')')
	}
}

func (e *encoder) symbol(id int) {
	n, ok := e.symbols[id]
	if ok {
		e.mark('u')
		e.number(n)
		return
	}
	n = len(e.symbols)
	e.symbols[id] = n
	e.mark('U')
	e.number(n)
	sym := e.s.symbols.at(id)
	if sym == nil {
		return
	}
	e.facts(sym)
	if sym.object >= 0 {
		e.object(sym.object)
	}
	e.text(sym.op)
	for _, a := range sym.args {
		e.value(a)
	}
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
		e.text("-")
		return
	}
	e.number(int(*n))
}

func (e *encoder) contents(id int) {
	o := e.s.object(id)
	e.text("O")
	e.number(int(o.kind))
	e.flag(o.outside)
	e.flag(o.lent)
	e.flag(o.closed)
	e.flag(o.lasting)
	e.number(o.capacity)
	for _, v := range o.buffer {
		e.value(v)
	}
	for _, v := range o.keys {
		e.text("k")
		e.value(v)
	}
	for _, cell := range o.cells {
		e.text(cell.key)
		e.value(cell.it)
	}
	for _, part := range o.parties {
		p := part.it
		e.text(part.key)
		e.holder(p.holder)
		for _, r := range p.readers {
			e.holder(r)
		}
		e.text("a")
		for _, r := range p.announce {
			e.holder(r)
		}
		e.number(int(p.count))
		e.flag(p.vague)
		e.number(int(p.once))
	}
}

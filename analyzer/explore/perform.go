package explore

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/model"
)

// perform makes an operation happen, and moves the goroutine behind it.
func (x *explorer) perform(s *state, g *goroutine, m move) {
	op := m.op
	g.settled = false
	x.bare = x.bare && op.kind.locks()
	p := s.partyAt(op)
	set := func() { s.setParty(op.on, p) }
	take := func() {
		p.taken, p.takenIn, p.left = op.at, g.top().fn, nil
		g.holding = append(g.holding, op.on)
	}
	drop := func() {
		if i := slices.Index(g.holding, op.on); i >= 0 {
			g.holding = slices.Delete(g.holding, i, i+1)
		}
	}
	var result value
	switch op.kind {
	case lock, relock:
		if op.kind == relock && g.reader {
			p.readers = append(slices.Clone(p.readers), g.name)
		} else {
			p.holder = g.name
		}
		take()
		set()
		if op.kind == relock {
			g.relock = nil
		}
	case writeLock:
		if !slices.Contains(p.announce, g.name) {
			p.announce = append(slices.Clone(p.announce), g.name)
			set()
			return // it stands where it was, and readers see that it waits
		}
		p.announce = slices.DeleteFunc(slices.Clone(p.announce), func(n string) bool { return n == g.name })
		p.holder = g.name
		take()
		set()
	case readLock:
		p.readers = append(slices.Clone(p.readers), g.name)
		take()
		set()
	case tryLock, tryReadLock:
		free := p.holder == "" && (op.kind == tryReadLock || len(p.readers) == 0)
		result = boolean(free)
		if free {
			if op.kind == tryLock {
				p.holder = g.name
			} else {
				p.readers = append(slices.Clone(p.readers), g.name)
			}
			take()
			set()
		}
	case unlock:
		if p.holder == "" && !s.object(op.on.object).outside {
			s.cut, x.overdrawn = true, true // it panics
			return
		}
		if owner := s.goroutine(p.holder); owner != nil && owner != g {
			owner.holding = slices.DeleteFunc(owner.holding, func(h pointer) bool { return h == op.on })
		}
		p.holder, p.left = "", nil
		drop()
		set()
	case readUnlock:
		i := slices.Index(p.readers, g.name)
		if i < 0 {
			i = len(p.readers) - 1
		}
		if i >= 0 {
			p.readers = slices.Delete(slices.Clone(p.readers), i, i+1)
		}
		p.left = nil
		drop()
		set()
	case add:
		x.addTo(s, op.on, op.inv.args[1])
	case done:
		x.addTo(s, op.on, integer(-1))
	case park:
		x.park(s, g, op)
		return
	case parked:
		l := *g.relock
		g.parked, g.woken = nil, false
		g.relock = &l
		return
	case wakeOne:
		if m.partner != nil {
			s.goroutine(m.partner.name).woken = true
		}
	case wakeAll:
		for _, g := range s.goroutines {
			g.woken = g.woken || g.waitsOn(op.on)
		}
	case once:
		x.onceDo(s, g, op)
		return
	case closing:
		x.close(s, op)
	case communicate:
		x.communicated(s, g, m)
		return
	case push:
		x.past(s, g, op, nil)
		x.call(s, g, op.inv, op.result, op.at)
		return
	case turn:
		g.begun = true
		return
	case flush:
		if g.awaits == nil && len(p.announce) > 0 {
			g.awaits = slices.Clone(p.announce)
			return // it stands where it was, and waits for what there is by now
		}
		g.awaits = nil
		result = s.unknownResult(op.inv.common.Signature().Results())
	case fenceSignal:
		p.count = 1
		set()
		result = s.unknownResult(op.inv.common.Signature().Results())
	case fenceWait:
		result = s.unknownResult(op.inv.common.Signature().Results())
	}
	x.past(s, g, op, result)
}

// past moves a goroutine behind an operation.
func (x *explorer) past(s *state, g *goroutine, op *operation, result value) {
	f := g.top()
	if n := len(f.defers); n > 0 {
		if _, ok := f.instruction().(*ssa.RunDefers); ok {
			f.defers = f.defers[:n-1]
			return
		}
	}
	if op.result != nil && result != nil {
		f.env.set(op.result, result)
	}
	f.index++
}

// addTo changes the count of a WaitGroup.
func (x *explorer) addTo(s *state, on pointer, delta value) {
	p := s.party(on)
	n, ok := asInt(s.settled(delta))
	if !ok {
		p.vague = true
	}
	p.count += n
	if p.count < 0 && !p.vague && !s.object(on.object).outside {
		s.cut, x.overdrawn = true, true // it panics
	}
	s.setParty(on, p)
}

// park gives the lock of a Cond back and waits to be woken.
func (x *explorer) park(s *state, g *goroutine, op *operation) {
	v, ok := s.fieldOf(op.on, "L")
	b, boxedLock := v.(boxed)
	l, known := b.v.(pointer)
	if !ok || !boxedLock || !known {
		x.lose(s)
		return
	}
	p := s.party(l)
	if p.holder == "" && len(p.readers) == 0 && !s.object(l.object).outside {
		s.cut = true // it panics
		return
	}
	g.reader = b.typ != nil && strings.HasSuffix(b.typ.String(), "rlocker")
	if i := slices.Index(p.readers, g.name); g.reader && i >= 0 {
		p.readers = slices.Delete(slices.Clone(p.readers), i, i+1)
	} else {
		p.holder = ""
	}
	s.setParty(l, p)
	g.holding = slices.DeleteFunc(g.holding, func(h pointer) bool { return h == l })
	at := op.on
	x.past(s, g, op, nil)
	g.top().index-- // it stands at the call until it has the lock again
	g.parked, g.relock, g.woken = &at, &l, false
}

// waitsOn reports whether a goroutine waits on a Cond and nobody has woken it.
func (g *goroutine) waitsOn(cond pointer) bool {
	return g.parked != nil && *g.parked == cond && !g.woken
}

// onceDo runs what a Once runs, the first time.
func (x *explorer) onceDo(s *state, g *goroutine, op *operation) {
	p := s.party(op.on)
	x.past(s, g, op, nil)
	if p.once == 2 {
		return
	}
	fn, ok := op.inv.args[1].(function)
	p.once = 2
	if ok && x.enter(s, g, fn, nil, nil) {
		on := op.on
		g.top().once = &on
		p.once = 1
	} else {
		x.opaque(s, nil, invocation{fn: op.inv.args[1], common: op.inv.common}, op.at)
	}
	s.setParty(op.on, p)
}

func (x *explorer) close(s *state, op *operation) {
	c := op.cases[0].channel
	if c == 0 || s.object(c).closed {
		s.cut = true // it panics
		return
	}
	s.writable(c).closed = true
}

// communicated makes a send, receive or select happen.
func (x *explorer) communicated(s *state, g *goroutine, m move) {
	if m.index < 0 {
		x.past(s, g, m.op, selected(s, m.op, m.index, nil, nil))
		return
	}
	c := m.op.cases[m.index]
	if m.partner != nil {
		partner := s.goroutine(m.partner.name)
		partner.settled = false
		their := x.pending(s, partner)
		d := their.cases[m.theirs]
		x.past(s, g, m.op, selected(s, m.op, m.index, d.v, boolean(true)))
		x.past(s, partner, their, selected(s, their, m.theirs, c.v, boolean(true)))
		return
	}
	ch := s.writable(c.channel)
	if c.send {
		switch {
		case ch.outside:
			s.expose(c.v)
		case ch.closed:
			s.cut = true // it panics
			return
		case ch.capacity < 0 && len(ch.buffer) >= arrayLimit:
			x.lose(s)
			return
		default:
			ch.buffer = append(ch.buffer, c.v)
		}
		x.past(s, g, m.op, selected(s, m.op, m.index, nil, nil))
		return
	}
	v, ok := s.fresh(), s.fresh()
	switch {
	case len(ch.buffer) > 0:
		v, ok = ch.buffer[0], boolean(true)
		ch.buffer = ch.buffer[1:]
	case ch.closed && !ch.outside || ch.lasting:
		ch.closed = true
		v, ok = nil, boolean(false)
	}
	x.past(s, g, m.op, selected(s, m.op, m.index, v, ok))
}

// selected is what a communication leaves in its register.
func selected(s *state, op *operation, index int, v, ok value) value {
	switch instr := op.result.(type) {
	case *ssa.UnOp:
		elem := instr.Type()
		if instr.CommaOk {
			elem = tupleAt(elem, 0)
		}
		if v == nil {
			v = zero(elem)
		}
		if instr.CommaOk {
			return record{v, ok}
		}
		return v
	case *ssa.Select:
		if ok == nil {
			ok = boolean(false)
		}
		r := record{integer(int64(index)), ok}
		for i, st := range instr.States {
			if op.cases[i].send {
				continue
			}
			switch elem := model.ElementOf(st.Chan.Type()); {
			case i != index || v == nil:
				r = append(r, zero(elem))
			default:
				r = append(r, v)
			}
		}
		return r
	}
	return nil
}

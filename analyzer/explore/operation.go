package explore

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// kind is what an operation that others may see does.
type kind uint8

const (
	lock kind = iota
	writeLock
	readLock
	unlock
	readUnlock
	tryLock
	tryReadLock
	relock
	add
	done
	waitGroup
	park
	parked
	wakeOne
	wakeAll
	once
	communicate
	closing
	fenceWait
	fenceSignal
	push
	turn
	flush
)

// locks reports whether an operation is one on a lock, or on a Once.
func (k kind) locks() bool { return k <= relock || k == once }

// operation is what a goroutine does next, where others may see it.
type operation struct {
	kind  kind
	on    pointer // but for channels
	inv   invocation
	cases []communication
	// blocking says that one of the cases must be waited for.
	blocking bool
	result   ssa.Value // the register for what comes of it, nil if nobody wants it
	at       ssa.Instruction
}

// communication is a send or receive.
type communication struct {
	channel int // 0 for nil: channels are numbered from 1
	send    bool
	v       value
}

// pending returns what a goroutine does next if others may see it, else nil.
func (x *explorer) pending(s *state, g *goroutine) *operation {
	f := g.top()
	instr := f.instruction()
	switch {
	case g.parked != nil:
		return &operation{kind: parked, on: *g.parked, at: instr}
	case g.relock != nil:
		return &operation{kind: relock, on: *g.relock, at: instr}
	case g.ordered && !g.begun:
		return &operation{kind: turn, on: *g.queue, at: instr}
	}
	switch instr := instr.(type) {
	case *ssa.Send:
		c := communication{s.channelOf(x.eval(s, f, instr.Chan)), true, x.eval(s, f, instr.X)}
		return &operation{kind: communicate, cases: []communication{c}, blocking: true, at: instr}
	case *ssa.UnOp:
		if instr.Op == token.ARROW {
			c := communication{s.channelOf(x.eval(s, f, instr.X)), false, nil}
			return &operation{kind: communicate, cases: []communication{c}, blocking: true, result: instr, at: instr}
		}
	case *ssa.Select:
		op := &operation{kind: communicate, blocking: instr.Blocking, result: instr, at: instr}
		for _, st := range instr.States {
			c := communication{channel: s.channelOf(x.eval(s, f, st.Chan)), send: st.Dir == types.SendOnly}
			if c.send {
				c.v = x.eval(s, f, st.Send)
			}
			op.cases = append(op.cases, c)
		}
		return op
	case *ssa.Call:
		if x.invisible(&instr.Call) {
			return nil // its operands are not asked for
		}
		return x.visible(s, x.invocation(s, f, instr), instr, instr)
	case *ssa.RunDefers:
		if n := len(f.defers); n > 0 {
			return x.visible(s, f.defers[n-1].call, nil, f.defers[n-1].at)
		}
	}
	return nil
}

// invisible reports whether a call is certainly of a function that is no operation.
func (x *explorer) invisible(call *ssa.CallCommon) bool {
	if b, ok := call.Value.(*ssa.Builtin); ok {
		return b.Name() != "close"
	}
	fn := call.StaticCallee()
	if fn == nil {
		return false
	}
	hidden, known := x.hidden[fn]
	if !known {
		_, operates := operations[x.name(fn)]
		_, _, promises := x.promised(fn)
		hidden = !operates && !promises
		x.hidden[fn] = hidden
	}
	return hidden
}

// visible returns the operation that a call is, nil if it is none.
func (x *explorer) visible(s *state, inv invocation, result ssa.Value, at ssa.Instruction) *operation {
	op := &operation{inv: inv, result: result, at: at}
	switch fn := inv.fn.(type) {
	case builtin:
		if fn.name != "close" {
			return nil
		}
		op.kind = closing
		op.cases = []communication{{channel: s.channelOf(inv.args[0])}}
		return op
	case function:
		k, ok := operations[x.name(fn.fn)]
		if !ok {
			return x.spoken(s, fn.fn, op)
		}
		op.kind = k
		if op.on, ok = s.target(inv.args[0]); !ok {
			return nil
		}
		return op
	}
	return nil
}

// channelOf returns the object of a channel, 0 for nil.
func (s *state) channelOf(v value) int {
	switch v := s.settled(v).(type) {
	case channel:
		return v.object
	case unknown:
		sym := s.change(v)
		if sym.object < 0 {
			sym.object = s.ticking().(channel).object
		}
		return sym.object
	}
	return 0
}

// move is one way in which an operation can go on.
type move struct {
	index   int // of the case; -1 for the default, or where there are no cases
	partner *goroutine
	theirs  int // the partner's case
	op      *operation
}

// moves returns the ways in which the operation of a goroutine can go on now; none if
// it must wait.
func (x *explorer) moves(s *state, g *goroutine, op *operation) []move {
	always := []move{{index: -1, op: op}}
	p := s.partyAt(op)
	switch op.kind {
	case relock:
		if p.holder != "" || !g.reader && len(p.readers) > 0 || g.reader && len(p.announce) > 0 {
			return nil
		}
	case lock:
		if p.holder != "" || len(p.readers) > 0 {
			return nil
		}
	case writeLock:
		if slices.Contains(p.announce, g.name) && (p.holder != "" || len(p.readers) > 0) {
			return nil
		}
	case readLock:
		if p.holder != "" || len(p.announce) > 0 {
			return nil
		}
	case waitGroup:
		if p.count > 0 && !p.vague && !s.object(op.on.object).outside {
			return nil
		}
	case fenceWait:
		if p.count == 0 && !p.vague && !s.object(op.on.object).outside {
			return nil
		}
	case turn:
		if p.announce[0] != g.name {
			return nil
		}
	case flush:
		if slices.ContainsFunc(g.awaits, func(work string) bool { return slices.Contains(p.announce, work) }) {
			return nil
		}
	case wakeOne:
		var wakes []move
		for _, other := range s.goroutines {
			if other.waitsOn(op.on) {
				wakes = append(wakes, move{index: -1, partner: other, op: op})
			}
		}
		if len(wakes) > 0 {
			return wakes // whichever it is
		}
	case parked:
		if !g.woken && !s.object(op.on.object).outside {
			return nil
		}
	case once:
		if p.once == 1 {
			return nil
		}
	case communicate:
		return x.communications(s, g, op)
	}
	return always
}

func (s *state) partyAt(op *operation) party {
	if op.kind == communicate || op.kind == closing {
		return party{}
	}
	return s.party(op.on)
}

// communications returns the cases of a send, receive or select that are ready.
func (x *explorer) communications(s *state, g *goroutine, op *operation) []move {
	var ready []move
	certain := false
	for i, c := range op.cases {
		if c.channel == 0 {
			continue
		}
		ch := s.object(c.channel)
		buffered := ch.outside || ch.closed || ch.capacity < 0 || c.send && len(ch.buffer) < ch.capacity || !c.send && len(ch.buffer) > 0
		if buffered && (c.send || ch.outside || ch.closed || len(ch.buffer) > 0) {
			ready = append(ready, move{index: i, op: op})
			certain = certain || !ch.outside || ch.closed
			continue
		}
		if ch.capacity != 0 {
			continue
		}
		for _, other := range s.goroutines {
			if other == g || other.ended {
				continue
			}
			their := x.pending(s, other)
			if their == nil || their.kind != communicate {
				continue
			}
			for j, d := range their.cases {
				if d.channel == c.channel && d.send != c.send {
					ready = append(ready, move{i, other, j, op})
				}
			}
		}
	}
	if !op.blocking && !certain {
		ready = append(ready, move{index: -1, op: op})
	}
	return ready
}

package explore

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/callee"
)

// Lasting returns the fields that are a channel to which nobody sends, made where the object
// is made that it is a field of: once somebody has received from it, it is closed for good. It
// counts those alone that nobody out of sight can get at, of the packages of the functions.
func Lasting(fns []*ssa.Function) map[*types.Var]bool {
	read, sent, makers := map[*types.Var]bool{}, map[*types.Var]bool{}, newMakers()
	for fn, instr := range instructions(fns) {
		switch instr := instr.(type) {
		case *ssa.FieldAddr:
			field := hidden(fn, instr)
			if field == nil {
				continue
			}
			if _, ok := field.Type().Underlying().(*types.Chan); ok {
				read[field] = true
				sent[field] = sent[field] || !makers.onlyClosed(instr)
			}
		case *ssa.Field:
			if st, ok := instr.X.Type().Underlying().(*types.Struct); ok && (mayBeSent(instr) || stored(instr)) {
				sent[st.Field(instr.Field).Origin()] = true
			}
		case *ssa.Store:
			makers.replaced(instr, sent)
		}
	}
	return without(read, sent)
}

// onlyClosed reports whether what is at the address of a field is a channel that is made where
// it is put there, and that is received from and closed, and nothing else.
func (m *makers) onlyClosed(addr *ssa.FieldAddr) bool {
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.UnOp:
			if mayBeSent(ref) || stored(ref) {
				return false
			}
		case *ssa.Store:
			ch, ok := ref.Val.(*ssa.MakeChan)
			if ref.Addr != addr || !ok || !m.made(ref) || mayBeSent(ch) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// mayBeSent reports whether somebody may send to a channel: it is handed to who can.
func mayBeSent(ch ssa.Value) bool {
	stores := 0
	for _, ref := range *ch.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.BinOp:
		case *ssa.UnOp:
			if ref.Op != token.ARROW {
				return true
			}
		case *ssa.Store:
			if _, field := ref.Addr.(*ssa.FieldAddr); !field || ref.Val != ch || stores > 0 {
				return true
			}
			stores++
		case *ssa.ChangeType:
			if t, ok := ref.Type().Underlying().(*types.Chan); !ok || t.Dir() != types.RecvOnly {
				return true
			}
		case *ssa.Select:
			for _, st := range ref.States {
				if st.Chan == ch && st.Dir != types.RecvOnly || st.Send == ch {
					return true
				}
			}
		case ssa.CallInstruction:
			if b, ok := ref.Common().Value.(*ssa.Builtin); !ok || b.Name() != "close" && b.Name() != "len" {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// stored reports whether a value is put somewhere.
func stored(v ssa.Value) bool {
	return slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		_, store := ref.(*ssa.Store)
		return store
	})
}

// foundClosed reports whether in what one of values leads to is a channel from outside that was
// found closed, and stays so.
func (s *state) foundClosed(values []value) bool {
	for part := range s.parts(record(values)) {
		id, ok := s.leadsTo(part)
		if !ok {
			continue
		}
		for _, cell := range s.object(id).cells {
			if u, ok := s.settled(cell.it).(unknown); ok {
				if ch := s.symbol(u).object; ch >= 0 && s.object(ch).lasting && s.object(ch).closed {
					return true
				}
			}
		}
	}
	return false
}

// lasting reports whether at an address is a channel that nobody sends to.
func (x *explorer) lasting(addr ssa.Value) bool {
	field, ok := addr.(*ssa.FieldAddr)
	return ok && x.options.Lasting(callee.Field(field))
}

// returnsLasting reports whether a function returns such a channel.
func (x *explorer) returnsLasting(fn *ssa.Function) bool {
	returns, known := x.returning[fn]
	if !known {
		returns = x.mayReturnLasting(fn)
		x.returning[fn] = returns
	}
	return returns
}

func (x *explorer) mayReturnLasting(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs { // none of a body that was let go of
			ret, ok := instr.(*ssa.Return)
			if !ok {
				continue
			}
			for _, v := range ret.Results {
				if t, ok := v.(*ssa.ChangeType); ok {
					v = t.X
				}
				if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL && x.lasting(load.X) {
					return true
				}
			}
		}
	}
	return false
}

package explore

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/model"
)

// makers know what functions do with what they have made, before others can have it.
type makers struct {
	given map[ssa.Value][]ssa.Instruction // asked for so far
}

func newMakers() *makers { return &makers{given: map[ssa.Value][]ssa.Instruction{}} }

// made reports whether a store is to what its function has made, and nobody else can have yet:
// wherever that is used for anything but its fields, one does not come from there to the store
// without making another.
func (m *makers) made(store *ssa.Store) bool {
	addr := store.Addr
	for {
		outer, inside := addr.(*ssa.FieldAddr)
		if !inside {
			break
		}
		addr = outer.X
	}
	alloc, fresh := addr.(*ssa.Alloc)
	return fresh && !slices.ContainsFunc(m.givenAway(alloc), func(use ssa.Instruction) bool { return comesBefore(use, store, alloc) })
}

// givenAway returns the instructions that may let others get at what is at an address: all
// that do more than to read and write there, to lock what is there, or to call a function that
// does no more. A function that calls itself counts as one that does.
func (m *makers) givenAway(addr ssa.Value) []ssa.Instruction {
	uses, known := m.given[addr]
	if known {
		return uses
	}
	m.given[addr] = *addr.Referrers() // where it is asked for on the way
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp, *ssa.BinOp, *ssa.DebugRef:
			continue
		case *ssa.FieldAddr:
			if !primitive(model.ElementOf(ref.Type())) {
				uses = append(uses, m.givenAway(ref)...)
			}
			continue
		case *ssa.Store:
			if ref.Addr == addr && ref.Val != addr {
				continue
			}
		case *ssa.Call:
			if m.onlyUses(ref, addr) {
				continue
			}
		}
		uses = append(uses, ref)
	}
	m.given[addr] = uses
	return uses
}

// onlyUses reports whether a function that is called with an address lets nobody else get at
// what is there.
func (m *makers) onlyUses(call *ssa.Call, addr ssa.Value) bool {
	fn := call.Call.StaticCallee()
	if fn == nil || len(fn.Blocks) == 0 || call.Call.Value == addr {
		return false
	}
	for i, arg := range call.Call.Args {
		if arg == addr && len(m.givenAway(fn.Params[i])) > 0 {
			return false
		}
	}
	return true
}

// comesBefore reports whether a way leads from one instruction to another, and not through a
// third, which is there before both.
func comesBefore(from, to, but ssa.Instruction) bool {
	if b := to.Block(); from.Block() == b && slices.Index(b.Instrs, from) < slices.Index(b.Instrs, to) {
		return true
	}
	seen := map[*ssa.BasicBlock]bool{but.Block(): true}
	todo := slices.Clone(from.Block().Succs)
	for len(todo) > 0 {
		b := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[b] {
			continue
		}
		if b == to.Block() {
			return true
		}
		seen[b] = true
		todo = append(todo, b.Succs...)
	}
	return false
}

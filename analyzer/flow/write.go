package flow

import (
	"go/token"
	"go/types"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// noteWrite is the effect of an instruction that writes through addr. Made says how.
func (a *analysis) noteWrite(s *state, addr ssa.Value, pos token.Pos, made written) {
	a.wholeWrite(s, addr, pos, made)
	field, owner := a.watchedField(addr)
	if field == "" || a.created(owner) {
		return
	}
	a.fieldWrite(s, field, owner, pos, made)
}

// wholeWrite notes that a write of a struct is one of its fields.
func (a *analysis) wholeWrite(s *state, addr ssa.Value, pos token.Pos, made written) {
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
			a.fieldWrite(s, name, owner, pos, made)
		}
	}
}

func (a *analysis) fieldWrite(s *state, field string, owner place, pos token.Pos, made written) {
	w := &summary.Write{Field: field, Of: a.objectAt(owner, summary.NoClass).Object, Owner: ownerField(owner), Func: a.sum.Func}
	w.Of.Class = summary.Class{}
	w.Pos, w.Text = a.pos(a.syntax.start(pos)), a.syntax.text(pos)
	made.at, made.Write = a.at, w
	a.addWrites(s, []*written{&made})
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
	out.Change, out.Hops, out.Wakes, out.NotZero = w.change, w.hops, nil, w.notZero
	for _, wake := range w.wakes {
		out.Wakes = append(out.Wakes, summary.Wake{On: wake.obj.Object, Looks: wake.looks, AtZero: wake.atZero, Pos: wake.pos, Text: wake.text})
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
	call := site.Common()
	if isAtomic(call, "") && !isAtomic(call, "Load") {
		a.noteWrite(s, call.Args[0], call.Pos(), written{change: summary.Any, loose: len(s.held) == 0})
	}
}

package flow

import (
	"math/bits"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// destination is what a round of a loop around a wait can come to, or several of that.
type destination uint8

const (
	toWait  destination = 1 << iota
	toLeave             // the loop is left
	toBegin             // another round begins
)

// round is a loop around a wait.
type round struct {
	blocks []*ssa.BasicBlock
	wait   ssa.Instruction
	head   *ssa.BasicBlock
	within map[*ssa.BasicBlock]bool
	open   map[*ssa.BasicBlock]destination // what may come of it once a block is left
}

// deciding returns the instructions in a loop around a wait by which it is decided whether that is
// come to, in order: conditions of branches of which it is not all the same for that which way is
// taken, and what those are computed from. What else the loop reads nobody waits for.
func deciding(blocks []*ssa.BasicBlock, wait ssa.Instruction) []ssa.Instruction {
	r := &round{blocks: blocks, wait: wait, within: make(map[*ssa.BasicBlock]bool), open: make(map[*ssa.BasicBlock]destination)}
	for _, b := range blocks {
		r.within[b] = true
	}
	r.head = blocks[slices.IndexFunc(blocks, func(b *ssa.BasicBlock) bool { return !r.within[b.Idom()] })]
	for changed := true; changed; {
		changed = false
		for _, b := range blocks {
			var to destination
			for _, succ := range b.Succs {
				to |= r.entering(succ)
			}
			if to != r.open[b] {
				r.open[b], changed = to, true
			}
		}
	}
	s := slice{round: r, in: make(map[ssa.Instruction]bool), variables: make(map[ssa.Value]bool)}
	for _, b := range blocks {
		if branch := branchOf(b); branch != nil && !r.same(b) {
			s.value(branch.Cond)
		}
	}
	var all []ssa.Instruction
	s.each(func(instr ssa.Instruction) {
		if s.in[instr] {
			all = append(all, instr)
		}
	})
	return all
}

// branchOf returns the branch that a block ends in, nil if it ends in none.
func branchOf(b *ssa.BasicBlock) *ssa.If {
	branch, _ := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	return branch
}

// entering returns what may come of a round that goes on to a block.
func (r *round) entering(b *ssa.BasicBlock) destination {
	switch {
	case b == r.wait.Block():
		return toWait
	case b == r.head:
		return toBegin
	case !r.within[b]:
		return toLeave
	}
	return r.open[b]
}

// same reports whether one thing comes of a round whichever way is taken at the end of a block.
func (r *round) same(b *ssa.BasicBlock) bool { return bits.OnesCount8(uint8(r.open[b])) == 1 }

// slice is what conditions are computed from.
type slice struct {
	*round
	in        map[ssa.Instruction]bool
	variables map[ssa.Value]bool     // see variable
	stored    map[string][]ssa.Value // by field: see stores
}

// value adds what a value is computed from.
func (s *slice) value(v ssa.Value) {
	switch v := v.(type) {
	case *ssa.Alloc, *ssa.FreeVar, *ssa.Global:
		s.variable(v)
	case ssa.Instruction:
		s.add(v)
	}
}

// add adds an instruction, and what it is computed from.
func (s *slice) add(instr ssa.Instruction) {
	if s.in[instr] || !s.within[instr.Block()] {
		return
	}
	s.in[instr] = true
	switch instr := instr.(type) {
	case *ssa.Phi:
		s.chosen(instr)
	case *ssa.FieldAddr:
		s.stores(instr)
	}
	for _, operand := range instr.Operands(nil) {
		if *operand != nil {
			s.value(*operand)
		}
	}
}

// each goes through the instructions of the loop.
func (s *slice) each(do func(ssa.Instruction)) {
	for _, b := range s.blocks {
		for _, instr := range b.Instrs {
			do(instr)
		}
	}
}

// variable adds what the loop does with a variable, or with the address of a part of one.
func (s *slice) variable(v ssa.Value) {
	if s.variables[v] {
		return
	}
	s.variables[v] = true
	if uses := v.Referrers(); uses != nil {
		for _, instr := range *uses {
			s.use(instr)
		}
		return
	}
	s.each(func(instr ssa.Instruction) { // who uses a package's variable is not listed
		if slices.ContainsFunc(instr.Operands(nil), func(operand *ssa.Value) bool { return *operand == v }) {
			s.use(instr)
		}
	})
}

// use adds what is done with a variable.
func (s *slice) use(instr ssa.Instruction) {
	s.add(instr)
	if part := partOf(instr); part != nil {
		s.variable(part)
	}
}

// stores adds what the loop stores to a field, of whatever struct.
func (s *slice) stores(of *ssa.FieldAddr) {
	if s.stored == nil {
		s.stored = make(map[string][]ssa.Value)
		s.each(func(instr ssa.Instruction) {
			if store, ok := instr.(*ssa.Store); ok {
				if field, ok := store.Addr.(*ssa.FieldAddr); ok {
					name := watchedName(field)
					s.stored[name] = append(s.stored[name], store.Val)
				}
			}
		})
	}
	name := watchedName(of)
	all := s.stored[name]
	delete(s.stored, name) // once is enough
	for _, v := range all {
		s.value(v)
	}
}

// partOf returns the address of a part of a variable if an instruction takes that, nil otherwise.
func partOf(instr ssa.Instruction) ssa.Value {
	switch instr := instr.(type) {
	case *ssa.FieldAddr:
		return instr
	case *ssa.IndexAddr:
		return instr
	}
	return nil
}

// chosen adds the conditions that decide which value a phi has.
func (s *slice) chosen(phi *ssa.Phi) {
	var ways []ssa.Value
	for i, edge := range phi.Edges {
		if s.within[phi.Block().Preds[i]] && !slices.Contains(ways, edge) {
			ways = append(ways, edge)
		}
	}
	from := phi.Block().Idom()
	if len(ways) < 2 || from == nil {
		return
	}
	for _, b := range s.blocks {
		if branch := branchOf(b); branch != nil && from.Dominates(b) && (b == from || !phi.Block().Dominates(b)) {
			s.value(branch.Cond)
		}
	}
}

package explore

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// compute returns the value of an instruction; nil where the program panics.
func (x *explorer) compute(s *state, f *frame, instr ssa.Value) value {
	get := func(v ssa.Value) value { return x.eval(s, f, v) }
	switch instr := instr.(type) {
	case *ssa.Alloc:
		return pointer{s.allocate(variable, instr), ""}
	case *ssa.MakeChan:
		x.bare = false
		id := s.allocate(channelObject, instr)
		o := s.object(id)
		n, known := asInt(x.operand(s, f, instr, instr.Size))
		o.capacity = int(n)
		if !known {
			o.capacity = -1
		}
		return channel{id}
	case *ssa.MakeMap:
		return table{s.allocate(mapObject, instr)}
	case *ssa.MakeSlice:
		n, known := asInt(get(instr.Len))
		if !known || n > arrayLimit {
			v := s.fresh()
			return v
		}
		return slice{s.allocate(variable, instr), "", 0, int(n)}
	case *ssa.MakeClosure:
		c := function{fn: instr.Fn.(*ssa.Function)}
		for _, b := range instr.Bindings {
			c.free = append(c.free, get(b))
		}
		return c
	case *ssa.MakeInterface:
		return boxed{instr.X.Type(), get(instr.X)}
	case *ssa.ChangeInterface:
		return get(instr.X)
	case *ssa.ChangeType:
		return get(instr.X)
	case *ssa.Convert:
		return x.convert(s, instr, get(instr.X))
	case *ssa.BinOp:
		return x.arithmetic(s, instr, x.operand(s, f, instr, instr.X), x.operand(s, f, instr, instr.Y))
	case *ssa.UnOp:
		return x.unary(s, instr, get(instr.X))
	case *ssa.Extract:
		if r, ok := get(instr.Tuple).(record); ok && instr.Index < len(r) {
			return r[instr.Index]
		}
		return s.fresh()
	case *ssa.Field:
		if r, ok := get(instr.X).(record); ok && instr.Field < len(r) {
			return r[instr.Field]
		}
		return s.fresh()
	case *ssa.FieldAddr:
		p, ok := s.target(get(instr.X))
		if !ok {
			return nil
		}
		return pointer{p.object, fieldPath(p.path, instr.X.Type().Underlying().(*types.Pointer).Elem(), instr.Field)}
	case *ssa.IndexAddr:
		return s.elementAddress(get(instr.X), get(instr.Index))
	case *ssa.Index:
		r, ok := get(instr.X).(record)
		i, known := asInt(get(instr.Index))
		if ok && known && i >= 0 && int(i) < len(r) {
			return r[i]
		}
		return s.fresh()
	case *ssa.Lookup:
		return s.lookup(instr, get(instr.X), get(instr.Index))
	case *ssa.Slice:
		return x.slicing(s, f, instr)
	case *ssa.TypeAssert:
		return s.assert(instr, get(instr.X))
	case *ssa.Range:
		return s.iterate(instr, get(instr.X))
	case *ssa.Next:
		return s.advanceIterator(instr, get(instr.Iter))
	case *ssa.MultiConvert, *ssa.SliceToArrayPointer:
		return s.fresh()
	default:
		return nil // it is newer than this, and may do anything
	}
}

// arithmetic computes, and lets go of a number that grows without end.
func (x *explorer) arithmetic(s *state, instr *ssa.BinOp, a, b value) value {
	if isString(instr.X.Type()) && instr.Op == token.ADD {
		return s.concatenated(s.settled(a), s.settled(b))
	}
	if isInteger(instr.X.Type()) && isComparison(instr.Op) {
		return s.compare(instr.Op, a, b)
	}
	v := s.binary(instr.Op, a, b)
	if n, ok := asInt(v); ok && (n > countLimit || n < -countLimit) {
		_, writtenA := instr.X.(*ssa.Const)
		_, writtenB := instr.Y.(*ssa.Const)
		if m, ok := asInt(a); ok && !writtenA && !(writtenB && instr.Op != token.ADD && instr.Op != token.SUB) && m != n {
			return s.newSymbol(symbol{object: -1, vague: true})
		}
	}
	return v
}

func isString(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

func isInteger(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}

func isComparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

// concatenated is one string behind another.
func (s *state) concatenated(a, b value) value {
	l, okA := a.(literal)
	r, okB := b.(literal)
	if okA && okB {
		if v := arithmetic(token.ADD, l, r); v != nil {
			return v
		}
	}
	return s.derived(token.ADD.String(), a, b)
}

func (x *explorer) unary(s *state, instr *ssa.UnOp, v value) value {
	switch instr.Op {
	case token.MUL:
		p, ok := s.target(v)
		if !ok {
			return nil
		}
		var again ssa.Instruction
		if !x.steady(instr.X) {
			again = instr
		}
		loaded := s.load(p, instr.Type(), again)
		// A package's errors are made once, to be told apart from nil.
		if u, ok := loaded.(unknown); ok && isError(instr.Type()) {
			if _, ok := instr.X.(*ssa.Global); ok {
				s.change(u).notNil = true
			}
		}
		if _, ok := loaded.(unknown); ok && x.lasting(instr.X) {
			s.lasting(loaded)
		}
		if u, ok := loaded.(unknown); ok && s.object(p.object).outside && x.marks(instr.X) {
			s.change(u).mark = true
		}
		return loaded
	case token.NOT:
		return s.not(v)
	case token.SUB:
		return s.binary(token.SUB, zero(instr.Type()), v)
	default:
		return s.derived(instr.Op.String(), v)
	}
}

// convert keeps numbers and strings of one kind as they are.
func (x *explorer) convert(s *state, instr *ssa.Convert, v value) value {
	from, okFrom := instr.X.Type().Underlying().(*types.Basic)
	to, okTo := instr.Type().Underlying().(*types.Basic)
	if okFrom && okTo && (from.Info()&types.IsInteger != 0 && to.Info()&types.IsInteger != 0 ||
		from.Info()&types.IsString != 0 && to.Info()&types.IsString != 0) {
		return v
	}
	if l, ok := v.(literal); ok && okFrom && okTo && from.Info()&types.IsNumeric != 0 && to.Info()&types.IsNumeric != 0 {
		return l
	}
	return s.derived("convert "+instr.Type().String(), v)
}

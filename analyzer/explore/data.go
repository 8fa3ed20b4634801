package explore

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// elementAddress returns the address of an element of an array or slice.
func (s *state) elementAddress(base, index value) value {
	if !s.atLeast(index, 0) {
		return nil
	}
	i, known := asInt(s.settled(index))
	switch v := s.settled(base).(type) {
	case slice:
		if known && i >= 0 && int(i) < v.length {
			return pointer{v.object, elementPath(v.path, v.from+int(i))}
		}
		if known {
			return nil
		}
	case null:
		return nil
	case pointer:
		if known {
			return pointer{v.object, elementPath(v.path, int(i))}
		}
	case unknown:
		if known {
			if p, ok := s.target(v); ok {
				return pointer{p.object, elementPath(p.path, int(i))}
			}
		}
	}
	// One of many: what it holds, others may have put there.
	id := s.allocate(variable, nil)
	s.object(id).outside = true
	s.expose(base)
	return pointer{id, ""}
}

// slicing evaluates a slice expression; nil where it panics.
func (x *explorer) slicing(s *state, f *frame, instr *ssa.Slice) value {
	v := x.eval(s, f, instr.X)
	var whole value
	switch t := instr.X.Type().Underlying().(type) {
	case *types.Slice:
		whole = s.length(v)
	case *types.Pointer:
		array, ok := t.Elem().Underlying().(*types.Array)
		if !ok { // a type parameter, of which only the arrays among its types tell
			s.expose(v)
			return s.fresh()
		}
		whole = integer(array.Len())
	default: // a string
		return s.fresh()
	}
	bound := func(v ssa.Value, otherwise value) value {
		if v == nil {
			return otherwise
		}
		return x.eval(s, f, v)
	}
	low, high := bound(instr.Low, integer(0)), bound(instr.High, whole)
	length := s.binary(token.SUB, high, low)
	if !s.atLeast(low, 0) || !s.atLeast(length, 0) {
		return nil
	}
	lo, okLo := asInt(s.settled(low))
	n, okLength := asInt(s.settled(length))
	switch v := v.(type) {
	case slice:
		if okLo && okLength {
			return slice{v.object, v.path, v.from + int(lo), int(n)}
		}
	case pointer:
		if okLo && okLength {
			return slice{v.object, v.path, int(lo), int(n)}
		}
	case null:
		return v
	default:
		return s.ofLength(length)
	}
	s.expose(v)
	return s.ofLength(length)
}

// appended returns a slice with elements behind it.
func (s *state) appended(base, more value, elem types.Type) value {
	old, okOld := s.settled(base).(slice)
	if _, ok := s.settled(base).(null); ok {
		okOld = true
	}
	tail, okTail := s.settled(more).(slice)
	if _, ok := s.settled(more).(null); ok {
		okTail = true
	}
	if !okOld || !okTail || old.length+tail.length > arrayLimit {
		length := s.binary(token.ADD, s.length(base), s.length(more))
		s.expose(more)
		s.expose(base)
		return s.ofLength(length)
	}
	out := slice{s.allocate(variable, nil), "", 0, old.length + tail.length}
	put := func(from slice, at int) {
		for i := range from.length {
			v := s.load(pointer{from.object, elementPath(from.path, from.from+i)}, elem, nil)
			s.store(pointer{out.object, elementPath("", at+i)}, elem, v)
		}
	}
	put(old, 0)
	put(tail, old.length)
	return out
}

// keyPath is the path of a map's element, false for a key that is not known.
func keyPath(key value) (string, bool) {
	if b, ok := key.(boxed); ok {
		key = b.v
	}
	switch k := key.(type) {
	case literal:
		return "{" + k.ExactString() + "}", true
	case pointer:
		return "{" + elementPath(k.path, k.object) + "}", true
	case channel:
		return elementPath("{chan", k.object) + "}", true
	}
	return "", false
}

// insert puts an element into a map. With a key that is not known anything in it may be
// anywhere.
func (s *state) insert(m, key, v value) {
	t, ok := s.settled(m).(table)
	path, known := keyPath(s.settled(key))
	if !ok || !known || s.object(t.object).outside {
		s.grown(m, 1)
		s.expose(m)
		s.expose(key)
		s.expose(v)
		return
	}
	o := s.writable(t.object)
	if _, there := o.cells.find(path); !there {
		o.keys = append(o.keys, s.settled(key))
	}
	o.cells.put(path, s.settled(v))
}

// clearMap takes everything out of a map.
func (s *state) clearMap(m value) {
	t, ok := s.settled(m).(table)
	if !ok || s.object(t.object).outside {
		s.resized(m)
		s.expose(m)
		return
	}
	o := s.writable(t.object)
	o.keys, o.cells = nil, nil
}

// remove deletes an element of a map.
func (s *state) remove(m, key value) {
	t, ok := s.settled(m).(table)
	path, known := keyPath(s.settled(key))
	if !ok || !known || s.object(t.object).outside {
		s.grown(m, -1)
		s.expose(m)
		return
	}
	o := s.writable(t.object)
	o.cells.remove(path)
	for i, k := range o.keys {
		if at, _ := keyPath(k); at == path {
			o.keys = append(o.keys[:i:i], o.keys[i+1:]...)
			break
		}
	}
}

// lookup reads an element of a map, or a byte of a string.
func (s *state) lookup(instr *ssa.Lookup, m, key value) value {
	result := func(v, ok value) value {
		if instr.CommaOk {
			return record{v, ok}
		}
		return v
	}
	path, known := keyPath(s.settled(key))
	switch t := s.settled(m).(type) {
	case table:
		o := s.object(t.object)
		if known && !o.outside {
			if v, there := o.cells.get(path); there {
				return result(s.settled(v), boolean(true))
			}
			return result(zero(elementType(instr.X.Type())), boolean(false))
		}
		s.expose(m)
	case null:
		return result(zero(elementType(instr.X.Type())), boolean(false))
	}
	return result(s.fresh(), s.fresh())
}

func elementType(t types.Type) types.Type {
	if m, ok := t.Underlying().(*types.Map); ok {
		return m.Elem()
	}
	return types.Typ[types.Byte]
}

// assert evaluates a type assertion.
func (s *state) assert(instr *ssa.TypeAssert, v value) value {
	result := func(v, ok value) value {
		if instr.CommaOk {
			return record{v, ok}
		}
		return v
	}
	failed := func() value {
		if instr.CommaOk {
			return record{zero(instr.AssertedType), boolean(false)}
		}
		return nil
	}
	switch b := s.settled(v).(type) {
	case null:
		return failed()
	case boxed:
		if b.typ == nil {
			return result(b, boolean(true))
		}
		if i, ok := instr.AssertedType.Underlying().(*types.Interface); ok {
			if types.Implements(b.typ, i) {
				return result(b, boolean(true))
			}
			return failed()
		}
		if types.Identical(b.typ, instr.AssertedType) {
			return result(b.v, boolean(true))
		}
		return failed()
	}
	is := s.derived("assert "+instr.AssertedType.String(), v)
	if _, ok := instr.AssertedType.Underlying().(*types.Interface); ok && !instr.CommaOk {
		if u, ok := is.(unknown); ok {
			s.change(u).notNil = true // or it panics
		}
	}
	return result(is, s.derived("is "+instr.AssertedType.String(), v))
}

// The cells of an iterator over a map that is not known.
const (
	roundsCell = "rounds"
	lengthCell = "length"
)

// rounds returns how often an iterator over a map that is not known was asked for the next
// element.
func (s *state) rounds(iter value) int64 {
	it, ok := s.settled(iter).(table)
	if !ok {
		return 0
	}
	n, _ := asInt(s.object(it.object).cells.at(roundsCell))
	return n
}

// iterate returns an iterator over a map: an object that remembers the keys. Of a map that
// is not known it remembers how many there are, so that who counts them, or goes round
// them again, finds as many.
func (s *state) iterate(instr *ssa.Range, v value) value {
	if _, ok := instr.X.Type().Underlying().(*types.Map); !ok {
		return s.fresh()
	}
	t, ok := s.settled(v).(table)
	if !ok || s.object(t.object).outside {
		if _, empty := s.settled(v).(null); !empty {
			id := s.allocate(mapObject, nil)
			o := s.object(id)
			o.cells.put(roundsCell, integer(0))
			o.cells.put(lengthCell, s.length(v))
			return table{id}
		}
	}
	id := s.allocate(mapObject, nil)
	o := s.object(id)
	if ok {
		o.keys = append(o.keys, s.object(t.object).keys...)
		o.cells.put("map", t)
	}
	return table{id}
}

// advanceIterator returns the next element of an iteration.
func (s *state) advanceIterator(instr *ssa.Next, iter value) value {
	it, ok := s.settled(iter).(table)
	if !ok {
		return record{s.fresh(), s.fresh(), s.fresh()}
	}
	o := s.writable(it.object)
	if length, ok := o.cells.get(lengthCell); ok {
		rounds := o.cells.at(roundsCell)
		o.cells.put(roundsCell, s.binary(token.ADD, rounds, integer(1)))
		return record{s.compare(token.LSS, rounds, length), s.fresh(), s.fresh()}
	}
	for len(o.keys) > 0 {
		key := o.keys[0]
		o.keys = o.keys[1:]
		m := o.cells.at("map").(table)
		if path, known := keyPath(key); known {
			if v, there := s.object(m.object).cells.get(path); there {
				return record{boolean(true), key, s.settled(v)}
			}
		}
	}
	return record{boolean(false), zero(instr.Type().(*types.Tuple).At(1).Type()), zero(instr.Type().(*types.Tuple).At(2).Type())}
}

// tupleAt is the type of one of several results.
func tupleAt(t types.Type, i int) types.Type { return t.(*types.Tuple).At(i).Type() }

package explore

import (
	"go/types"
	"iter"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/capture"
)

// object is something allocated: a variable, an array, a channel, a map, a context.
type object struct {
	kind objectKind
	made ssa.Instruction // nil for what came from outside
	// outside says that others can get at it, out of sight: what is waited for there may
	// always come.
	outside bool
	steady  bool // an outside variable that was set before and never is again
	// lent says of a variable that others had it only for calls that have returned: what is
	// read there twice between two such calls is the same.
	lent  bool
	cells sorted[string, value]
	keys  []value // of a map, in the order in which they came
	// read says, of a cell of an object from outside, which instructions have read what
	// stands there now: who reads it again may find it changed.
	read sorted[string, []ssa.Instruction]

	capacity int // of a channel
	buffer   []value
	closed   bool
	// lasting says of a channel from outside that nobody sends to it: who has received from
	// it has found it closed, and finds it closed again.
	lasting bool

	parties sorted[string, party] // the locks, groups and the like in it, by path

	owner int // the era of the only state that has it, if that is still in it
}

type objectKind uint8

const (
	variable objectKind = iota
	channelObject
	mapObject
	contextObject
)

// party is the state of a lock, WaitGroup, Cond or Once.
type party struct {
	holder   string // the goroutine that holds it for writing, "" if none does
	readers  []string
	taken    ssa.Instruction // where it was taken last
	takenIn  *ssa.Function
	left     ssa.Instruction // the return of the function that took it, while it was held
	count    int64
	vague    bool     // the count is not known
	announce []string // writers of a lock that wait; of a work queue, what is not done
	once     uint8    // 0: not yet, 1: running, 2: done
}

func (s *state) allocate(kind objectKind, made ssa.Instruction) int {
	s.nextObject++
	s.objects.put(s.nextObject, &object{kind: kind, made: made, owner: s.era})
	return s.nextObject
}

// object returns an object for reading.
func (s *state) object(id int) *object { return s.objects.at(id) }

// writable returns an object that is the state's own.
func (s *state) writable(id int) *object {
	o := s.object(id)
	if o.owner == s.era {
		return o
	}
	copied := *o
	copied.owner = s.era
	copied.cells = slices.Clone(o.cells)
	copied.keys = slices.Clone(o.keys)
	copied.read = slices.Clone(o.read)
	copied.buffer = slices.Clone(o.buffer)
	copied.parties = slices.Clone(o.parties)
	s.objects.put(id, &copied)
	return &copied
}

// target returns what a pointer leads to. What an unknown pointer leads to comes from
// outside.
func (s *state) target(v value) (pointer, bool) {
	switch v := s.settled(v).(type) {
	case pointer:
		return v, true
	case unknown:
		sym := s.change(v)
		if sym.object < 0 {
			id := s.allocate(variable, nil)
			s.object(id).outside = true
			sym.object, sym.notNil = id, true
		}
		return pointer{sym.object, ""}, true
	}
	return pointer{}, false
}

func fieldPath(path string, t types.Type, i int) string {
	return path + "." + t.Underlying().(*types.Struct).Field(i).Name() + "#" + strconv.Itoa(i)
}

func elementPath(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// load reads a cell, or all cells of a struct. What stands in a cell from outside may have
// changed where the instruction has read it before; nil for what does not.
func (s *state) load(p pointer, t types.Type, by ssa.Instruction) value {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		if primitive(t) {
			return null{}
		}
		r := make(record, u.NumFields())
		for i := range r {
			r[i] = s.load(pointer{p.object, fieldPath(p.path, t, i)}, u.Field(i).Type(), by)
		}
		return r
	case *types.Array:
		if u.Len() > arrayLimit {
			return s.fresh()
		}
		r := make(record, u.Len())
		for i := range r {
			r[i] = s.load(pointer{p.object, elementPath(p.path, i)}, u.Elem(), by)
		}
		return r
	}
	o := s.object(p.object)
	v, ok := o.cells.get(p.path)
	switch {
	case !ok && !o.outside:
		return zero(t)
	case o.outside && (!ok || !o.steady && !o.lent && by != nil && slices.Contains(o.read.at(p.path), by)):
		v = s.fresh()
		o = s.writable(p.object)
		o.cells.put(p.path, v)
		o.read.put(p.path, []ssa.Instruction{by})
	case o.outside && by != nil:
		o = s.writable(p.object)
		o.read.put(p.path, append(slices.Clone(o.read.at(p.path)), by))
	}
	return s.settled(v)
}

// store writes a cell, or all cells of a struct.
func (s *state) store(p pointer, t types.Type, v value) {
	v = s.settled(v)
	switch u := t.Underlying().(type) {
	case *types.Struct:
		if primitive(t) {
			return
		}
		if r, ok := v.(record); ok && len(r) == u.NumFields() {
			for i := range r {
				s.store(pointer{p.object, fieldPath(p.path, t, i)}, u.Field(i).Type(), r[i])
			}
			return
		}
		for i := range u.NumFields() {
			s.store(pointer{p.object, fieldPath(p.path, t, i)}, u.Field(i).Type(), s.fresh())
		}
		return
	case *types.Array:
		if r, ok := v.(record); ok && int64(len(r)) == u.Len() {
			for i := range r {
				s.store(pointer{p.object, elementPath(p.path, i)}, u.Elem(), r[i])
			}
		}
		return
	}
	o := s.writable(p.object)
	o.cells.put(p.path, v)
	o.read.remove(p.path)
	if o.outside {
		s.expose(v)
	}
}

// parts iterates over what a value is made of: the values in a struct, an interface or a
// closure, which is itself one of them.
func (s *state) parts(v value) iter.Seq[value] {
	return func(yield func(value) bool) { s.eachPart(v, yield) }
}

func (s *state) eachPart(v value, yield func(value) bool) bool {
	all := func(parts []value) bool {
		return !slices.ContainsFunc(parts, func(p value) bool { return !s.eachPart(p, yield) })
	}
	switch v := s.settled(v).(type) {
	case boxed:
		return s.eachPart(v.v, yield)
	case record:
		return all(v)
	case function:
		return yield(v) && all(v.free)
	default:
		return yield(v)
	}
}

// leadsTo returns the object that a part of a value leads to.
func (s *state) leadsTo(part value) (id int, ok bool) {
	switch v := part.(type) {
	case pointer:
		return v.object, true
	case channel:
		return v.object, true
	case table:
		return v.object, true
	case slice:
		return v.object, true
	case cancel:
		return v.object, true
	case unknown:
		if sym := s.symbols.at(v.id); sym != nil && sym.object >= 0 {
			return sym.object, true
		}
	}
	return 0, false
}

// expose says that others can get at a value from now on, and at all that it leads to.
func (s *state) expose(v value) {
	for part := range s.parts(v) {
		if c, ok := part.(cancel); ok { // others may cancel: who has a context alone cannot
			s.expose(s.object(c.object).cells.at("done"))
		} else if id, ok := s.leadsTo(part); ok {
			s.exposeObject(id)
		}
	}
}

// lend says that others can get at an argument during a call of which nothing is known, and
// at a variable whose address it is for as long as they are not called again.
func (s *state) lend(arg value) {
	p, ok := s.settled(arg).(pointer)
	if !ok || s.object(p.object).outside && !s.object(p.object).lent {
		s.expose(arg)
		return
	}
	s.expose(arg)
	o := s.writable(p.object)
	if alloc, ok := o.made.(*ssa.Alloc); ok && !o.steady && !anonymous(alloc) {
		o.lent, o.cells = true, nil
	}
}

// anonymous reports whether an object is no variable, but was made by new or &T{}.
func anonymous(alloc *ssa.Alloc) bool { return alloc.Comment == "new" || alloc.Comment == "complit" }

// borrowed forgets what stands in variables that others had for a call: who keeps the address
// of one may be what is called now.
func (s *state) borrowed() {
	for _, o := range s.objects {
		if o.it.lent && len(o.it.cells) > 0 {
			s.writable(o.key).cells = nil
		}
	}
}

func (s *state) exposeObject(id int) {
	if o := s.object(id); o.lent {
		s.writable(id).lent = false
	}
	if s.object(id).outside || s.object(id).kind == contextObject {
		return
	}
	o := s.writable(id)
	o.outside = true
	for _, cell := range o.cells {
		s.expose(cell.it)
	}
	for _, e := range slices.Concat(o.buffer, o.keys) {
		s.expose(e)
	}
	o.read = nil
	if alloc, ok := o.made.(*ssa.Alloc); ok && capture.Steady(alloc) {
		o.steady = true // who has captured it can only read it
		return
	}
	o.cells = nil // others may have written
}

// party returns the state of a lock, WaitGroup, Cond or Once.
func (s *state) party(p pointer) party { return s.object(p.object).parties.at(p.path) }

func (s *state) setParty(p pointer, to party) {
	s.writable(p.object).parties.put(p.path, to)
}

// primitive reports whether a struct type is one whose inside is not looked at.
func primitive(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	switch path := named.Obj().Pkg().Path(); path {
	case "sync":
		return named.Obj().Name() != "Cond"
	case "sync/atomic":
		return true
	default:
		return false
	}
}

// fieldOf returns a field of an object by its name.
func (s *state) fieldOf(p pointer, name string) (value, bool) {
	prefix := p.path + "." + name + "#"
	for _, cell := range s.object(p.object).cells {
		if strings.HasPrefix(cell.key, prefix) && !strings.ContainsAny(cell.key[len(prefix):], ".[") {
			return s.settled(cell.it), true
		}
	}
	return nil, false
}

package vta

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/fencelint/fencelint/analyzer/model"
)

// builder makes the graph of what flows within functions and along static calls, and collects
// the dynamic ones.
type builder struct {
	graph
	types      *table
	values     map[ssa.Value]node
	components map[indexed]node
	fields     map[member]node
	functions  map[*ssa.Function]prop // those that are values somewhere
	panicked   node                   // whatever anybody panics with
	recovered  node                   // what anybody recovers
	sites      []ssa.CallInstruction
}

func newBuilder(funcs map[*ssa.Function]bool) *builder {
	b := &builder{
		types:      &table{known: make(map[types.Type]*entry)},
		values:     make(map[ssa.Value]node),
		components: make(map[indexed]node),
		fields:     make(map[member]node),
		functions:  make(map[*ssa.Function]prop),
	}
	b.types.unique.SetHasher(typeutil.MakeHasher())
	b.add(false, false, 0) // no node
	b.panicked, b.recovered = b.add(true, false, 0), b.add(true, false, 0)
	b.flow(b.panicked, b.recovered)
	for fn := range funcs {
		if recv := fn.Signature.Recv(); recv != nil {
			if e := b.types.of(recv.Type()); e.receiver == 0 && !e.abstract {
				b.props++
				e.receiver = b.props
			}
		}
	}
	return b
}

func (b *builder) function(fn *ssa.Function) {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			b.instruction(instr)
		}
	}
}

// instruction adds what flows by an instruction. Nothing of interest does by those that are not
// named: a slice of an array has the elements of the array, an allocation has no types yet.
func (b *builder) instruction(instr ssa.Instruction) {
	switch i := instr.(type) {
	case *ssa.Store:
		b.assign(b.value(i.Addr), b.value(i.Val))
	case *ssa.MakeInterface:
		b.flow(b.value(i.X), b.value(i))
	case *ssa.ChangeInterface:
		b.flow(b.value(i.X), b.value(i))
	case *ssa.ChangeType: // of pointers to interfaces too
		b.assign(b.value(i), b.value(i.X))
	case *ssa.MultiConvert: // which of its types change nothing is not looked for
		b.assign(b.value(i), b.value(i.X))
	case *ssa.MakeClosure:
		b.closure(i)
	case *ssa.UnOp:
		b.unary(i)
	case *ssa.Phi:
		for _, e := range i.Edges {
			b.assign(b.value(i), b.value(e))
		}
	case *ssa.TypeAssert:
		b.assertion(i)
	case *ssa.Extract:
		t := i.Tuple.Type().(*types.Tuple).At(i.Index).Type()
		b.assign(b.value(i), b.component(i.Tuple, i.Index, t))
	case *ssa.Field:
		b.flow(b.field(i.X.Type(), i.Field), b.value(i))
	case *ssa.FieldAddr:
		if ptr, ok := model.Core(i.X.Type()).(*types.Pointer); ok {
			b.both(b.field(ptr.Elem(), i.Field), b.value(i))
		}
	case *ssa.Index:
		if t := elementOf(i.X.Type()); t != nil {
			b.assign(b.value(i), b.typed(b.types.of(t), element))
		}
	case *ssa.IndexAddr:
		if t := elementOf(i.X.Type()); t != nil {
			b.both(b.typed(b.types.of(t), element), b.value(i))
		}
	case *ssa.Lookup:
		b.lookup(i)
	case *ssa.MapUpdate:
		if m, ok := i.Map.Type().Underlying().(*types.Map); ok {
			b.assign(b.typed(b.types.of(m.Key()), mapKey), b.value(i.Key))
			b.assign(b.typed(b.types.of(m.Elem()), mapValue), b.value(i.Value))
		}
	case *ssa.Next:
		b.next(i)
	case *ssa.Send:
		b.send(i.Chan, i.X)
	case *ssa.Select:
		b.selection(i)
	case *ssa.Panic:
		if canHaveMethods(i.X.Type()) {
			b.flow(b.value(i.X), b.panicked)
		}
	case *ssa.Return:
		for n, r := range i.Results {
			b.flow(b.value(r), b.result(i.Parent(), n))
		}
	case ssa.CallInstruction:
		b.call(i)
	}
}

// both adds the flow between a variable and its address.
func (b *builder) both(variable, address node) {
	if variable != 0 {
		b.flow(variable, address)
		b.flow(address, variable)
	}
}

func (b *builder) closure(c *ssa.MakeClosure) {
	fn := c.Fn.(*ssa.Function)
	b.flow(b.value(fn), b.value(c))
	for i, free := range fn.FreeVars {
		b.assign(b.value(free), b.value(c.Bindings[i]))
	}
}

func (b *builder) unary(u *ssa.UnOp) {
	switch u.Op {
	case token.MUL:
		b.assign(b.value(u), b.value(u.X))
	case token.ARROW:
		if from := b.channel(u.X); from != 0 {
			b.assign(b.value(u), from)
		}
	}
}

func (b *builder) assertion(a *ssa.TypeAssert) {
	to := b.value(a)
	if tuple, ok := a.Type().(*types.Tuple); ok && a.CommaOk {
		to = b.component(a, 0, tuple.At(0).Type())
	}
	b.flow(b.value(a.X), to)
}

func (b *builder) lookup(l *ssa.Lookup) {
	m, ok := l.X.Type().Underlying().(*types.Map)
	if !ok {
		return // of a string
	}
	to := b.value(l)
	if l.CommaOk {
		to = b.component(l, 0, m.Elem())
	}
	b.assign(to, b.typed(b.types.of(m.Elem()), mapValue))
}

func (b *builder) next(n *ssa.Next) {
	if n.IsString {
		return
	}
	tuple := n.Type().(*types.Tuple)
	key, value := tuple.At(1).Type(), tuple.At(2).Type()
	b.assign(b.component(n, 1, key), b.typed(b.types.of(key), mapKey))
	b.assign(b.component(n, 2, value), b.typed(b.types.of(value), mapValue))
}

// channel returns the node of what is sent on channels like one, 0 if that is not known.
func (b *builder) channel(ch ssa.Value) node {
	c, ok := model.Core(ch.Type()).(*types.Chan)
	if !ok {
		return 0
	}
	return b.typed(b.types.of(c.Elem()), sent)
}

func (b *builder) send(ch, v ssa.Value) {
	if to := b.channel(ch); to != 0 {
		b.assign(to, b.value(v))
	}
}

// selection adds what a select sends, and what it receives: the third component and those after
// it are, in the order of its cases, what came.
func (b *builder) selection(s *ssa.Select) {
	received := 2
	for _, state := range s.States {
		if state.Dir == types.SendOnly {
			b.send(state.Chan, state.Send)
			continue
		}
		if from := b.channel(state.Chan); from != 0 {
			b.assign(b.component(s, received, model.Core(state.Chan.Type()).(*types.Chan).Elem()), from)
		}
		received++
	}
}

// canHaveMethods reports whether what is panicked with is of interest to who recovers it.
func canHaveMethods(t types.Type) bool {
	if _, named := types.Unalias(t).(*types.Named); named {
		return true
	}
	switch t.Underlying().(type) {
	case *types.Interface, *types.Signature, *types.Struct:
		return true
	}
	return false
}

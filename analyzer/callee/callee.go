// Package callee resolves dynamic calls by Variable Type Analysis: to what flows to
// the called interface or function value in the code at hand.
package callee

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/fencelint/fencelint/analyzer/vta"
)

// Graph answers which functions a dynamic call may reach.
type Graph struct {
	sites  vta.Calls
	values vta.Values
	// generic holds the targets of calls in instances, by position: the call in the
	// generic body, which the engine walks, stands at the same position.
	generic   map[token.Pos][]*ssa.Function
	arguments map[*types.TypeParam][]types.Type // that instances have
	received  *received
	prog      *ssa.Program
	closed    bool
}

// Whole resolves the calls of a whole program, of which [All] has returned the functions. The
// second round of VTA, which starts from the first one's graph, tells apart what flows through
// iterators and callbacks of one signature. [Graph.Methods] answers for the values that are asked
// for.
func Whole(prog *ssa.Program, funcs map[*ssa.Function]bool, asked []ssa.Value) *Graph {
	return index(prog, funcs, 2, asked, true)
}

// Package resolves the calls of one package: to what is closed within it. There may
// be more targets for whatever others can hand in.
func Package(prog *ssa.Program, declared []*ssa.Function, asked []ssa.Value) *Graph {
	return index(prog, All(prog, declared), 1, asked, false)
}

// All adds to the declared functions what is reachable by type: wrappers, instances,
// methods of dynamic types. Methods of types that are never made an interface are
// reachable to nobody there, and so is what they alone refer to.
func All(prog *ssa.Program, declared []*ssa.Function) map[*ssa.Function]bool {
	funcs := ssautil.AllFunctions(prog)
	var work []*ssa.Function
	add := func(fn *ssa.Function) {
		if !funcs[fn] {
			funcs[fn] = true
			work = append(work, fn)
		}
	}
	for _, fn := range declared {
		add(fn)
	}
	var operands []*ssa.Value
	for len(work) > 0 {
		fn := work[len(work)-1]
		work = work[:len(work)-1]
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				operands = instr.Operands(operands[:0])
				for _, operand := range operands {
					if next, ok := (*operand).(*ssa.Function); ok {
						add(next)
					}
				}
			}
		}
	}
	return funcs
}

func index(prog *ssa.Program, funcs map[*ssa.Function]bool, rounds int, asked []ssa.Value, closed bool) *Graph {
	sites, values := vta.Resolve(funcs, rounds, asked)
	g := &Graph{
		sites:     sites,
		values:    values,
		generic:   make(map[token.Pos][]*ssa.Function),
		arguments: make(map[*types.TypeParam][]types.Type),
		received:  newReceived(prog, funcs),
		prog:      prog,
		closed:    closed,
	}
	for fn := range funcs {
		if instantiated(fn) {
			g.instance(fn)
			g.bind(fn)
		}
	}
	spelled := make(names)
	for pos, targets := range g.generic {
		g.generic[pos] = spelled.ordered(targets)
	}
	ordered := make(map[**ssa.Function]bool) // many calls have one list
	for _, targets := range g.sites {
		if list := &targets[0]; !ordered[list] {
			ordered[list] = true
			spelled.ordered(targets)
		}
	}
	for _, fns := range g.values.Functions {
		if list := &fns[0]; !ordered[list] {
			ordered[list] = true
			spelled.ordered(fns)
		}
	}
	return g
}

// instance keeps what the calls of an instance reach.
func (g *Graph) instance(fn *ssa.Function) {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok || !call.Pos().IsValid() {
				continue
			}
			targets := g.sites[call]
			if callee := call.Common().StaticCallee(); callee != nil {
				targets = []*ssa.Function{callee}
			}
			g.generic[call.Pos()] = append(g.generic[call.Pos()], targets...)
		}
	}
}

// instantiated reports whether fn is an instance of a generic function, or a literal
// in one.
func instantiated(fn *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		if fn.Origin() != nil {
			return true
		}
	}
	return false
}

// names remembers the names of functions, which are long to spell.
type names map[*ssa.Function]string

func (n names) of(fn *ssa.Function) string {
	name, known := n[fn]
	if !known {
		name = fn.String()
		n[fn] = name
	}
	return name
}

func (n names) ordered(fns []*ssa.Function) []*ssa.Function {
	if len(fns) == 1 {
		return fns
	}
	slices.SortFunc(fns, func(a, b *ssa.Function) int {
		return cmp.Or(cmp.Compare(n.of(a), n.of(b)), cmp.Compare(a.Pos(), b.Pos()))
	})
	return slices.Compact(fns)
}

// fanoutLimit bounds the functions that one call may reach. Of more, such as all the methods Error
// of a large program, nothing could be said that is so of each.
const fanoutLimit = 256

// TooMany is why there are no callees of a call that may reach more than fanoutLimit functions.
const TooMany = "too many targets"

// Callees returns the functions that a dynamic call may reach, in the order of their
// names, and why there may be more: "interface" or "func value", or "" where the list
// is complete. Where it would have more than fanoutLimit it is empty, for [TooMany].
func (g *Graph) Callees(site ssa.CallInstruction) (fns []*ssa.Function, unresolved string) {
	if _, builtin := site.Common().Value.(*ssa.Builtin); builtin {
		return nil, ""
	}
	fns, known := g.targets(site)
	if len(fns) > fanoutLimit {
		return nil, TooMany
	}
	if known && (g.closed || !open(site.Common())) {
		return fns, ""
	}
	if site.Common().IsInvoke() {
		return fns, "interface"
	}
	return fns, "func value"
}

// Crowd returns the functions that a call may reach, however many: those of a call that has no
// callees because they are [TooMany]. Calls that reach the same share the list.
func (g *Graph) Crowd(site ssa.CallInstruction) []*ssa.Function {
	fns, _ := g.targets(site)
	return fns
}

// targets returns the functions that a dynamic call may reach, as far as they are known, and
// whether they are.
func (g *Graph) targets(site ssa.CallInstruction) (fns []*ssa.Function, known bool) {
	if fns = g.sites[site]; len(fns) > 0 {
		return fns, true
	}
	if fns = g.generic[site.Pos()]; len(fns) > 0 {
		return fns, true
	}
	return g.received.callees(site.Common())
}

// Values returns the functions of a signature that a value which a call hands over may be, in the
// order of their names: an argument, or the interface value of which it calls a method. Why there
// may be more is as of [Graph.Callees].
func (g *Graph) Values(v ssa.Value, signature *types.Signature) (fns []*ssa.Function, unresolved string) {
	for _, fn := range g.values.Functions[v] {
		if types.Identical(fn.Signature, signature) {
			fns = append(fns, fn)
		}
	}
	if len(fns) == 0 || !g.closed && settable(v) {
		unresolved = "func value"
	}
	return fns, unresolved
}

// Methods returns the methods that a call of a method of an interface value may reach, in the order
// of their names. The value is one that was asked for. Why there may be more is as of
// [Graph.Callees].
func (g *Graph) Methods(v ssa.Value, method *types.Func) (fns []*ssa.Function, unresolved string) {
	in, known := g.values.Types[v], true
	if p := parameterIn(v); p != nil {
		in, known = g.argumentsOf(p)
	}
	for _, t := range in {
		if fn := g.method(t, method); fn != nil {
			fns = append(fns, fn)
		}
	}
	if len(fns) == 0 || !known || !g.closed {
		unresolved = "interface"
	}
	return make(names).ordered(fns), unresolved
}

// method returns the method of a type that stands for one of an interface, nil if it has none.
func (g *Graph) method(t types.Type, of *types.Func) *ssa.Function {
	if types.IsInterface(t) {
		return nil
	}
	selection := types.NewMethodSet(t).Lookup(of.Pkg(), of.Name())
	if selection == nil {
		return nil
	}
	return g.prog.MethodValue(selection)
}

// open reports whether code outside the package can provide further targets: whoever
// can name the interface can implement it; a function value may have come in through
// any exported function, so only a field that nobody else can set is closed.
func open(call *ssa.CallCommon) bool {
	if call.IsInvoke() {
		named, ok := types.Unalias(call.Value.Type()).(*types.Named)
		return call.Method.Exported() && (!ok || named.Obj().Exported() || named.Obj().Pkg() == nil)
	}
	return settable(call.Value)
}

// settable reports whether code outside the package can set what a function value is loaded from.
func settable(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return true
	}
	switch addr := load.X.(type) {
	case *ssa.FieldAddr:
		field := Field(addr)
		return field == nil || field.Exported()
	case *ssa.Global:
		return addr.Object() == nil || addr.Object().Exported()
	}
	return true
}

// Field returns the field that an address is of, of generic types the one declared; nil if
// that is not known.
func Field(addr *ssa.FieldAddr) *types.Var {
	if ptr, ok := addr.X.Type().Underlying().(*types.Pointer); ok {
		if st, ok := ptr.Elem().Underlying().(*types.Struct); ok {
			return st.Field(addr.Field).Origin()
		}
	}
	return nil
}

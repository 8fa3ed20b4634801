package mark

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/capture"
	"github.com/fencelint/fencelint/analyzer/model"
)

// test is what one way of a branch says of a field.
type test struct {
	branch *ssa.If
	way    int
	asked  ssa.Instruction // reads the field
	field  string
	flag   bool // it is set, or is not
	set    bool
	handed bool // of an object that the function was handed
	// call is what has succeeded instead.
	call *ssa.Call
}

// begins is the block that the way leads to, nil if others do as well.
func (t test) begins() *ssa.BasicBlock {
	if b := t.branch.Block().Succs[t.way]; len(b.Preds) == 1 {
		return b
	}
	return nil
}

// rules reports whether a point is come to only on the way of the test.
func (t test) rules(at point) bool {
	b := t.begins()
	return b != nil && b.Dominates(at.block)
}

// testsOf returns what the branches of a function say.
func (m *marks) testsOf(fn *ssa.Function) []test {
	tests, known := m.tests[fn]
	if known {
		return tests
	}
	for _, b := range fn.Blocks {
		branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		for way := range b.Succs {
			t := test{branch: branch, way: way}
			if t.read(branch.Cond, way == 0) {
				tests = append(tests, t)
			}
		}
	}
	m.tests[fn] = tests
	return tests
}

// read makes out what a condition says where it is true, or is not; false if nothing.
func (t *test) read(cond ssa.Value, is bool) bool {
	for {
		not, ok := cond.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			break
		}
		cond, is = not.X, !is
	}
	if t.about(cond) {
		t.flag, t.set = isBool(cond.Type()), is
		return true
	}
	cmp, ok := cond.(*ssa.BinOp)
	if !ok {
		return false
	}
	x, y := cmp.X, cmp.Y
	if _, constant := x.(*ssa.Const); constant {
		x, y = y, x
	}
	c, ok := y.(*ssa.Const)
	switch {
	case !ok:
		return false
	case c.IsNil() && isError(x.Type()):
		t.call = callOf(x)
		return t.call != nil && (cmp.Op == token.EQL) == is
	case c.Value == nil || !t.about(x):
		return false
	case c.Value.Kind() == constant.Bool:
		t.flag, t.set = true, ((cmp.Op == token.EQL) == is) == constant.BoolVal(c.Value)
	}
	return true
}

// about reports whether a value is that of a field.
func (t *test) about(v ssa.Value) bool {
	addr := fieldRead(v)
	if addr == nil {
		return false
	}
	t.field, t.asked, t.handed = nameOf(addr), v.(ssa.Instruction), isHanded(addr)
	return t.field != ""
}

// fieldRead returns the address of the field that a value was read from, nil if it was not.
func fieldRead(v ssa.Value) *ssa.FieldAddr {
	switch v := v.(type) {
	case *ssa.UnOp:
		if v.Op == token.MUL {
			addr, _ := v.X.(*ssa.FieldAddr)
			return addr
		}
	case *ssa.Call:
		return atomicOn(v, "Load")
	}
	return nil
}

// atomicOn returns the address of the field that a method of an atomic is called on, nil if
// it is another call.
func atomicOn(call ssa.CallInstruction, methods ...string) *ssa.FieldAddr {
	fn := call.Common().StaticCallee()
	if fn == nil || fn.Signature.Recv() == nil {
		return nil
	}
	named := model.NamedOf(fn.Signature.Recv().Type())
	if named == nil || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != "sync/atomic" {
		return nil
	}
	for _, m := range methods {
		if fn.Name() == m {
			addr, _ := call.Common().Args[0].(*ssa.FieldAddr)
			return addr
		}
	}
	return nil
}

// nameOf is the full name of a field, "" of an unnamed type's.
func nameOf(addr *ssa.FieldAddr) string { return model.FieldAt(addr.X.Type(), addr.Field) }

// structOf is what an address is that of a field of.
func structOf(addr *ssa.FieldAddr) *types.Struct {
	ptr, ok := addr.X.Type().Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	st, _ := ptr.Elem().Underlying().(*types.Struct)
	return st
}

// isHanded reports whether fields lead from what the function was handed to an address.
func isHanded(addr *ssa.FieldAddr) bool {
	for v := ssa.Value(addr); ; {
		switch x := variableOf(v).(type) {
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return false
			}
			v = x.X
		case *ssa.Parameter, *ssa.FreeVar:
			return true
		default:
			return false
		}
	}
}

// variableOf returns what a value was read from, if that is a variable which was set once,
// where it was declared: a parameter that a literal has captured.
func variableOf(v ssa.Value) ssa.Value {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return v
	}
	variable, ok := load.X.(*ssa.Alloc)
	if !ok {
		return v
	}
	if stores := capture.Stores(variable); len(stores) == 1 && stores[0].Parent() == variable.Parent() {
		return stores[0].Val
	}
	return v
}

// setBy returns the field of an object that was there before which an instruction changes.
func setBy(instr ssa.Instruction) (field string, s set, ok bool) {
	var addr *ssa.FieldAddr
	var v ssa.Value
	switch instr := instr.(type) {
	case *ssa.Store:
		addr, _ = instr.Addr.(*ssa.FieldAddr)
		v = instr.Val
	case ssa.CallInstruction:
		if addr = atomicOn(instr, "Store", "Swap", "CompareAndSwap", "Add", "Or", "And"); addr != nil {
			v = instr.Common().Args[len(instr.Common().Args)-1]
		}
	}
	if addr == nil {
		return "", s, false
	}
	if _, made := addr.X.(*ssa.Alloc); made {
		return "", s, false
	}
	is, known := boolean(v)
	name := nameOf(addr)
	return name, set{at: instr, of: structOf(addr), raises: isBool(v.Type()) && !(known && !is), surely: known && is && stores(instr)}, name != "" && structOf(addr) != nil
}

// stores reports whether an instruction has a field what it is handed, by then.
func stores(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Store:
		return true
	case *ssa.Call:
		return atomicOn(instr, "Store") != nil
	}
	return false
}

// boolean returns the constant that a value is.
func boolean(v ssa.Value) (is, known bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Bool {
		return false, false
	}
	return constant.BoolVal(c.Value), true
}

func isBool(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsBoolean != 0
}

func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// callOf returns the call that a value is the, or the last, result of, nil if it is none's.
func callOf(v ssa.Value) *ssa.Call {
	if extract, ok := v.(*ssa.Extract); ok {
		v = extract.Tuple
	}
	call, _ := v.(*ssa.Call)
	return call
}

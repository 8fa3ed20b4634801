package mark

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// ground is why a flag is set from somewhere on.
type ground struct {
	test *test           // on one way of a branch
	done ssa.Instruction // or behind an instruction
}

func (g ground) holds(at point) bool {
	if g.test != nil {
		return g.test.rules(at)
	}
	return at.after(g.done)
}

// grounds returns why a flag is set in a function.
func (m *marks) grounds(fn *ssa.Function, field string) []ground {
	var all []ground
	for _, t := range m.testsOf(fn) {
		if t.flag && t.set && t.field == field || t.call != nil && m.settledBy(t.call, field) {
			all = append(all, ground{test: &t})
		}
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			name, s, sets := setBy(instr)
			call, calls := instr.(*ssa.Call)
			if sets && s.surely && name == field || !sets && calls && !fallible(call) && m.settledBy(call, field) {
				all = append(all, ground{done: instr})
			}
		}
	}
	return all
}

// doneAt reports whether a flag is set on every way to a point.
func (m *marks) doneAt(at point, field string) bool {
	return slices.ContainsFunc(m.grounds(at.block.Parent(), field), func(g ground) bool { return g.holds(at) })
}

// settling finds which functions may set which of some flags.
func (m *marks) settling(flags []string) {
	for _, field := range flags {
		for fn := range m.raisers(raising{field, true}) {
			m.flags[fn] = append(m.flags[fn], field)
		}
	}
}

// flagsIn returns the flags that something in a function may say are set, of those that are
// asked for.
func (m *marks) flagsIn(fn *ssa.Function) []string {
	var all []string
	for _, t := range m.testsOf(fn) {
		if t.flag && t.set {
			all = append(all, t.field)
		}
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if name, s, ok := setBy(instr); ok && s.surely {
				all = append(all, name)
			} else if call, ok := instr.(*ssa.Call); ok {
				if targets, _ := m.callees(call); len(targets) > 0 {
					all = append(all, m.flags[targets[0]]...)
				}
			}
		}
	}
	all = slices.DeleteFunc(all, func(field string) bool { return m.found.Raised[field] == nil })
	slices.Sort(all)
	return slices.Compact(all)
}

// fallible reports whether a call says by its last result whether it has failed.
func fallible(call *ssa.Call) bool {
	results := call.Call.Signature().Results()
	return results.Len() > 0 && (isError(results.At(results.Len()-1).Type()) || isBool(results.At(results.Len()-1).Type()))
}

// settledBy reports whether a flag is set when a call comes back and has not failed.
func (m *marks) settledBy(call *ssa.Call, field string) bool {
	targets, unresolved := m.callees(call)
	return unresolved == "" && len(targets) > 0 &&
		!slices.ContainsFunc(targets, func(fn *ssa.Function) bool { return !m.settles(fn, field) })
}

func (m *marks) callees(call ssa.CallInstruction) (fns []*ssa.Function, unresolved string) {
	if fn := call.Common().StaticCallee(); fn != nil {
		fns = []*ssa.Function{fn}
	} else {
		fns, unresolved = m.program.Callees(call)
		fns = slices.Clone(fns)
	}
	for i, fn := range fns {
		if generic := fn.Origin(); generic != nil {
			fns[i] = generic
		}
	}
	return fns, unresolved
}

// outcome is a flag that a function may set.
type outcome struct {
	fn    *ssa.Function
	field string
}

// settles reports whether a flag is set wherever a function returns and does not fail. Where it
// returns what another call has returned, which never sets the flag, that is taken for an
// error: it has found something that keeps it from what it is for.
func (m *marks) settles(fn *ssa.Function, field string) bool {
	key := outcome{fn, field}
	if known, ok := m.settled[key]; ok {
		return known
	}
	m.settled[key] = false // of what calls itself nothing is known
	if !m.raisedIn(fn, field, true) {
		return false
	}
	set := false
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || b == fn.Recover {
			continue
		}
		switch m.comesBack(ret, field) {
		case without:
			return false
		case settled:
			set = true
		}
	}
	m.settled[key] = set
	return set
}

// ending is how a function comes back, as far as a flag is concerned.
type ending uint8

const (
	failed  ending = iota // with an error
	settled               // with the flag set
	without               // with neither
)

func (m *marks) comesBack(ret *ssa.Return, field string) ending {
	n := len(ret.Results)
	switch {
	case m.doneAt(pointOf(ret), field):
		return settled
	case n > 0 && isError(ret.Results[n-1].Type()):
		return m.endsWith(ret.Results[n-1], ret, field, patience)
	}
	return without
}

// patience bounds how many variables, fields and ways an error is followed through.
const patience = 6

// endsWith returns how a function comes back that returns an error which was read at an
// instruction.
func (m *marks) endsWith(v ssa.Value, at ssa.Instruction, field string, depth int) ending {
	switch {
	case depth == 0:
		return without
	case isTested(v, at):
		return failed
	}
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return failed
	case *ssa.Call, *ssa.Extract:
		switch call := callOf(v); {
		case call == nil:
			return without
		case m.settledBy(call, field):
			return settled
		case m.leads(call, field, false):
			return without
		}
		return failed
	case *ssa.Phi:
		worst := failed
		for _, edge := range v.Edges {
			worst = max(worst, m.endsWith(edge, v, field, depth-1))
		}
		return worst
	case *ssa.UnOp:
		switch addr := v.X.(type) {
		case *ssa.Alloc:
			if stored := lastStored(addr, v); stored != nil {
				return m.endsWith(stored.Val, stored, field, depth-1)
			}
		case *ssa.FieldAddr:
			return m.endsWithField(addr, v, field, depth-1)
		case *ssa.Global:
			return failed // a variable that has an error for others to compare with
		}
	}
	return without
}

// endsWithField is endsWith for the value of a field that the function has set itself before.
func (m *marks) endsWithField(addr *ssa.FieldAddr, at ssa.Instruction, field string, depth int) ending {
	set := false
	worst := failed
	for _, b := range addr.Parent().Blocks {
		for _, instr := range b.Instrs {
			store, ok := instr.(*ssa.Store)
			if !ok {
				continue
			}
			to, ok := store.Addr.(*ssa.FieldAddr)
			if !ok || nameOf(to) != nameOf(addr) {
				continue
			}
			if variableOf(to.X) != variableOf(addr.X) {
				return without
			}
			set = set || pointOf(at).after(store)
			worst = max(worst, m.endsWith(store.Val, store, field, depth))
		}
	}
	if !set {
		return without
	}
	return worst
}

// lastStored returns what a variable was set to last before a load, in its block.
func lastStored(variable *ssa.Alloc, load *ssa.UnOp) *ssa.Store {
	at := pointOf(load)
	for _, instr := range slices.Backward(at.block.Instrs[:at.index]) {
		if store, ok := instr.(*ssa.Store); ok && store.Addr == variable {
			return store
		}
	}
	return nil
}

// isTested reports whether an error was found not to be nil before.
func isTested(v ssa.Value, at ssa.Instruction) bool {
	for _, b := range at.Parent().Blocks {
		branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		for way := range b.Succs {
			t := test{branch: branch, way: way}
			asked, ok := notNil(branch.Cond, way == 0)
			if ok && t.rules(pointOf(at)) && (asked == v || rereads(v, asked, t.begins())) {
				return true
			}
		}
	}
	return false
}

// notNil returns the error that a condition says is not nil where it is true, or is not.
func notNil(cond ssa.Value, is bool) (v ssa.Value, ok bool) {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || cmp.Op != token.EQL && cmp.Op != token.NEQ || (cmp.Op == token.NEQ) != is {
		return nil, false
	}
	if c, ok := cmp.Y.(*ssa.Const); ok && c.IsNil() && isError(cmp.X.Type()) {
		return cmp.X, true
	}
	return nil, false
}

// rereads reports whether a value is that of a variable which was read before a block begins
// in which nothing has stored to it since.
func rereads(v, before ssa.Value, block *ssa.BasicBlock) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Block() != block {
		return false
	}
	variable, ok := load.X.(*ssa.Alloc)
	asked, read := before.(*ssa.UnOp)
	return ok && read && asked.X == variable && lastStored(variable, load) == nil
}

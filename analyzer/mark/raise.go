package mark

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// mayRaise reports whether a flag that was asked for may be set between there and a point,
// or in what is called at the point.
func (m *marks) mayRaise(t test, at point) bool {
	raised := m.raises(at.instr(), t.field)
	at.between(t.begins(), func(instr ssa.Instruction) { raised = raised || m.raises(instr, t.field) })
	return raised
}

// raises reports whether an instruction may set a flag, itself or in what it calls.
func (m *marks) raises(instr ssa.Instruction, field string) bool {
	if m.mayBe(instr, field) {
		return true
	}
	switch instr := instr.(type) {
	case *ssa.Call:
		return m.leads(instr, field, true)
	case *ssa.RunDefers:
		for _, b := range instr.Parent().Blocks {
			for _, i := range b.Instrs {
				if d, ok := i.(*ssa.Defer); ok && (m.mayBe(d, field) || m.leads(d, field, true)) {
					return true
				}
			}
		}
	}
	return false
}

// mayBe reports whether an instruction is one that may set a flag itself.
func (m *marks) mayBe(instr ssa.Instruction, field string) bool {
	return slices.ContainsFunc(m.sets[field], func(s set) bool { return s.at == instr && s.raises })
}

// leads reports whether a call leads to what may set a flag. What an interface leads to is,
// more often than not, about another object of the type: a connection over a connection.
func (m *marks) leads(call ssa.CallInstruction, field string, interfaces bool) bool {
	if call.Common().IsInvoke() && !interfaces {
		return false
	}
	targets, _ := m.callees(call)
	return slices.ContainsFunc(targets, func(fn *ssa.Function) bool { return m.raisedIn(fn, field, interfaces) })
}

// raising is a flag, and how functions are followed to what may set it.
type raising struct {
	field      string
	interfaces bool
}

// raisedIn reports whether a function may set a flag, itself or in what it calls.
func (m *marks) raisedIn(fn *ssa.Function, field string, interfaces bool) bool {
	key := raising{field, interfaces}
	if m.raising[key] == nil {
		m.raising[key] = m.raisers(key)
	}
	return m.raising[key][fn]
}

// raisers returns the functions that may set a flag.
func (m *marks) raisers(what raising) map[*ssa.Function]bool {
	callers := m.callersOf()
	raisers := map[*ssa.Function]bool{}
	var todo []*ssa.Function
	add := func(fn *ssa.Function) {
		if !raisers[fn] {
			raisers[fn] = true
			todo = append(todo, fn)
		}
	}
	for _, s := range m.sets[what.field] {
		if s.raises {
			add(s.at.Parent())
		}
	}
	for ; len(todo) > 0; todo = todo[1:] {
		for _, c := range callers[todo[0]] {
			if what.interfaces || !c.invokes {
				add(c.fn)
			}
		}
	}
	return raisers
}

// caller is who calls a function, and whether through an interface.
type caller struct {
	fn      *ssa.Function
	invokes bool
}

// callersOf returns who calls what, wrappers included.
func (m *marks) callersOf() map[*ssa.Function][]caller {
	if m.callers != nil {
		return m.callers
	}
	m.callers = map[*ssa.Function][]caller{}
	seen := map[*ssa.Function]bool{}
	var todo []*ssa.Function
	add := func(fn *ssa.Function) {
		if !seen[fn] {
			seen[fn] = true
			todo = append(todo, fn)
		}
	}
	for _, fn := range m.program.Funcs {
		add(fn)
	}
	for ; len(todo) > 0; todo = todo[1:] {
		for _, b := range todo[0].Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(ssa.CallInstruction)
				if _, started := instr.(*ssa.Go); !ok || started {
					continue
				}
				targets, _ := m.callees(call)
				for _, fn := range targets {
					m.callers[fn] = append(m.callers[fn], caller{todo[0], call.Common().IsInvoke()})
					add(fn)
				}
			}
		}
	}
	return m.callers
}

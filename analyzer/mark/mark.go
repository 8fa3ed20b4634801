// Package mark finds what fields say of what has been done with an object: where a flag is
// known to be set, or known not to be, and what state an object has to be in for a function
// to come somewhere.
package mark

import (
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// Program is a program all of whose callers are in sight.
type Program struct {
	Funcs   []*ssa.Function
	Callees func(ssa.CallInstruction) (fns []*ssa.Function, unresolved string)
	Key     func(*ssa.Function) string
	Sites   func(key string) []*summary.Site // that something is asked of
}

// Find looks at the sites of a program.
func Find(p Program) *summary.Marks {
	m := newMarks(p)
	for _, fn := range p.Funcs {
		if m.asks(fn) {
			sites := m.sites(fn)
			m.noteUndone(fn, sites)
			m.noteStates(fn, sites)
		}
	}
	for _, known := range m.found.Flags {
		for _, f := range known {
			m.noteRaised(f.Field)
		}
	}
	m.settling(slices.Sorted(maps.Keys(m.found.Raised)))
	for _, fn := range p.Funcs {
		m.noteDone(fn)
	}
	return &m.found
}

// marks is what was found, and what is known of the program.
type marks struct {
	program Program
	found   summary.Marks
	sets    map[string][]set // what stores to a field of an object that was there before
	tests   map[*ssa.Function][]test
	callers map[*ssa.Function][]caller
	raising map[raising]map[*ssa.Function]bool // whether a function may set a flag
	flags   map[*ssa.Function][]string         // that it may set, of those that are asked for
	settled map[outcome]bool
	locks   map[*types.Struct]bool // whether there is a lock in it
}

// set is an instruction that changes a field of an object that was there before.
type set struct {
	at     ssa.Instruction
	of     *types.Struct
	raises bool // it may set a flag
	surely bool // it certainly does
}

// newMarks looks through a program for what changes which field, beside which there is a lock.
func newMarks(p Program) *marks {
	m := &marks{
		program: p,
		found: summary.Marks{
			Flags: map[summary.Spot][]summary.Mark{}, Raised: map[string][]summary.Spot{},
			States: map[summary.Spot][]string{}, Changed: map[string][]string{},
		},
		sets:    map[string][]set{},
		tests:   map[*ssa.Function][]test{},
		raising: map[raising]map[*ssa.Function]bool{},
		flags:   map[*ssa.Function][]string{},
		settled: map[outcome]bool{},
		locks:   map[*types.Struct]bool{},
	}
	for _, fn := range p.Funcs {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				if field, s, ok := setBy(instr); ok && m.besideLock(s.of) {
					m.sets[field] = append(m.sets[field], s)
				}
			}
		}
	}
	m.callers = m.callersOf()
	return m
}

// besideLock reports whether there is a lock in an object.
func (m *marks) besideLock(object *types.Struct) bool {
	known, ok := m.locks[object]
	if ok {
		return known
	}
	m.locks[object] = false
	for field := range object.Fields() {
		t := field.Type()
		if _, pointer := t.Underlying().(*types.Pointer); !pointer {
			t = types.NewPointer(t)
		}
		if types.NewMethodSet(t).Lookup(nil, "Lock") != nil {
			m.locks[object] = true
		}
	}
	return m.locks[object]
}

// sites returns where in a function something is asked.
func (m *marks) sites(fn *ssa.Function) map[summary.Spot]point {
	key := m.program.Key(fn)
	at := map[summary.Spot]point{}
	for _, site := range m.program.Sites(key) {
		index := summary.Instruction(site.Order)
		if site.Block < len(fn.Blocks) && index < len(fn.Blocks[site.Block].Instrs) {
			at[site.Spot(key)] = point{fn.Blocks[site.Block], index}
		}
	}
	return at
}

// asks reports whether a function asks about a field that somebody changes.
func (m *marks) asks(fn *ssa.Function) bool {
	return slices.ContainsFunc(m.testsOf(fn), func(t test) bool { return len(m.sets[t.field]) > 0 })
}

// noteUndone notes the flags that are known not to be set, with where they were asked for.
func (m *marks) noteUndone(fn *ssa.Function, sites map[summary.Spot]point) {
	for _, t := range m.testsOf(fn) {
		if !t.flag || t.set || !slices.ContainsFunc(m.sets[t.field], func(s set) bool { return s.raises }) {
			continue
		}
		for spot, at := range sites {
			if t.rules(at) && !m.mayRaise(t, at) {
				m.found.Flags[spot] = append(m.found.Flags[spot], summary.Mark{Field: t.field, Asked: m.spot(t.asked)})
			}
		}
	}
}

// noteStates notes what state of objects it takes to come somewhere.
func (m *marks) noteStates(fn *ssa.Function, sites map[summary.Spot]point) {
	for _, t := range m.testsOf(fn) {
		if !t.handed || len(m.sets[t.field]) == 0 {
			continue
		}
		for spot, at := range sites {
			if states := m.found.States[spot]; t.rules(at) && !slices.Contains(states, t.field) {
				m.found.States[spot] = append(states, t.field)
				slices.Sort(m.found.States[spot])
				m.noteChanges(t.field)
			}
		}
	}
}

func (m *marks) noteChanges(field string) {
	if m.found.Changed[field] != nil {
		return
	}
	var by []string
	for _, s := range m.sets[field] {
		by = append(by, m.program.Key(s.at.Parent()))
	}
	slices.Sort(by)
	m.found.Changed[field] = slices.Compact(by)
}

// noteRaised notes where a flag may be set.
func (m *marks) noteRaised(field string) {
	if m.found.Raised[field] != nil {
		return
	}
	for _, s := range m.sets[field] {
		if s.raises {
			m.found.Raised[field] = append(m.found.Raised[field], m.spot(s.at))
		}
	}
}

// noteDone notes the flags that are known to be set, of those that are known not to be
// somewhere.
func (m *marks) noteDone(fn *ssa.Function) {
	var sites map[summary.Spot]point
	for _, field := range m.flagsIn(fn) {
		grounds := m.grounds(fn, field)
		if len(grounds) == 0 {
			continue
		}
		if sites == nil {
			sites = m.sites(fn)
		}
		for spot, at := range sites {
			if slices.ContainsFunc(grounds, func(g ground) bool { return g.holds(at) }) {
				m.found.Flags[spot] = append(m.found.Flags[spot], summary.Mark{Field: field, Set: true})
			}
		}
	}
}

func (m *marks) spot(at ssa.Instruction) summary.Spot {
	p := pointOf(at)
	return summary.Spot{Func: m.program.Key(at.Parent()), Block: p.block.Index, Order: summary.Order(p.index, 0)}
}

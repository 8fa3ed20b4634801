package flow

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/model"
)

// WatchedFields returns the full names of the fields that a predicate among fns reads,
// in functions that it calls too: what a task waits for until a function says so. Only
// writes of those are worth following. Callees resolves dynamic calls.
func WatchedFields(fns []*ssa.Function, set *model.Set, callees func(ssa.CallInstruction) ([]*ssa.Function, string)) map[string]bool {
	s := scan{set: set, callees: callees, fields: map[string]bool{}, seen: map[*ssa.Function]bool{}}
	for _, fn := range fns {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok {
					s.wait(call)
				}
			}
		}
	}
	return s.fields
}

type scan struct {
	set     *model.Set
	callees func(ssa.CallInstruction) ([]*ssa.Function, string)
	fields  map[string]bool
	seen    map[*ssa.Function]bool
}

// wait looks into the predicate of a call that waits until one holds.
func (s *scan) wait(site ssa.CallInstruction) {
	common := site.Common()
	contract, args := s.contract(common)
	if !contract.HasEffects() {
		return
	}
	for _, e := range contract.Effects {
		switch {
		case e.Kind != model.Waits:
		case e.Until.Base == model.Param && e.Until.Index < len(args):
			s.value(args[e.Until.Index])
		case s.onCond(common, e.X):
			s.loop(site)
		}
	}
}

// contract returns the contract of the function that a call names, and its arguments
// without the receiver.
func (s *scan) contract(common *ssa.CallCommon) (*model.Contract, []ssa.Value) {
	if common.IsInvoke() {
		return s.set.Func(common.Method), common.Args
	}
	fn := common.StaticCallee()
	if fn == nil {
		return nil, nil
	}
	declared := declaredFunc(fn)
	if declared == nil {
		return nil, nil
	}
	args := common.Args
	if declared.Signature().Recv() != nil && len(args) > 0 {
		args = args[1:]
	}
	return s.set.Func(declared), args
}

// onCond reports whether a contract's place is a condition variable.
func (s *scan) onCond(common *ssa.CallCommon, p model.Place) bool {
	if p.Base != model.Recv || common.IsInvoke() || len(common.Args) == 0 {
		return false
	}
	said := s.set.TypeOf(common.Args[0].Type())
	return said != nil && said.Cond
}

// loop looks at what the innermost loop around a wait reads. What it calls is looked into only
// where it is what waits until a predicate holds that it was handed: of anything else nothing says
// that the wait is for what it reads.
func (s *scan) loop(site ssa.CallInstruction) {
	calls := s.waitsUntil(site.Parent())
	for _, block := range loopAround(site) {
		s.block(block, calls)
	}
}

// waitsUntil reports whether directives say of a function, or of the one that its text stands in,
// that it waits until a predicate holds.
func (s *scan) waitsUntil(fn *ssa.Function) bool {
	contract := s.set.Func(declaredFunc(outermost(fn)))
	return contract.HasEffects() && slices.ContainsFunc(contract.Effects, func(e model.Effect) bool {
		return e.Kind == model.Waits && e.Until.Base != model.None
	})
}

// value looks into a function value.
func (s *scan) value(v ssa.Value) {
	switch v := v.(type) {
	case *ssa.Function:
		s.function(v)
	case *ssa.MakeClosure:
		s.function(v.Fn.(*ssa.Function))
	case *ssa.ChangeType:
		s.value(v.X)
	}
}

func (s *scan) function(fn *ssa.Function) {
	if s.seen[fn] {
		return
	}
	s.seen[fn] = true
	for _, block := range fn.Blocks {
		s.block(block, true)
	}
}

// block notes the fields that a block reads, and looks into what it calls if that is wanted.
func (s *scan) block(block *ssa.BasicBlock, calls bool) {
	for _, instr := range block.Instrs {
		switch instr := instr.(type) {
		case *ssa.FieldAddr, *ssa.Field, *ssa.IndexAddr, *ssa.Index, *ssa.Lookup, *ssa.Range:
			if name := watchedName(instr.(ssa.Value)); name != "" && isRead(instr.(ssa.Value)) {
				s.fields[name] = true
			}
		case ssa.CallInstruction:
			if calls {
				s.call(instr)
			}
		}
	}
}

func (s *scan) call(site ssa.CallInstruction) {
	if contract, _ := s.contract(site.Common()); contract.HasEffects() {
		return
	}
	if fn := site.Common().StaticCallee(); fn != nil {
		if !isAtomic(site.Common(), "") {
			s.function(fn)
		}
		return
	}
	if _, ok := site.Common().Value.(*ssa.Builtin); ok {
		return
	}
	fns, _ := s.callees(site)
	for _, fn := range fns {
		s.function(fn)
	}
}

// atomics is the package of atomic variables. What those are made of is nobody's to watch:
// what reads and writes them is a call of their methods.
const atomics = "sync/atomic"

// elementSuffix is appended to the name of a field for an element of what it holds.
const elementSuffix = "[]"

// watchedName returns the name of the field that v, the address or value of a field or of an
// element of one, is; "" for anything else.
func watchedName(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.FieldAddr:
		return model.FieldAt(v.X.Type(), v.Field)
	case *ssa.Field:
		return model.FieldAt(v.X.Type(), v.Field)
	case *ssa.IndexAddr:
		return elementOf(v.X)
	case *ssa.Index:
		return elementOf(v.X)
	case *ssa.Lookup:
		return elementOf(v.X)
	case *ssa.Range:
		return elementOf(v.X)
	}
	return ""
}

// isRead reports whether v is read: a field that is only written to is not, nor one of
// which only a field of its own is looked at.
func isRead(v ssa.Value) bool {
	addr, ok := v.(*ssa.FieldAddr)
	return !ok || slices.ContainsFunc(*addr.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.Store:
			return ref.Addr != addr
		case *ssa.FieldAddr, *ssa.DebugRef:
			return false
		}
		return true
	})
}

func elementOf(v ssa.Value) string {
	if load, ok := v.(*ssa.UnOp); ok {
		v = load.X
	}
	if name := watchedName(v); name != "" {
		return name + elementSuffix
	}
	return ""
}

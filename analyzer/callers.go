package analyzer

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/explore"
	"github.com/fencelint/fencelint/analyzer/model"
)

// callerLimit bounds how far up callers are asked.
const callerLimit = 4

// callers are who calls and starts the functions of a program. What is seen of a function
// by itself, where nothing is known of what it is handed, they may know better.
type callers struct {
	explorer *explore.Explorer
	of       map[*ssa.Function][]*ssa.Function
	// handed are functions that are more than called by name, and boxed the types of values
	// whose methods are, by way of an interface or a type parameter.
	handed map[*ssa.Function]bool
	boxed  map[*types.TypeName]bool
	runs   map[*ssa.Function]explore.Run
}

func newCallers(prog *ssa.Program, fns []*ssa.Function, explorer *explore.Explorer) *callers {
	c := &callers{
		explorer: explorer,
		of:       map[*ssa.Function][]*ssa.Function{},
		handed:   map[*ssa.Function]bool{}, boxed: map[*types.TypeName]bool{},
		runs: map[*ssa.Function]explore.Run{},
	}
	for _, fn := range fns {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				c.note(prog, fn, instr)
			}
		}
	}
	return c
}

// note notes the functions that an instruction has to do with.
func (c *callers) note(prog *ssa.Program, in *ssa.Function, instr ssa.Instruction) {
	if box, ok := instr.(*ssa.MakeInterface); ok {
		c.box(box.X.Type())
	}
	for _, operand := range instr.Operands(nil) {
		fn, ok := (*operand).(*ssa.Function)
		if !ok {
			continue
		}
		for _, arg := range fn.TypeArgs() {
			c.box(arg) // its methods are called by those of the type parameter
		}
		if onlyCalls(instr, fn) {
			if !slices.Contains(c.of[fn], in) {
				c.of[fn] = append(c.of[fn], in)
			}
			continue
		}
		c.handed[fn] = true
		if method, ok := fn.Object().(*types.Func); ok && fn.Synthetic != "" {
			c.handed[prog.FuncValue(method)] = true
		}
	}
}

// box notes that methods of a type, and of what it embeds, are called where that does not show.
func (c *callers) box(t types.Type) {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if named := model.NamedOf(t); named != nil {
		if c.boxed[named.Obj()] {
			return
		}
		c.boxed[named.Obj()] = true
	}
	if st, ok := t.Underlying().(*types.Struct); ok {
		for field := range st.Fields() {
			if field.Embedded() {
				c.box(field.Type())
			}
		}
	}
}

// onlyCalls reports whether an instruction does nothing with a function but call or start
// it, or makes a literal of it with which nothing else is done.
func onlyCalls(instr ssa.Instruction, fn *ssa.Function) bool {
	calls := func(instr ssa.Instruction, what ssa.Value) bool {
		call, ok := instr.(ssa.CallInstruction)
		return ok && call.Common().Value == what && !slices.Contains(call.Common().Args, what)
	}
	closure, ok := instr.(*ssa.MakeClosure)
	if !ok {
		return calls(instr, fn)
	}
	return !slices.ContainsFunc(*closure.Referrers(), func(ref ssa.Instruction) bool {
		_, debug := ref.(*ssa.DebugRef)
		return !debug && !calls(ref, closure)
	})
}

// all returns who calls or starts a function, if they are all in sight.
func (c *callers) all(fn *ssa.Function) ([]*ssa.Function, bool) {
	declared := fn.Object()
	switch {
	case c.handed[fn] || fn.Origin() != nil || fn.TypeParams().Len() > 0:
		return nil, false
	case declared != nil && declared.Exported() && declared.Pkg().Name() != "main":
		return nil, false
	}
	if recv := fn.Signature.Recv(); recv != nil {
		if named := model.NamedOf(recv.Type()); named == nil || c.boxed[named.Obj()] {
			return nil, false
		}
	}
	return c.of[fn], len(c.of[fn]) > 0
}

// deny reports whether running those who call a function never shows something: each of
// them, or each of those who call it, can be run whole and has the function return, each time.
func (c *callers) deny(fn *ssa.Function, shows func(explore.Run) bool) bool {
	return c.denied([]*ssa.Function{fn}, shows)
}

// denied is deny for a function that is called by the last of a way.
func (c *callers) denied(way []*ssa.Function, shows func(explore.Run) bool) bool {
	all, ok := c.all(way[len(way)-1])
	if !ok || len(way) > callerLimit {
		return false
	}
	return !slices.ContainsFunc(all, func(caller *ssa.Function) bool {
		ran := c.run(caller)
		passed := !slices.ContainsFunc(way, func(fn *ssa.Function) bool { return !ran.Returned[fn] || ran.Skipped[fn] })
		return !(ran.Whole && passed && !shows(ran)) && !c.denied(append(slices.Clip(way), caller), shows)
	})
}

func (c *callers) run(fn *ssa.Function) explore.Run {
	ran, known := c.runs[fn]
	if !known {
		ran = c.explorer.Within(fn)
		c.runs[fn] = ran
	}
	return ran
}

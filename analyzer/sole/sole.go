// Package sole finds what one goroutine has to itself: methods that run once for each
// object, and types each object of which is made for one other.
package sole

import (
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/capture"
)

// Program is a program all of whose callers are in sight.
type Program struct {
	Funcs   []*ssa.Function
	Callees func(ssa.CallInstruction) (fns []*ssa.Function, unresolved string)
	Bodies  func(*ssa.Function) []*ssa.Function // those that run when a function is called
	Key     func(*ssa.Function) string
}

// Sole is what one goroutine has to itself.
type Sole struct {
	// Runs are the methods that are started once at most for each object, by a go statement
	// of who has just made it, and called by nobody else: the type of that object, by key.
	Runs map[string]string
	// Owner is, for a type, the one in a field of which each of its objects is put, once,
	// where it is made. None is put into a list, a map or a variable of a package anywhere,
	// nor sent: who comes by it has it from its owner.
	Owner map[string]string
}

// Find finds what one goroutine has to itself.
func Find(p Program) Sole {
	f := &finder{
		Program: p, calls: map[string][]ssa.CallInstruction{}, taken: map[string]bool{},
		made: map[string][]*ssa.Alloc{}, owners: map[string]string{}, spread: map[string]bool{},
		kept: map[string][]string{}, names: map[types.Type]string{},
	}
	for _, fn := range p.Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				f.note(instr)
			}
		}
	}
	for name := range f.made {
		if owner := f.owner(name); owner != "" {
			f.owners[name] = owner
		}
	}
	runs := f.runs()
	maps.DeleteFunc(f.owners, func(name, owner string) bool {
		return f.spread[name] || slices.ContainsFunc(f.kept[name], func(in string) bool { return in != owner })
	})
	return Sole{Runs: runs, Owner: f.owners}
}

type finder struct {
	Program
	calls  map[string][]ssa.CallInstruction // calls and starts of a function by its name
	taken  map[string]bool                  // functions that are used otherwise
	starts []*ssa.Go
	made   map[string][]*ssa.Alloc // where objects of a type are made
	owners map[string]string
	spread map[string]bool     // types of which objects are in lists, maps and the like, or parts of others
	kept   map[string][]string // by type, the types in fields of which its objects are put

	names    map[types.Type]string // asked for so far
	operands []*ssa.Value          // room for those of one instruction
}

// note notes who calls, starts and makes what.
func (f *finder) note(instr ssa.Instruction) {
	f.spreads(instr)
	var called *ssa.Value
	switch instr := instr.(type) {
	case ssa.CallInstruction:
		common := instr.Common()
		if callee := common.StaticCallee(); callee != nil {
			called = &common.Value
			key := f.Key(callee)
			f.calls[key] = append(f.calls[key], instr)
		} else if targets, _ := f.Callees(instr); len(targets) > 0 {
			for _, t := range targets {
				f.take(t)
			}
		}
		if start, ok := instr.(*ssa.Go); ok {
			f.starts = append(f.starts, start)
		}
	case *ssa.Alloc:
		if name := f.nameOf(instr.Type()); name != "" {
			f.made[name] = append(f.made[name], instr)
		}
	}
	f.operands = instr.Operands(f.operands[:0])
	for _, operand := range f.operands {
		switch v := (*operand).(type) {
		case *ssa.Global:
			f.spread[f.nameOf(v.Type())] = true
		case *ssa.Function:
			if operand != called && !isLiteral(instr, v) {
				f.take(v)
			}
		}
	}
}

// take notes that a function is used other than by its name.
func (f *finder) take(fn *ssa.Function) {
	for _, body := range f.Bodies(fn) {
		f.taken[f.Key(body)] = true
	}
}

// isLiteral reports whether an instruction only makes the closure of a literal.
func isLiteral(instr ssa.Instruction, fn *ssa.Function) bool {
	_, ok := instr.(*ssa.MakeClosure)
	return ok && fn.Parent() != nil
}

// nameOf is nameOf, which it calls once for each type.
func (f *finder) nameOf(t types.Type) string {
	name, known := f.names[t]
	if !known {
		name = nameOf(t)
		f.names[t] = name
	}
	return name
}

// nameOf returns the full name of the struct type that a pointer leads to, "" if it leads
// to none.
func nameOf(t types.Type) string {
	pointer, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return ""
	}
	named, ok := types.Unalias(pointer.Elem()).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	if _, ok := named.Underlying().(*types.Struct); !ok {
		return ""
	}
	return named.Obj().Pkg().Path() + "." + named.Obj().Name()
}

// runs returns the methods that are started once for each object.
func (f *finder) runs() map[string]string {
	type start struct {
		at   *ssa.Go
		call ssa.CallInstruction
	}
	starts := map[string][]start{}
	for _, g := range f.starts {
		fn := g.Call.StaticCallee()
		switch {
		case fn == nil:
		case fn.Signature.Recv() != nil:
			starts[f.Key(fn)] = append(starts[f.Key(fn)], start{g, g})
		case onlyStarted(g):
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					if call, ok := instr.(*ssa.Call); ok && !again(b, nil) && isMethod(call.Call.StaticCallee()) {
						key := f.Key(call.Call.StaticCallee())
						starts[key] = append(starts[key], start{g, call})
					}
				}
			}
		}
	}
	runs := map[string]string{}
	for key, all := range starts {
		if f.taken[key] || len(all) != len(f.calls[key]) {
			continue
		}
		in := map[*ssa.Function]bool{}
		other := func(s start) bool {
			by := s.at.Parent()
			made := f.creation(s.call.Common().Args[0], 0)
			if made == nil || made.Parent() != by || in[by] || again(s.at.Block(), made.Block()) {
				return true
			}
			in[by] = true
			return false
		}
		if name := nameOf(all[0].call.Common().Args[0].Type()); name != "" && !slices.ContainsFunc(all, other) {
			runs[key] = name
		}
	}
	return runs
}

// onlyStarted reports whether what a go statement starts is a literal that stands in it.
func onlyStarted(g *ssa.Go) bool {
	closure, ok := g.Call.Value.(*ssa.MakeClosure)
	return ok && len(*closure.Referrers()) == 1 && closure.Fn.(*ssa.Function).Parent() == g.Parent()
}

func isMethod(fn *ssa.Function) bool { return fn != nil && fn.Signature.Recv() != nil }

// again reports whether control flows from a block back to it, not through another one.
func again(b, avoid *ssa.BasicBlock) bool {
	if b == avoid {
		return false
	}
	seen := map[*ssa.BasicBlock]bool{}
	for todo := slices.Clone(b.Succs); len(todo) > 0; todo = todo[1:] {
		switch next := todo[0]; {
		case next == b:
			return true
		case next != avoid && !seen[next]:
			seen[next] = true
			todo = append(todo, next.Succs...)
		}
	}
	return false
}

// depthLimit bounds how far what makes an object is looked for.
const depthLimit = 6

// creation returns the instruction of the function that v is in, or of the one around it,
// that makes a new object each time, to which v leads; nil if it is not known to.
func (f *finder) creation(v ssa.Value, depth int) ssa.Instruction {
	if depth > depthLimit {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Alloc:
		return v
	case *ssa.MakeInterface:
		return f.creation(v.X, depth+1)
	case *ssa.Call:
		if f.makes(v, 0, depth) {
			return v
		}
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok && f.makes(call, v.Index, depth) {
			return call
		}
	case *ssa.UnOp:
		switch addr := v.X.(type) {
		case *ssa.Alloc, *ssa.FreeVar:
			if set := setOnce(addr); set != nil {
				return f.creation(set, depth+1)
			}
		case *ssa.FieldAddr:
			// What was made for a new object is as new.
			if f.owners[nameOf(v.Type())] == nameOf(addr.X.Type()) && nameOf(addr.X.Type()) != "" {
				return f.creation(inside(addr), depth+1)
			}
		}
	}
	return nil
}

// inside returns what a field is a part of: the outermost struct.
func inside(addr *ssa.FieldAddr) ssa.Value {
	for {
		outer, ok := addr.X.(*ssa.FieldAddr)
		if !ok {
			return addr.X
		}
		addr = outer
	}
}

// setOnce returns what a variable is set to, nil if it is not set exactly once.
func setOnce(addr ssa.Value) ssa.Value {
	if free, ok := addr.(*ssa.FreeVar); ok {
		origin := capture.Origin(free)
		if origin == nil {
			return nil
		}
		addr = origin
	}
	stores := capture.Stores(addr)
	if len(stores) != 1 || !capture.Named(addr) {
		return nil
	}
	return stores[0].Val
}

// makes reports whether every function that a call may reach makes what it returns as its
// i-th result.
func (f *finder) makes(call *ssa.Call, i, depth int) bool {
	targets := []*ssa.Function{call.Call.StaticCallee()}
	if targets[0] == nil {
		var open string
		if targets, open = f.Callees(call); len(targets) == 0 || open != "" {
			return false
		}
	}
	return !slices.ContainsFunc(targets, func(fn *ssa.Function) bool {
		made := false
		for _, b := range fn.Blocks {
			ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
			if !ok {
				continue
			}
			if c, ok := ret.Results[i].(*ssa.Const); ok && c.IsNil() {
				continue
			}
			if f.creation(ret.Results[i], depth+1) == nil {
				return true
			}
			made = true
		}
		return !made
	})
}

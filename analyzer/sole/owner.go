package sole

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/capture"
)

// owner returns the type in a field of which each object of a type is put where it is made,
// "" if there is no such type.
func (f *finder) owner(name string) string {
	owner := ""
	for _, alloc := range f.made[name] {
		in := f.put(alloc, alloc, 0)
		if in == "" || owner != "" && owner != in {
			return ""
		}
		owner = in
	}
	return owner
}

// put returns the type in a field of which what an instruction makes is put, "" if it is
// put elsewhere, or not once each time.
func (f *finder) put(v ssa.Value, made ssa.Instruction, depth int) string {
	if depth > depthLimit {
		return ""
	}
	u := &uses{}
	if !u.follow(v) {
		return ""
	}
	switch {
	case len(u.stores) == 1 && !u.returned:
		store := u.stores[0]
		if store.Parent() != made.Parent() || again(store.Block(), made.Block()) {
			return ""
		}
		return nameOf(store.Addr.(*ssa.FieldAddr).X.Type())
	case len(u.stores) == 0 && u.returned:
		fn := made.Parent()
		key := f.Key(fn)
		if f.taken[key] || fn.Signature.Results().Len() != 1 {
			return ""
		}
		owner := ""
		for _, site := range f.calls[key] {
			call, ok := site.(*ssa.Call)
			if !ok {
				return ""
			}
			in := f.put(call, call, depth+1)
			if in == "" || owner != "" && owner != in {
				return ""
			}
			owner = in
		}
		return owner
	}
	return ""
}

// spreads notes what is put where others find it who have nothing else to do with it.
func (f *finder) spreads(instr ssa.Instruction) {
	var v ssa.Value
	switch instr := instr.(type) {
	case *ssa.Send:
		v = instr.X
	case *ssa.MapUpdate:
		v = instr.Value
	case *ssa.Store:
		switch addr := instr.Addr.(type) {
		case *ssa.IndexAddr, *ssa.Global:
			v = instr.Val
		case *ssa.FieldAddr:
			name := f.nameOf(unboxed(instr.Val).Type())
			f.kept[name] = append(f.kept[name], f.nameOf(addr.X.Type()))
		}
	case *ssa.FieldAddr, *ssa.IndexAddr:
		f.spread[f.nameOf(instr.(ssa.Value).Type())] = true // a part of something else
	case *ssa.Select:
		for _, s := range instr.States {
			if s.Send != nil {
				f.spread[f.nameOf(s.Send.Type())] = true
			}
		}
	}
	if v != nil {
		f.spread[f.nameOf(unboxed(v).Type())] = true
	}
}

// unboxed returns what an interface value is made of, or the value.
func unboxed(v ssa.Value) ssa.Value {
	if boxed, ok := v.(*ssa.MakeInterface); ok {
		return boxed.X
	}
	return v
}

// uses is where a value is put.
type uses struct {
	stores   []*ssa.Store // into fields
	returned bool
	seen     []ssa.Value
}

// follow looks at what is done with a value, and reports whether it is nothing by which
// others come by it out of sight. What functions do that it is handed to is not looked at.
func (u *uses) follow(v ssa.Value) bool {
	if slices.Contains(u.seen, v) || v.Referrers() == nil {
		return true
	}
	u.seen = append(u.seen, v)
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Val != v {
				continue
			}
			switch addr := ref.Addr.(type) {
			case *ssa.FieldAddr:
				u.stores = append(u.stores, ref)
			case *ssa.Alloc:
				if setOnce(addr) != v || !u.loads(addr) {
					return false
				}
			default:
				return false
			}
		case *ssa.MakeInterface:
			if !u.follow(ref) {
				return false
			}
		case *ssa.Return:
			u.returned = true
		case *ssa.Phi, *ssa.Send, *ssa.MapUpdate, *ssa.Select:
			return false
		}
	}
	return true
}

// loads follows what a variable holds, in its function and in the literals that have
// captured it.
func (u *uses) loads(addr ssa.Value) bool {
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp:
			if !u.follow(ref) {
				return false
			}
		case *ssa.MakeClosure:
			for i, free := range ref.Fn.(*ssa.Function).FreeVars {
				if ref.Bindings[i] == addr && capture.Named(free) && !u.loads(free) {
					return false
				}
			}
		}
	}
	return true
}

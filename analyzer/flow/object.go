package flow

import (
	"go/types"
	"slices"

	"github.com/fencelint/fencelint/analyzer/capture"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
	"golang.org/x/tools/go/ssa"
)

// object is what an operation touches, with the place it was reached by.
type object struct {
	summary.Object
	place place
}

// same reports whether o and p are certainly one object.
func (o object) same(p object) bool {
	return o.Instance != "" && o.Instance == p.Instance && o.Class.Kind == p.Class.Kind
}

// mayBe reports whether o and p could be one object: they are not if both were made
// here, came in as different parameters, or are in different fields of one struct.
func (o object) mayBe(p object) bool {
	if o.same(p) {
		return true
	}
	if o.Class.Kind != p.Class.Kind || o.Class.Name != p.Class.Name && !o.Open && !p.Open {
		return false
	}
	return !(distinct(o.place) && distinct(p.place) && (o.place.base != p.place.base || apart(o.place, p.place)))
}

// apart reports whether two places of one base are in different fields of one struct, and
// no pointer leads from there to them.
func apart(p, q place) bool {
	n := 0
	for n < len(p.steps) && n < len(q.steps) && keyOf(p.steps[n]) == keyOf(q.steps[n]) && p.steps[n].field == q.steps[n].field {
		n++
	}
	inside := func(steps []step) bool {
		return len(steps) > 0 && !slices.ContainsFunc(steps, func(s step) bool { return s.field == nil || pointerLike(s.field.Type()) })
	}
	return inside(p.steps[n:]) && inside(q.steps[n:])
}

// distinct reports whether a place is its base, and the base nothing else's alias.
func distinct(p place) bool {
	switch p.base.(type) {
	case *ssa.Parameter, *ssa.FreeVar, *ssa.Alloc, *ssa.Global, *ssa.MakeChan:
		for _, s := range p.steps {
			if s.at != nil {
				return false
			}
		}
		return true
	}
	return false
}

// object returns the object at v. The kind is what the operation makes of it where
// its type does not say.
func (a *analysis) object(v ssa.Value, kind summary.ClassKind) object {
	return a.objectAt(a.place(v), kind)
}

func (a *analysis) objectAt(p place, kind summary.ClassKind) object {
	if !p.known() {
		return object{Object: summary.Object{Param: -1, Class: summary.Class{Kind: kind}}}
	}
	o := object{place: p}
	o.Class.Kind = a.kindAt(p, kind)
	o.Class.Type = typeName(a.lockIn(p.typ))
	if o.Class.Kind == summary.Fence {
		// However deep the fence is embedded in it, it is the one object.
		o.Class.Name, o.place, o.Open = a.fence(p)
		p = o.place
	}
	o.Param = a.paramIndex(p.base)
	o.Path = p.path()
	o.Instance = p.instance()
	if o.Class.Kind == summary.Fence {
		o.Open = o.Open && o.Param >= 0
		return o
	}
	name, own := a.ownerName(p)
	if own {
		o.Args, o.In = a.ownerArgs(p), a.ownerIn(p)
	} else {
		o.Open = o.Param >= 0 && !slices.ContainsFunc(p.steps, func(s step) bool { return !a.inLock(s) && (s.field != nil || s.index != "") })
		name = a.baseName(p)
		if _, param := p.base.(*ssa.Parameter); param && o.Open {
			name = a.wrapperName(p.base.Type(), name)
		}
	}
	o.Class.Name = name
	return o
}

// kindAt returns the kind of class of what is at p: what was said of its field, its
// type, or what the operation makes of it.
func (a *analysis) kindAt(p place, kind summary.ClassKind) summary.ClassKind {
	if n := len(p.steps); n > 0 && p.steps[n-1].owner != nil {
		s := p.steps[n-1]
		if said := kindSaid(a.env.Model.FieldType(s.owner, s.field)); said != summary.NoClass {
			return said
		}
	}
	if said := kindSaid(a.env.Model.TypeOf(a.lockIn(p.typ))); said != summary.NoClass {
		return said
	}
	if _, ok := deref(p.typ).Underlying().(*types.Chan); ok {
		return summary.Channel
	}
	if kind == summary.NoClass && a.embedsFence(p.typ) {
		return summary.Fence
	}
	return kind
}

func kindSaid(said *model.Type) summary.ClassKind {
	switch {
	case said == nil:
	case said.Fence:
		return summary.Fence
	case said.WaitQueue:
		return summary.WaitQueue
	case said.WorkQueue:
		return summary.WorkQueue
	case said.Pool:
		return summary.Pool
	case said.WaitGroup:
		return summary.WaitGroup
	case said.Cond:
		return summary.Cond
	case said.Lock:
		return summary.Lock
	}
	return summary.NoClass
}

// embedsFence reports whether values of a struct type are fences because they embed
// one.
func (a *analysis) embedsFence(t types.Type) bool {
	field := embedded(t, func(t types.Type) bool {
		return kindSaid(a.env.Model.TypeOf(t)) == summary.Fence || a.embedsFence(t)
	})
	return field >= 0
}

// embedded returns the index of the first embedded field of a struct whose type
// passes the test, -1 if there is none.
func embedded(t types.Type, test func(types.Type) bool) int {
	st, ok := deref(t).Underlying().(*types.Struct)
	if !ok {
		return -1
	}
	for i := range st.NumFields() {
		if field := st.Field(i); field.Embedded() && test(field.Type()) {
			return i
		}
	}
	return -1
}

func typeName(t types.Type) string {
	if named := model.NamedOf(t); named != nil {
		return model.TypeName(named)
	}
	return ""
}

// ownerName returns the name of the field that owns the object at p: the last field
// of a named struct, elements left out, and the inside of what is nothing but a lock. It
// reports false if there is none.
func (a *analysis) ownerName(p place) (string, bool) {
	tail := ""
	for i := len(p.steps) - 1; i >= 0; i-- {
		s := p.steps[i]
		switch {
		case s.field == nil, a.inLock(s):
		case s.owner != nil:
			return model.FieldName(s.owner, s.field) + tail, true
		default:
			tail = "." + s.field.Name() + tail
		}
	}
	return tail, false
}

// ownerArgs returns the type arguments of the type whose field owns the object at p.
func (a *analysis) ownerArgs(p place) summary.TypeArgs {
	for _, s := range slices.Backward(p.steps) {
		if s.field != nil && !a.inLock(s) && s.owner != nil {
			return a.typeArgs(slices.Collect(s.owner.TypeArgs().Types()))
		}
	}
	return ""
}

// ownerIn is the field that has in itself what the field is in that owns the object at p, "" if
// that is not known.
func (a *analysis) ownerIn(p place) string {
	for i, s := range slices.Backward(p.steps) {
		switch {
		case s.field == nil || pointerLike(s.field.Type()):
			return "" // what a pointer leads to may be elsewhere as well
		case a.inLock(s) || s.owner == nil:
			continue
		}
		if i > 0 {
			if in := p.steps[i-1]; in.field != nil && in.owner != nil && in.at == nil && isStruct(in.field.Type()) {
				return model.FieldName(in.owner, in.field)
			}
		}
		break
	}
	return ""
}

func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// baseName names an object that no field owns by where it comes from: a package
// variable, the field it is stored in, the variable or expression that made it.
func (a *analysis) baseName(p place) string {
	tail, _ := a.ownerName(p)
	base := p.base
	if free, ok := base.(*ssa.FreeVar); ok && free.Parent() == a.fn {
		if binding := capture.Binding(free); binding != nil {
			outer := a.place(binding)
			if name, own := a.ownerName(outer); own {
				return name
			}
			if outer.known() && outer.base != base {
				base = outer.base
			}
		}
	}
	switch v := base.(type) {
	case *ssa.Global:
		if pkg := v.Package(); pkg != nil {
			return pkg.Pkg.Path() + "." + v.Name() + tail
		}
	case *ssa.Call:
		if name, own := a.homeOf(base, maxHeld); own {
			return name
		}
		if common := v.Common(); common.IsInvoke() {
			return model.FuncName(common.Method) + "()" + tail
		} else if fn := common.StaticCallee(); fn != nil {
			return a.key(fn) + "()" + tail
		}
	case *ssa.Alloc, *ssa.MakeChan:
		if name, own := a.homeOf(base, maxHeld); own {
			return name
		}
	}
	return a.localName(base) + tail
}

// homeOf returns the field or package variable that what was made here is stored in.
func (a *analysis) homeOf(v ssa.Value, depth int) (string, bool) {
	if depth == 0 {
		return "", false
	}
	for _, ref := range *v.Referrers() {
		store, ok := ref.(*ssa.Store)
		if !ok || store.Val != v {
			continue
		}
		switch addr := store.Addr.(type) {
		case *ssa.FieldAddr:
			if name, own := a.ownerName(a.rawField(addr)); own {
				return name, true
			}
		case *ssa.Global:
			if pkg := addr.Package(); pkg != nil {
				return pkg.Pkg.Path() + "." + addr.Name(), true
			}
		case *ssa.Alloc:
			// A variable that literals capture: its own homes are its value's.
			for _, load := range *addr.Referrers() {
				if load, ok := load.(*ssa.UnOp); ok && load.X == addr && len(capture.Stores(addr)) == 1 {
					if name, own := a.homeOf(load, depth-1); own {
						return name, true
					}
				}
			}
		}
	}
	return "", false
}

// rawField is the place of a field address, without looking at what was stored.
func (a *analysis) rawField(addr *ssa.FieldAddr) place {
	st, ok := deref(addr.X.Type()).Underlying().(*types.Struct)
	if !ok {
		return place{}
	}
	field := st.Field(addr.Field)
	return place{base: addr.X}.step(step{owner: a.declarer(addr.X.Type()), field: field}, field.Type())
}

// localName names what a function made by the variable it is in.
func (a *analysis) localName(v ssa.Value) string {
	name := v.Name()
	switch v := v.(type) {
	case *ssa.Alloc:
		name = a.variableName(v, v.Comment)
	case *ssa.MakeChan:
		name = a.variableName(v, "chan")
	}
	fn := v.Parent()
	if fn == nil {
		return name
	}
	return functionName(fn) + ":" + name
}

func (a *analysis) variableName(v ssa.Value, otherwise string) string {
	syntax := a.syntax
	if v.Parent() != a.fn {
		syntax = syntaxOf(v.Parent().Syntax())
	}
	if name := syntax.called(v.Pos()); name != "" {
		return name
	}
	if otherwise == "" {
		return v.Name()
	}
	return otherwise
}

// functionName is the full name of a function in the name of a class.
func functionName(fn *ssa.Function) string {
	if pkg := packageOf(fn); pkg != nil {
		return pkg.Path() + "." + display(fn)
	}
	return display(fn)
}

// fence returns the class of the fence at p and the place of the value that is the
// fence: the field marked as one, or the outermost value that embeds it. It is open
// if what the function was given is itself the fence, which its caller may know as
// part of something larger.
func (a *analysis) fence(p place) (name string, whole place, open bool) {
	name = typeName(p.typ)
	for i := len(p.steps) - 1; i >= 0; i-- {
		s := p.steps[i]
		if s.field == nil && s.index == "" {
			continue // the version of a variable
		}
		if s.field == nil || s.owner == nil {
			return name, p, false
		}
		if said := a.env.Model.FieldType(s.owner, s.field); said != nil && said.Fence {
			return said.Name, p, false
		}
		if !s.field.Embedded() {
			return name, p, false
		}
		name = model.TypeName(s.owner)
		p = place{base: p.base, steps: p.steps[:i], typ: s.owner}
	}
	return name, p, true
}

package flow

import (
	"go/token"
	"go/types"
	"iter"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/capture"
	"golang.org/x/tools/go/ssa"
)

// place is an access path: where a value was got from. Pointers are not told apart
// from what they point to, nor interfaces from what they hold: x.mu is the same
// place whether mu is a mutex or a pointer to one.
type place struct {
	base  ssa.Value // nil when nothing is known
	steps []step
	typ   types.Type // the most precise type known of the value
}

// step is one field or element of an access path.
type step struct {
	owner *types.Named // of the field; nil for an element, and in an unnamed struct
	field *types.Var   // nil for an element
	index string       // of an element: a constant or a register
	// at is the load or lookup that made the value what it is now, where another one
	// would give another: an element, a field that the function stores to.
	at ssa.Value
}

// fieldKey names a field, instances of a generic struct joined.
type fieldKey struct {
	owner *types.TypeName // of the generic origin
	field string
}

// maxSteps bounds how far a place is from its base. A function that calls itself on a part
// of what it was given names places without end otherwise.
const maxSteps = 12

func (p place) step(s step, typ types.Type) place {
	if len(p.steps) >= maxSteps {
		return place{}
	}
	return place{base: p.base, steps: append(slices.Clip(p.steps), s), typ: typ}
}

func (p place) known() bool { return p.base != nil }

// values iterates over the values whose redefinition makes the place another one.
func (p place) dependsOn(v ssa.Value) bool {
	if p.base == v {
		return true
	}
	for _, s := range p.steps {
		if s.at == v {
			return true
		}
	}
	return false
}

// instance returns the canonical spelling of the place: equal for equal places.
func (p place) instance() string {
	if p.base == nil {
		return ""
	}
	if global, ok := p.base.(*ssa.Global); ok {
		return p.spell("." + global.String())
	}
	return p.spell(p.base.Name())
}

func (p place) spell(base string) string {
	var b strings.Builder
	b.WriteString(base)
	for _, s := range p.steps {
		switch {
		case s.field != nil:
			b.WriteByte('.')
			b.WriteString(s.field.Name())
		case s.index != "":
			b.WriteString("[" + s.index + "]")
		}
		if s.at != nil && s.index == "" {
			b.WriteString("@" + s.at.Name())
		}
	}
	return b.String()
}

// path returns the dotted fields of the place, "[]" standing for an element.
func (p place) path() string {
	var parts []string
	for _, s := range p.steps {
		switch {
		case s.field != nil:
			parts = append(parts, s.field.Name())
		case s.index != "":
			parts = append(parts, "[]")
		}
	}
	return strings.Join(parts, ".")
}

// container returns the place of the list or map that the place is an element of, or
// part of one.
func (p place) container() (place, bool) {
	for i, s := range p.steps {
		if s.index != "" {
			return place{base: p.base, steps: p.steps[:i]}, true
		}
	}
	return place{}, false
}

// within reports whether p is q or leads to it: q is reached from p by steps.
func (p place) within(q place) bool {
	return p.base == q.base && len(p.steps) <= len(q.steps) &&
		slices.EqualFunc(p.steps, q.steps[:len(p.steps)], func(a, b step) bool {
			return a.field == b.field && a.index == b.index && a.at == b.at
		})
}

func deref(t types.Type) types.Type {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		return ptr.Elem()
	}
	return t
}

// place returns the access path of v.
func (a *analysis) place(v ssa.Value) place {
	switch v.(type) { // there is nothing to be found, nor kept
	case *ssa.Const:
		return place{typ: v.Type()}
	case *ssa.Parameter, *ssa.Global, *ssa.BinOp, *ssa.Function, *ssa.Builtin:
		return place{base: v, typ: v.Type()}
	}
	if p, ok := a.places[v]; ok {
		return p
	}
	// A cycle through phis or variables ends at the value itself.
	a.places[v] = place{base: v, typ: v.Type()}
	p := a.find(v)
	if p.typ == nil {
		p.typ = v.Type()
	}
	a.places[v] = p
	return p
}

func (a *analysis) find(v ssa.Value) place {
	self := place{base: v, typ: v.Type()}
	switch v := v.(type) {
	case *ssa.FieldAddr:
		return a.field(a.place(v.X), deref(v.X.Type()), v.Field)
	case *ssa.Field:
		return a.field(a.place(v.X), v.X.Type(), v.Field)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return a.load(v)
		}
		return self
	case *ssa.IndexAddr:
		return a.place(v.X).step(element(v.Index, v), v.Type())
	case *ssa.Index:
		return a.place(v.X).step(element(v.Index, v), v.Type())
	case *ssa.Lookup:
		return a.place(v.X).step(element(v.Index, v), v.Type())
	case *ssa.Extract:
		return a.extract(v)
	case *ssa.Call:
		if p := a.accessor(v); p.known() {
			return p
		}
	case *ssa.MakeInterface:
		return a.place(v.X)
	case *ssa.ChangeInterface:
		return a.place(v.X)
	case *ssa.ChangeType:
		return a.retype(v.X, v.Type())
	case *ssa.Convert:
		return a.retype(v.X, v.Type())
	case *ssa.Slice:
		return a.place(v.X)
	case *ssa.SliceToArrayPointer:
		return a.place(v.X)
	case *ssa.TypeAssert:
		if v.CommaOk {
			return self
		}
		return a.retype(v.X, v.AssertedType)
	case *ssa.Phi:
		return a.phi(v)
	case *ssa.Alloc:
		// A pointer variable that is set once is what it is set to.
		if pointerLike(deref(v.Type())) {
			if stores := capture.Stores(v); len(stores) == 1 && stores[0].Parent() == v.Parent() {
				return a.place(stores[0].Val)
			}
		}
	case *ssa.FreeVar:
		if v.Parent() != a.fn {
			if binding := capture.Binding(v); binding != nil {
				return a.place(binding)
			}
		}
	}
	return self
}

func (a *analysis) retype(v ssa.Value, t types.Type) place {
	p := a.place(v)
	if !types.IsInterface(t) {
		p.typ = t
	}
	return p
}

func (a *analysis) extract(v *ssa.Extract) place {
	switch tuple := v.Tuple.(type) {
	case *ssa.TypeAssert:
		if v.Index == 0 {
			return a.retype(tuple.X, tuple.AssertedType)
		}
	case *ssa.Lookup:
		if v.Index == 0 {
			return a.place(tuple.X).step(element(tuple.Index, tuple), v.Type())
		}
	}
	return place{base: v, typ: v.Type()}
}

// phi returns the place that all edges agree on, or the phi itself.
func (a *analysis) phi(v *ssa.Phi) place {
	self := place{base: v, typ: v.Type()}
	var common place
	for _, edge := range v.Edges {
		if c, ok := edge.(*ssa.Const); ok && c.IsNil() {
			continue
		}
		p := a.place(edge)
		if p.base == v && len(p.steps) == 0 {
			continue
		}
		if !common.known() {
			common = p
		} else if common.base != p.base || common.instance() != p.instance() {
			return self
		}
	}
	if !common.known() || common.dependsOn(v) {
		return self
	}
	return common
}

func element(index ssa.Value, at ssa.Value) step {
	if c, ok := index.(*ssa.Const); ok && c.Value != nil {
		return step{index: c.Value.ExactString(), at: at}
	}
	return step{index: index.Name(), at: at}
}

// field returns the place of a field of p. A field of a struct made here that was
// set once is what it was set to.
func (a *analysis) field(p place, structType types.Type, index int) place {
	st, ok := structType.Underlying().(*types.Struct)
	if !ok || index >= st.NumFields() {
		return place{}
	}
	field := st.Field(index)
	if alloc, ok := p.base.(*ssa.Alloc); ok && len(p.steps) == 0 && pointerLike(field.Type()) {
		if v := onlyStore(alloc, index); v != nil {
			return a.place(v)
		}
		if v := wholeStore(alloc, index); v != nil {
			return a.field(a.place(v), structType, index)
		}
	}
	return p.step(step{owner: a.declarer(structType), field: field}, field.Type())
}

// fieldByName returns the place of a field of p by its name, through embedded
// fields if need be; not known if there is none.
func (a *analysis) fieldByName(p place, name string) place {
	if !p.known() {
		return place{}
	}
	if name == "[]" {
		return p.step(step{index: name}, elementType(p.typ))
	}
	if _, captured := deref(p.typ).Underlying().(*types.Pointer); captured {
		p.typ = deref(p.typ)
	}
	indices := a.env.Keys.field(deref(p.typ), name)
	if indices == nil {
		return place{}
	}
	for _, index := range indices {
		p = a.field(p, deref(p.typ), index)
	}
	return p
}

func elementType(t types.Type) types.Type {
	switch t := deref(t).Underlying().(type) {
	case *types.Slice:
		return t.Elem()
	case *types.Array:
		return t.Elem()
	case *types.Map:
		return t.Elem()
	}
	return t
}

func pointerLike(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Chan:
		return true
	}
	return false
}

// wholeStore returns what the struct variable alloc is set to as a whole, if that
// happens once and its field is not set by itself.
func wholeStore(alloc *ssa.Alloc, index int) ssa.Value {
	stores := capture.Stores(alloc)
	if len(stores) != 1 || stores[0].Parent() != alloc.Parent() {
		return nil
	}
	for range fieldStores(alloc, index) {
		return nil
	}
	if _, ok := stores[0].Val.(*ssa.Const); ok {
		return nil
	}
	return stores[0].Val
}

// fieldStores iterates over the stores to the given field of alloc.
func fieldStores(alloc *ssa.Alloc, index int) iter.Seq[*ssa.Store] {
	return func(yield func(*ssa.Store) bool) {
		for _, ref := range *alloc.Referrers() {
			addr, ok := ref.(*ssa.FieldAddr)
			if !ok || addr.Field != index {
				continue
			}
			for _, use := range *addr.Referrers() {
				if store, ok := use.(*ssa.Store); ok && store.Addr == addr && !yield(store) {
					return
				}
			}
		}
	}
}

// onlyStore returns what the given field of alloc is set to, if that happens once.
func onlyStore(alloc *ssa.Alloc, index int) ssa.Value {
	var stored ssa.Value
	for store := range fieldStores(alloc, index) {
		if stored != nil {
			return nil
		}
		stored = store.Val
	}
	if c, ok := stored.(*ssa.Const); ok && c.IsNil() {
		return nil
	}
	return stored
}

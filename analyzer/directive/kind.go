package directive

import (
	"go/types"

	"github.com/fencelint/fencelint/analyzer/model"
)

// subject is what a place names in a signature.
type subject struct {
	name  string
	typ   types.Type
	owner *types.Named // of the field, nil if it is no field of a named struct
	field *types.Var
}

// kind tells whether a type, field or variable was said to be something.
type kind func(*model.Type) bool

func fence(t *model.Type) bool     { return t.Fence }
func lock(t *model.Type) bool      { return t.Lock }
func pool(t *model.Type) bool      { return t.Pool }
func waitQueue(t *model.Type) bool { return t.WaitQueue }
func workQueue(t *model.Type) bool { return t.WorkQueue }
func waitGroup(t *model.Type) bool { return t.WaitGroup }
func cond(t *model.Type) bool      { return t.Cond }
func gfp(t *model.Type) bool       { return t.GFP != nil }

// mayBe reports whether s is of that kind for all that is known: by what was said of
// the field or type, because it wraps such a thing, or because only a caller knows.
func (c *checker) mayBe(s subject, k kind) bool {
	if s.field != nil && s.owner != nil {
		if t := c.set.FieldType(s.owner, s.field); t != nil && k(t) {
			return true
		}
	}
	if t := c.set.TypeOf(s.typ); t != nil {
		return k(t)
	}
	return unknown(s.typ) || c.wraps(s.typ, k, wrapDepth)
}

// wrapDepth is how many structs deep the thing that a type wraps is looked for.
const wrapDepth = 3

func (c *checker) wraps(t types.Type, k kind, depth int) bool {
	s := structOf(t)
	if s == nil || depth == 0 {
		return false
	}
	owner := model.NamedOf(t)
	for f := range s.Fields() {
		if owner != nil {
			if said := c.set.FieldType(owner, f); said != nil && k(said) {
				return true
			}
		}
		if said := c.set.TypeOf(f.Type()); said != nil && k(said) || c.wraps(f.Type(), k, depth-1) {
			return true
		}
	}
	return false
}

// unknown reports whether values of t may be anything, as far as t says: interfaces,
// type parameters, channels (which a directive on somebody's field may describe), and
// what did not type-check.
func unknown(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Interface, *types.Chan:
		return true
	case *types.Basic:
		return u.Kind() == types.Invalid
	}
	return false
}

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

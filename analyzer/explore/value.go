package explore

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// value is what a register or a cell of memory holds.
type value any

type (
	// null is the nil of any type.
	null struct{}
	// literal is a known boolean, number or string.
	literal struct{ constant.Value }
	// unknown is a value of which only what branches have decided is known: see symbol.
	unknown struct{ id int }
	// pointer leads to a cell of an object.
	pointer struct {
		object int
		path   string
	}
	// channel and table are references to an object: a channel, a map.
	channel struct{ object int }
	table   struct{ object int }
	// slice is a part of an array: the cells of an object from path[from] on.
	slice struct {
		object       int
		path         string
		from, length int
	}
	// function is a function with its free variables.
	function struct {
		fn   *ssa.Function
		free []value
	}
	// cancel is the function that cancels a context.
	cancel struct{ object int }
	// boxed is a value in an interface. The type of a context made by package context is nil.
	boxed struct {
		typ types.Type
		v   value
	}
	// record is a struct, an array or several results.
	record []value
)

func boolean(b bool) value { return literal{constant.MakeBool(b)} }

func integer(n int64) value { return literal{constant.MakeInt64(n)} }

// asInt returns a literal integer.
func asInt(v value) (int64, bool) {
	l, ok := v.(literal)
	if !ok || l.Kind() != constant.Int {
		return 0, false
	}
	return constant.Int64Val(l.Value)
}

// zero returns the zero value of a type.
func zero(t types.Type) value {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case t.Info()&types.IsBoolean != 0:
			return boolean(false)
		case t.Info()&types.IsInteger != 0:
			return integer(0)
		case t.Info()&types.IsFloat != 0:
			return literal{constant.ToFloat(constant.MakeInt64(0))}
		case t.Info()&types.IsString != 0:
			return literal{constant.MakeString("")}
		}
		return null{}
	case *types.Struct:
		r := make(record, t.NumFields())
		for i := range r {
			r[i] = zero(t.Field(i).Type())
		}
		return r
	case *types.Array:
		if t.Len() > arrayLimit {
			return null{}
		}
		r := make(record, t.Len())
		for i := range r {
			r[i] = zero(t.Elem())
		}
		return r
	case *types.Tuple:
		r := make(record, t.Len())
		for i := range r {
			r[i] = zero(t.At(i).Type())
		}
		return r
	}
	return null{}
}

// constantOf returns the value of a constant of the program.
func constantOf(c *ssa.Const) value {
	if c.Value == nil {
		return zero(c.Type())
	}
	return literal{c.Value}
}

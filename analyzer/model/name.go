package model

import (
	"go/types"
	"strings"
)

// FuncName returns the key of the contract of fn: the full name of its generic
// origin.
func FuncName(fn *types.Func) string { return fn.Origin().FullName() }

// TypeName returns the key of a named type: its import path and name, without type
// arguments.
func TypeName(named *types.Named) string { return objectName(named.Origin().Obj()) }

// VarName returns the key of a package-level variable.
func VarName(v *types.Var) string { return objectName(v) }

// FieldName returns the key of a field of a named struct type.
func FieldName(owner *types.Named, field *types.Var) string {
	return TypeName(owner) + "." + field.Name()
}

// FieldAt returns the key of a field by its place in a struct that t is or points to,
// "" if the type of that has no name.
func FieldAt(t types.Type, index int) string {
	owner := NamedOf(t)
	if owner == nil {
		return ""
	}
	st, ok := owner.Underlying().(*types.Struct)
	if !ok || index >= st.NumFields() {
		return ""
	}
	return FieldName(owner, st.Field(index))
}

// NamedOf returns the named type that t is, or points to, seen through aliases; nil
// if there is none.
func NamedOf(t types.Type) *types.Named {
	for {
		switch u := types.Unalias(t).(type) {
		case *types.Named:
			return u
		case *types.Pointer:
			t = u.Elem()
		default:
			return nil
		}
	}
}

func objectName(obj types.Object) string {
	if obj.Pkg() == nil {
		return obj.Name()
	}
	return obj.Pkg().Path() + "." + obj.Name()
}

// withoutTypeParams drops the type parameters from a full name, so that a model file
// need not know what the source calls them: (*p.T[K, V]).M becomes (*p.T).M.
func withoutTypeParams(name string) string {
	open := strings.IndexByte(name, '[')
	if open < 0 {
		return name
	}
	end := strings.LastIndexByte(name, ']')
	if end < open {
		return name
	}
	return name[:open] + name[end+1:]
}

// WithoutPath returns a key without the path of its package, whose name stays.
func WithoutPath(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

// ElementOf returns the type of what is sent on channels of a type, nil if it is none. The
// channels that a type parameter can be have one such type.
func ElementOf(t types.Type) types.Type {
	if ch, ok := Core(t).(*types.Chan); ok {
		return ch.Elem()
	}
	return nil
}

// Core returns the type that an operation on values of t is one on: of a type parameter the
// underlying type of the first that it can be, since what can be done with all of them is the
// same; nil if nothing is said of those.
func Core(t types.Type) types.Type {
	inner, ok := t.Underlying().(*types.Interface)
	if !ok {
		return t.Underlying()
	}
	for embedded := range inner.EmbeddedTypes() {
		union, ok := embedded.(*types.Union)
		if !ok {
			if core := Core(embedded); core != nil {
				return core
			}
			continue
		}
		for term := range union.Terms() {
			if core := Core(term.Type()); core != nil {
				return core
			}
		}
	}
	return nil
}

// lastPart returns what a key ends in: the name of a function, type, field or variable by
// itself.
func lastPart(key string) string { return key[strings.LastIndexByte(key, '.')+1:] }

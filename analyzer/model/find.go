package model

import (
	"go/types"
	"strings"
)

// Find returns what a key names: a function, method or interface method, a type, a
// package-level variable, or a field of a named struct type. The packages are asked
// for by import path, nil if they are not there. It returns the package that was
// found even if there is no such object in it.
func Find(name string, byPath func(path string) *types.Package) (types.Object, *types.Package) {
	name = withoutTypeParams(name)
	if inner, method, ok := strings.Cut(strings.TrimPrefix(name, "("), ")."); ok && strings.HasPrefix(name, "(") {
		obj, pkg := find(strings.TrimPrefix(inner, "*"), byPath)
		typ, ok := obj.(*types.TypeName)
		if !ok {
			return nil, pkg
		}
		return methodOf(typ, method), pkg
	}
	return find(name, byPath)
}

// find tries every way to split a dotted name, since the last element of an import
// path may have dots in it.
func find(name string, byPath func(path string) *types.Package) (types.Object, *types.Package) {
	from := strings.LastIndexByte(name, '/') + 1
	var seen *types.Package
	for i, r := range name {
		if i <= from || r != '.' {
			continue
		}
		pkg := byPath(name[:i])
		if pkg == nil {
			continue
		}
		seen = pkg
		if obj := lookup(pkg, name[i+1:]); obj != nil {
			return obj, pkg
		}
	}
	return nil, seen
}

func lookup(pkg *types.Package, name string) types.Object {
	name, field, isField := strings.Cut(name, ".")
	obj := pkg.Scope().Lookup(name)
	if !isField {
		return obj
	}
	typ, ok := obj.(*types.TypeName)
	if !ok {
		return nil
	}
	s, ok := typ.Type().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for f := range s.Fields() {
		if f.Name() == field {
			return f
		}
	}
	return nil
}

// methodOf returns the method that the type itself declares.
func methodOf(typ *types.TypeName, name string) types.Object {
	if named, ok := typ.Type().(*types.Named); ok {
		for m := range named.Methods() {
			if m.Name() == name {
				return m
			}
		}
	}
	if iface, ok := typ.Type().Underlying().(*types.Interface); ok {
		for m := range iface.ExplicitMethods() {
			if m.Name() == name {
				return m
			}
		}
	}
	return nil
}

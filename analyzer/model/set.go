package model

import (
	"go/types"
	"iter"
	"maps"
	"slices"
	"strings"
)

// Set is a union of packages, for lookups. It is not changed once made.
type Set struct {
	contracts map[string]*Contract // by name without type parameters
	types     map[string]*Type
	// last are the last parts of those names: of most of a program nothing is said, and that
	// shows before the name of a thing is spelled.
	last map[string]bool
}

// NewSet returns the union of pkgs. Where two of them speak of the same thing, the
// first speaks, unless the later one is a model file: those are written to correct
// what cannot be edited.
func NewSet(pkgs ...*Package) *Set {
	s := &Set{contracts: map[string]*Contract{}, types: map[string]*Type{}, last: map[string]bool{}}
	for _, pkg := range pkgs {
		if pkg == nil {
			continue
		}
		for i := range pkg.Contracts {
			c := &pkg.Contracts[i]
			key := withoutTypeParams(c.Name)
			if s.contracts[key] == nil || c.Model {
				s.contracts[key] = c
			}
			s.last[lastPart(key)] = true
		}
		for i := range pkg.Types {
			t := &pkg.Types[i]
			if s.types[t.Name] == nil || t.Model {
				s.types[t.Name] = t
			}
			s.last[lastPart(t.Name)] = true
		}
	}
	return s
}

// Contract returns the contract with the given key, nil if there is none.
func (s *Set) Contract(name string) *Contract { return s.contracts[withoutTypeParams(name)] }

// Func returns the contract of a function or method, whatever its type arguments;
// nil if there is none.
func (s *Set) Func(fn *types.Func) *Contract {
	if fn == nil || !s.last[fn.Name()] {
		return nil
	}
	return s.Contract(FuncName(fn))
}

// Field returns the contract of a func-typed field of owner, nil if there is none.
func (s *Set) Field(owner *types.Named, field *types.Var) *Contract {
	if owner == nil || field == nil || !s.last[field.Name()] {
		return nil
	}
	return s.Contract(FieldName(owner, field))
}

// FuncType returns the contract of a named func type, nil if there is none.
func (s *Set) FuncType(t types.Type) *Contract {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return nil
	}
	if _, ok := named.Underlying().(*types.Signature); !ok || !s.last[named.Obj().Name()] {
		return nil
	}
	return s.Contract(TypeName(named))
}

// Type returns what was said of the type, field or variable with the given key, nil
// if nothing.
func (s *Set) Type(name string) *Type { return s.types[name] }

// TypeOf returns what was said of the named type that t is or points to, nil if
// nothing.
func (s *Set) TypeOf(t types.Type) *Type {
	named := NamedOf(t)
	if named == nil || !s.last[named.Obj().Name()] {
		return nil
	}
	return s.types[TypeName(named)]
}

// FieldType returns what was said of a field of owner, nil if nothing.
func (s *Set) FieldType(owner *types.Named, field *types.Var) *Type {
	if !s.last[field.Name()] {
		return nil
	}
	return s.types[FieldName(owner, field)]
}

// Contracts iterates over all contracts, by name.
func (s *Set) Contracts() iter.Seq2[string, *Contract] { return sorted(s.contracts) }

// Types iterates over everything said of types, fields and variables, by name.
func (s *Set) Types() iter.Seq2[string, *Type] { return sorted(s.types) }

// Interfaces iterates, by name, over the contracts that implementations inherit:
// those of interface methods. A model file does not say whether "(p.T).M" is one, so
// its value-receiver entries are included for the caller to tell by the type.
func (s *Set) Interfaces() iter.Seq2[string, *Contract] {
	return func(yield func(string, *Contract) bool) {
		for name, c := range s.Contracts() {
			candidate := c.Model && strings.HasPrefix(name, "(") && !strings.HasPrefix(name, "(*")
			if (c.Interface || candidate) && !yield(name, c) {
				return
			}
		}
	}
}

func sorted[V any](m map[string]V) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			if !yield(name, m[name]) {
				return
			}
		}
	}
}

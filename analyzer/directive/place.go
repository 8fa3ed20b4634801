package directive

import (
	"fmt"
	"go/types"
	"strings"

	"github.com/fencelint/fencelint/analyzer/directive/clause"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/internal/spell"
)

// resolver resolves names in a directive against a signature and the fields of its
// types, or, where the directive says what is called, the methods of those that are interfaces. A
// field path comes out with the embedded fields that it skips filled in.
func resolver(sig *types.Signature, pkg *types.Package, methods bool) clause.Resolver {
	return func(name string) (model.Place, error) {
		head, path, dotted := strings.Cut(name, ".")
		place, v, err := lookup(sig, head)
		if err != nil || !dotted {
			return place, err
		}
		if methods && methodOf(v.Type(), pkg, path) != nil {
			place.Path = path
			return place, nil
		}
		place.Path, _, err = fieldPath(v.Type(), pkg, head, path)
		return place, err
	}
}

// runs reports whether a clause says what a function calls, at once or later.
func runs(c clause.Clause) bool { return c.Word.Text == "calls" || c.Word.Text == "queues" }

// variable is what a place without a path names in a signature.
type variable struct {
	place model.Place
	*types.Var
}

func variables(sig *types.Signature) []variable {
	var all []variable
	if recv := sig.Recv(); recv != nil {
		all = append(all, variable{model.Place{}, recv})
	}
	for i := range sig.Params().Len() {
		all = append(all, variable{model.Place{Base: model.Param, Index: i}, sig.Params().At(i)})
	}
	for i := range sig.Results().Len() {
		all = append(all, variable{model.Place{Base: model.Result, Index: i}, sig.Results().At(i)})
	}
	return all
}

func lookup(sig *types.Signature, name string) (model.Place, *types.Var, error) {
	var names []string
	all := variables(sig)
	for _, v := range all {
		if v.Name() == "" || v.Name() == "_" {
			continue
		}
		if v.Name() == name {
			return v.place, v.Var, nil
		}
		names = append(names, v.Name())
	}
	place, err := clause.Positional(name)
	if err != nil {
		return model.NoPlace, nil, fmt.Errorf("no receiver, parameter or result is called %q%s", name, spell.DidYouMean(name, names))
	}
	for _, v := range all {
		if v.place == place {
			return place, v.Var, nil
		}
	}
	return model.NoPlace, nil, missing(sig, place)
}

func missing(sig *types.Signature, place model.Place) error {
	switch place.Base {
	case model.Recv:
		return fmt.Errorf("there is no receiver")
	case model.Param:
		return fmt.Errorf("there is no arg%d: %s", place.Index, count(sig.Params().Len(), "parameter"))
	default:
		return fmt.Errorf("there is no ret%d: %s", place.Index, count(sig.Results().Len(), "result"))
	}
}

func count(n int, noun string) string {
	switch n {
	case 0:
		return "it has no " + noun
	case 1:
		return "it has one " + noun
	default:
		return fmt.Sprintf("it has %d %ss", n, noun)
	}
}

// fieldPath follows a dotted path from a value of type t, called head in messages.
func fieldPath(t types.Type, pkg *types.Package, head, path string) (full string, last *types.Var, err error) {
	var names []string
	for name := range strings.SplitSeq(path, ".") {
		obj, index, _ := types.LookupFieldOrMethod(t, true, pkg, name)
		field, ok := obj.(*types.Var)
		if !ok {
			return "", nil, fmt.Errorf("%s (%s) has no field %q%s", head, types.TypeString(t, types.RelativeTo(pkg)), name, spell.DidYouMean(name, fieldNames(t)))
		}
		for _, i := range index {
			f := structOf(t).Field(i)
			names = append(names, f.Name())
			t = f.Type()
		}
		head += "." + name
		last = field
	}
	return strings.Join(names, "."), last, nil
}

// methodOf returns the method of an interface that a name is, nil if it is none.
func methodOf(t types.Type, pkg *types.Package, name string) *types.Func {
	if !types.IsInterface(t) {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(t, false, pkg, name)
	method, _ := obj.(*types.Func)
	return method
}

// structOf returns the struct type that t is or points to, nil if it is none.
func structOf(t types.Type) *types.Struct {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

func fieldNames(t types.Type) []string {
	s := structOf(t)
	if s == nil {
		return nil
	}
	var names []string
	for f := range s.Fields() {
		names = append(names, f.Name())
	}
	return names
}

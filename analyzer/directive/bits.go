package directive

import (
	"fmt"
	"go/constant"
	"go/types"
	"slices"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/internal/spell"
)

// bit returns the value of a constant of typ that pkg declares.
func bit(pkg *types.Package, typ types.Type, name string) (uint64, error) {
	c, ok := pkg.Scope().Lookup(name).(*types.Const)
	if !ok || typ == nil || !types.Identical(c.Type(), typ) {
		return 0, fmt.Errorf("%q is no constant of type %s in package %s%s", name,
			types.TypeString(typ, types.RelativeTo(pkg)), pkg.Name(), spell.DidYouMean(name, constants(pkg, typ)))
	}
	v, exact := constant.Uint64Val(constant.ToInt(c.Val()))
	if !exact {
		return 0, fmt.Errorf("%s is no unsigned integer", name)
	}
	return v, nil
}

func constants(pkg *types.Package, typ types.Type) []string {
	var names []string
	for _, name := range pkg.Scope().Names() {
		if c, ok := pkg.Scope().Lookup(name).(*types.Const); ok && types.Identical(c.Type(), typ) {
			names = append(names, name)
		}
	}
	return names
}

// Bits looks up the constants that model files name as bits of allocation-flags types.
// It returns the files with the values instead, and the types that have them from
// here. A type whose package byPath does not find is left out: nobody here can name
// one of its values.
func Bits(files []*model.Package, byPath func(path string) *types.Package) (known []*model.Package, found []model.Type, problems []Problem) {
	c := &checker{}
	known = slices.Clone(files)
	for i, file := range files {
		if !slices.ContainsFunc(file.Types, unknownBits) {
			continue
		}
		next := *file
		c.declared = file
		next.Types = nil
		for _, t := range file.Types {
			if unknownBits(t) {
				if !c.bits(&t, byPath) {
					continue
				}
				found = append(found, t)
			}
			next.Types = append(next.Types, t)
		}
		known[i] = &next
	}
	return known, found, c.problems
}

func unknownBits(t model.Type) bool { return t.GFP != nil && t.GFP.Named != model.GFPNames{} }

// bits gives a type the values of the constants that it names and reports whether all
// of them are there.
func (c *checker) bits(t *model.Type, byPath func(path string) *types.Package) bool {
	obj, pkg := model.Find(t.Name, byPath)
	if obj == nil {
		return false
	}
	gfp, known := *t.GFP, true
	for _, b := range []struct {
		value *uint64
		named *string
	}{{&gfp.Reclaim, &gfp.Named.Reclaim}, {&gfp.IO, &gfp.Named.IO}, {&gfp.FS, &gfp.Named.FS}} {
		if *b.named == "" {
			continue
		}
		v, err := bit(pkg, obj.Type(), *b.named)
		switch {
		case err != nil:
			c.report(t.Pos, "gfp: %v", err)
			known = false
		case v == 0:
			c.report(t.Pos, "gfp: %s is 0, which is no bit", *b.named)
			known = false
		}
		*b.value, *b.named = v, ""
	}
	t.GFP = &gfp
	return known
}

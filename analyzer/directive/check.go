package directive

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/internal/spell"
)

// Check judges what can be judged only once the directives of all packages are known:
// whether what a package or model file declares fits the types that it speaks of.
// Packages that byPath does not find are left out, and so is what [Absent] reports.
func Check(set *model.Set, declared *model.Package, byPath func(path string) *types.Package) []Problem {
	c := &checker{set: set, declared: declared}
	for i := range declared.Contracts {
		contract := &declared.Contracts[i]
		obj, pkg := model.Find(contract.Name, byPath)
		if obj == nil {
			continue
		}
		sig, ok := obj.Type().Underlying().(*types.Signature)
		if !ok {
			c.report(contract.Pos, "%s is no function, and no field or type of functions", contract.Name)
			continue
		}
		c.sig, c.pkg = sig, pkg
		for _, e := range contract.Effects {
			c.effect(e)
		}
	}
	slices.SortStableFunc(c.problems, func(a, b Problem) int { return comparePos(a.Pos, b.Pos) })
	return c.problems
}

// Present returns the entries of a model file that speak of the packages.
func Present(file *model.Package, byPath func(path string) *types.Package) *model.Package {
	spoken := func(name string) bool {
		_, pkg := model.Find(name, byPath)
		return pkg != nil
	}
	present := *file
	present.Contracts = slices.DeleteFunc(slices.Clone(file.Contracts), func(c model.Contract) bool { return !spoken(c.Name) })
	present.Types = slices.DeleteFunc(slices.Clone(file.Types), func(t model.Type) bool { return !spoken(t.Name) })
	return &present
}

// Absent reports the entries of a model file that name nothing in the packages.
func Absent(file *model.Package, byPath func(path string) *types.Package) []Problem {
	c := &checker{declared: file}
	check := func(name string, pos model.Pos) {
		obj, pkg := model.Find(name, byPath)
		switch {
		case obj != nil:
		case pkg == nil:
			c.report(pos, "%s names nothing: no such package is analysed", name)
		default:
			last := name[strings.LastIndexByte(name, '.')+1:]
			c.report(pos, "%s names nothing: package %s has no such thing%s", name, pkg.Path(), spell.DidYouMean(last, namesIn(pkg)))
		}
	}
	for _, contract := range file.Contracts {
		check(contract.Name, contract.Pos)
	}
	for _, typ := range file.Types {
		check(typ.Name, typ.Pos)
	}
	slices.SortStableFunc(c.problems, func(a, b Problem) int { return comparePos(a.Pos, b.Pos) })
	return c.problems
}

// namesIn lists what a full name can end in.
func namesIn(pkg *types.Package) []string {
	names := pkg.Scope().Names()
	for _, name := range pkg.Scope().Names() {
		if tn, ok := pkg.Scope().Lookup(name).(*types.TypeName); ok {
			if named, ok := tn.Type().(*types.Named); ok {
				for m := range named.Methods() {
					names = append(names, m.Name())
				}
			}
		}
	}
	return names
}

type checker struct {
	set      *model.Set
	declared *model.Package
	sig      *types.Signature // of the contract being checked
	pkg      *types.Package
	problems []Problem
}

func (c *checker) report(pos model.Pos, format string, args ...any) {
	c.problems = append(c.problems, Problem{Pos: pos, Package: c.declared.Path, Message: fmt.Sprintf(format, args...)})
}

// effect checks one effect against the signature.
func (c *checker) effect(e model.Effect) {
	switch e.Kind {
	case model.Waits:
		if e.Until == model.NoPlace {
			c.kind(e, e.X, "a fence, wait queue, cond or wait group", fence, waitQueue, cond, waitGroup)
		} else {
			c.kind(e, e.X, "a wait queue, which until needs", waitQueue, cond)
			c.predicate(e)
		}
	case model.Wakes:
		c.kind(e, e.X, "a wait queue, cond or wait group", waitQueue, cond, waitGroup)
	case model.Counts:
		c.kind(e, e.X, "a wait group", waitGroup)
	case model.Signals, model.Publishes, model.Takes:
		c.kind(e, e.X, "a fence", fence)
	case model.Acquires:
		c.kind(e, e.X, "a lock or pool", lock, pool)
		if e.Try && !c.canFail() {
			c.report(e.Pos, "acquires: try needs a bool or error result that tells whether it was acquired")
		}
	case model.Releases:
		c.kind(e, e.X, "a lock or pool", lock, pool)
	case model.Allocates:
		if e.Flags != model.NoPlace {
			c.kind(e, e.Flags, "a value of an allocation-flags type (gfp)", gfp)
		}
	case model.Calls:
		c.function(e, e.X)
	case model.Queues:
		c.function(e, e.X)
		c.kind(e, e.On, "a work queue", workQueue)
	case model.Flushes:
		c.kind(e, e.X, "a work queue", workQueue)
	}
}

// place finds what p names. It reports what does not exist, or not yet.
func (c *checker) place(e model.Effect, p model.Place) (subject, bool) {
	if p.Base == model.Result && !slices.Contains([]model.EffectKind{model.Signals, model.Publishes, model.Acquires}, e.Kind) {
		c.report(e.Pos, "%s: %s is a result, which does not exist before the call returns", e.Kind, p)
		return subject{}, false
	}
	base := model.Place{Base: p.Base, Index: p.Index}
	i := slices.IndexFunc(variables(c.sig), func(v variable) bool { return v.place == base })
	if i < 0 {
		c.report(e.Pos, "%s: %v", e.Kind, missing(c.sig, base))
		return subject{}, false
	}
	v := variables(c.sig)[i]
	s := subject{name: v.Name(), typ: v.Type()}
	if s.name == "" || s.name == "_" {
		s.name = base.String()
	}
	if p.Path == "" {
		return s, true
	}
	for name := range strings.SplitSeq(p.Path, ".") {
		_, field, err := fieldPath(s.typ, c.pkg, s.name, name)
		if err != nil {
			c.report(e.Pos, "%s: %v", e.Kind, err)
			return subject{}, false
		}
		s = subject{name: s.name + "." + name, typ: field.Type(), owner: model.NamedOf(s.typ), field: field}
	}
	return s, true
}

func (c *checker) kind(e model.Effect, p model.Place, want string, kinds ...kind) {
	s, ok := c.place(e, p)
	if !ok {
		return
	}
	if !slices.ContainsFunc(kinds, func(k kind) bool { return c.mayBe(s, k) }) {
		c.report(e.Pos, "%s: %s (%s) is not %s; is a directive missing on its type?", e.Kind, s.name, c.typeString(s.typ), want)
	}
}

func (c *checker) function(e model.Effect, p model.Place) {
	base := p
	base.Path = ""
	if i := slices.IndexFunc(variables(c.sig), func(v variable) bool { return v.place == base }); i >= 0 &&
		methodOf(variables(c.sig)[i].Type(), c.pkg, p.Path) != nil {
		return
	}
	s, ok := c.place(e, p)
	if ok && !unknown(s.typ) && !isFunc(s.typ) {
		c.report(e.Pos, "%s: %s (%s) is no function", e.Kind, s.name, c.typeString(s.typ))
	}
}

func (c *checker) predicate(e model.Effect) {
	s, ok := c.place(e, e.Until)
	if !ok || unknown(s.typ) {
		return
	}
	sig, ok := s.typ.Underlying().(*types.Signature)
	if !ok || sig.Results().Len() != 1 || !isBool(sig.Results().At(0).Type()) {
		c.report(e.Pos, "%s: %s (%s) is no predicate: until needs a function that returns a bool", e.Kind, s.name, c.typeString(s.typ))
	}
}

// canFail reports whether a caller can tell that an attempt failed.
func (c *checker) canFail() bool {
	for v := range c.sig.Results().Variables() {
		if isBool(v.Type()) || types.Identical(v.Type(), types.Universe.Lookup("error").Type()) {
			return true
		}
	}
	return false
}

func (c *checker) typeString(t types.Type) string {
	return types.TypeString(t, types.RelativeTo(c.pkg))
}

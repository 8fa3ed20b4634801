// Unit is a vet tool that builds SSA and looks at nothing. Like every tool that follows
// calls it has facts, or go vet would not run it on dependencies; they are empty. It does
// it in two ways, to be chosen by flag:
//
//	-full	as analyzers do that require buildssa: of every package
//	-lean	of all packages but those of the standard library, and without what buildssa requires
package main

import (
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/buildssa"
	"golang.org/x/tools/go/analysis/unitchecker"
	"golang.org/x/tools/go/ssa"
)

func main() {
	full := floor("full", "build the SSA of every package", new(fullFact), func(pass *analysis.Pass) int {
		return len(pass.ResultOf[buildssa.Analyzer].(*buildssa.SSA).SrcFuncs)
	})
	full.Requires = []*analysis.Analyzer{buildssa.Analyzer}
	lean := floor("lean", "build the SSA of packages outside the standard library", new(leanFact), func(pass *analysis.Pass) int {
		if pass.Module == nil || pass.Module.Path == "" {
			return 0
		}
		return build(pass)
	})
	unitchecker.Main(full, lean)
}

// fullFact and leanFact say that a package was built. No two analyzers share a fact.
type (
	fullFact struct{}
	leanFact struct{}
)

// AFact marks fullFact as a fact.
func (*fullFact) AFact() {}

// AFact marks leanFact as a fact.
func (*leanFact) AFact() {}

func floor(name, doc string, fact analysis.Fact, run func(*analysis.Pass) int) *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name: name, Doc: doc,
		FactTypes:  []analysis.Fact{fact},
		ResultType: reflect.TypeFor[int](),
		Run: func(pass *analysis.Pass) (any, error) {
			size := run(pass)
			pass.ExportPackageFact(fact)
			return size, nil
		},
	}
	a.Flags.String("salt", "", "any `text` that becomes part of the cache's key")
	return a
}

// build builds the SSA of a package and returns how many members it has.
func build(pass *analysis.Pass) int {
	prog := ssa.NewProgram(pass.Fset, ssa.InstantiateGenerics)
	for _, imported := range pass.Pkg.Imports() {
		prog.CreatePackage(imported, nil, nil, true)
	}
	pkg := prog.CreatePackage(pass.Pkg, pass.Files, pass.TypesInfo, false)
	pkg.Build()
	return len(pkg.Members)
}

// Package nogo runs analyzers the way Bazel's nogo does, for a test that they can stand
// it: one package at a time, types of imports from export data, facts through files,
// nothing of the standard library, no module, and only what a package called NAME has
// in its variable Analyzer.
package nogo

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// Diagnostic is what nogo prints, which fails the build.
type Diagnostic struct {
	Pos      token.Position
	Category string
	Message  string
}

// Run analyses the packages in dir that the patterns name, and first what they depend on.
// Facts go through files in the directory facts.
func Run(ctx context.Context, analyzers []*analysis.Analyzer, dir, facts string, patterns ...string) ([]Diagnostic, error) {
	pkgs, err := packages.Load(&packages.Config{
		Context: ctx, Dir: dir,
		Mode: packages.NeedName | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps |
			packages.NeedExportFile | packages.NeedModule | packages.NeedTypesSizes,
	}, patterns...)
	if err != nil {
		return nil, err
	}
	named := make(map[string]bool)
	for _, p := range pkgs {
		named[p.PkgPath] = true
	}
	var found []Diagnostic
	var errs []error
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		if p.Module == nil {
			return // of the standard library
		}
		a := &action{analyzers: analyzers, pkg: p, facts: facts, results: map[*analysis.Analyzer]any{}, exported: map[string]analysis.Fact{}}
		if err := a.run(); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", p.PkgPath, err))
		}
		if named[p.PkgPath] {
			found = append(found, a.found...)
		}
	})
	slices.SortFunc(found, func(a, b Diagnostic) int {
		return strings.Compare(a.Pos.String()+a.Category, b.Pos.String()+b.Category)
	})
	return found, errors.Join(errs...)
}

// action is the analysis of one package.
type action struct {
	analyzers []*analysis.Analyzer
	pkg       *packages.Package
	facts     string
	fset      *token.FileSet
	files     []*ast.File
	types     *types.Package
	info      *types.Info
	results   map[*analysis.Analyzer]any
	exported  map[string]analysis.Fact // by analyzer
	found     []Diagnostic
}

func (a *action) run() error {
	if err := a.check(); err != nil {
		return err
	}
	for _, analyzer := range a.analyzers {
		if err := a.analyse(analyzer, true); err != nil {
			return fmt.Errorf("%s: %w", analyzer.Name, err)
		}
	}
	return a.write()
}

// check parses and type-checks the package.
func (a *action) check() error {
	a.fset = token.NewFileSet()
	for _, name := range a.pkg.CompiledGoFiles {
		file, err := parser.ParseFile(a.fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		a.files = append(a.files, file)
	}
	a.info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, Scopes: map[ast.Node]*types.Scope{},
		Instances: map[*ast.Ident]types.Instance{}, FileVersions: map[*ast.File]string{},
	}
	exports := make(map[string]string)
	packages.Visit([]*packages.Package{a.pkg}, nil, func(p *packages.Package) { exports[p.PkgPath] = p.ExportFile })
	lookup := func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }
	cfg := types.Config{Importer: importer.ForCompiler(a.fset, "gc", lookup), Sizes: a.pkg.TypesSizes}
	var err error
	a.types, err = cfg.Check(a.pkg.PkgPath, a.fset, a.files, a.info)
	return err
}

// analyse runs an analyzer, and before it what it requires, whose diagnostics nobody
// sees.
func (a *action) analyse(analyzer *analysis.Analyzer, shown bool) error {
	if _, done := a.results[analyzer]; done {
		return nil
	}
	for _, required := range analyzer.Requires {
		if err := a.analyse(required, false); err != nil {
			return err
		}
	}
	result, err := analyzer.Run(&analysis.Pass{
		Analyzer: analyzer, Fset: a.fset, Files: a.files, Pkg: a.types, TypesInfo: a.info, TypesSizes: a.pkg.TypesSizes,
		ResultOf: a.results,
		Report: func(d analysis.Diagnostic) {
			if shown {
				a.found = append(a.found, Diagnostic{a.fset.Position(d.Pos), d.Category, d.Message})
			}
		},
		ImportPackageFact: func(pkg *types.Package, fact analysis.Fact) bool { return a.read(analyzer, pkg, fact) },
		ExportPackageFact: func(fact analysis.Fact) { a.exported[analyzer.Name] = fact },
		ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
		ExportObjectFact:  func(types.Object, analysis.Fact) {},
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		ReadFile:          os.ReadFile,
	})
	a.results[analyzer] = result
	return err
}

func (a *action) file(path, analyzer string) string {
	return filepath.Join(a.facts, strings.ReplaceAll(path, "/", "!")+"."+analyzer)
}

// read decodes the fact of a direct import.
func (a *action) read(analyzer *analysis.Analyzer, pkg *types.Package, fact analysis.Fact) bool {
	if !slices.Contains(a.types.Imports(), pkg) {
		return false
	}
	data, err := os.ReadFile(a.file(pkg.Path(), analyzer.Name))
	if err != nil {
		return false
	}
	return gob.NewDecoder(bytes.NewReader(data)).DecodeValue(reflect.ValueOf(fact)) == nil
}

// write leaves the facts of the package for those that import it.
func (a *action) write() error {
	for name, fact := range a.exported {
		var data bytes.Buffer
		if err := gob.NewEncoder(&data).Encode(fact); err != nil {
			return err
		}
		if err := os.WriteFile(a.file(a.pkg.PkgPath, name), data.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

package main

import (
	"cmp"
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"maps"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/tools/go/packages"

	"github.com/fencelint/fencelint/analyzer/load"
)

// loose type-checks files that are in no module. Of the standard library, which they
// import, it has the types alone; that is analysed as a corpus of its own.
type loose struct {
	fset *token.FileSet
	std  func() (map[string]*packages.Package, error)
}

func newLoose(ctx context.Context) *loose {
	l := &loose{fset: token.NewFileSet()}
	l.std = sync.OnceValues(func() (map[string]*packages.Package, error) {
		const mode = packages.NeedName | packages.NeedImports | packages.NeedDeps | packages.NeedTypes | packages.NeedExportFile
		named, err := packages.Load(&packages.Config{Context: ctx, Mode: mode, Fset: l.fset}, "std")
		all := make(map[string]*packages.Package)
		packages.Visit(named, nil, func(p *packages.Package) {
			p.TypesSizes = types.SizesFor("gc", runtime.GOARCH)
			all[p.PkgPath] = p
		})
		return all, err
	})
	return l
}

// source is a file, and the folder that others import it by.
type source struct {
	folder, file string
	text         []byte // nil for what is in the file
}

// program returns the program of some files: a package for each name in each folder.
func (l *loose) program(name string, patience time.Duration, sources []source) *program {
	return &program{name: name, patience: patience, load: func(context.Context) (*load.Program, error) {
		c := &gathered{loose: l, found: make(map[string]*packages.Package)}
		for _, s := range sources {
			c.parse(s)
		}
		for _, key := range slices.Sorted(maps.Keys(c.found)) {
			c.check(c.found[key])
		}
		named := slices.SortedFunc(maps.Values(c.found), func(a, b *packages.Package) int { return cmp.Compare(a.ID, b.ID) })
		named = slices.DeleteFunc(named, func(p *packages.Package) bool { return len(p.Syntax) == 0 && len(p.Errors) == 0 })
		root := ""
		if len(sources) > 0 {
			root = filepath.Dir(sources[0].file)
		}
		if err := load.Broken(root, named); err != nil {
			return nil, rejected{err}
		}
		return &load.Program{Named: named, Root: root}, nil
	}}
}

// gathered type-checks the packages of one program.
type gathered struct {
	*loose
	found map[string]*packages.Package // by folder and name
}

func (c *gathered) parse(s source) {
	var text any
	if s.text != nil {
		text = s.text
	}
	file, err := parser.ParseFile(c.fset, s.file, text, parser.ParseComments|parser.SkipObjectResolution)
	name := strings.TrimSuffix(path.Base(s.file), ".go")
	if file != nil && file.Name != nil {
		name = file.Name.Name
	}
	key := path.Join("test", s.folder, name)
	p := c.found[key]
	if p == nil {
		p = &packages.Package{ID: key, PkgPath: key, Name: name, Fset: c.fset, Imports: make(map[string]*packages.Package), Module: &packages.Module{Path: "test"}}
		p.TypesSizes = types.SizesFor("gc", runtime.GOARCH)
		c.found[key] = p
	}
	if err != nil {
		p.Errors = append(p.Errors, syntaxErrors(err)...)
		return
	}
	p.Syntax = append(p.Syntax, file)
	p.GoFiles = append(p.GoFiles, s.file)
	p.CompiledGoFiles = append(p.CompiledGoFiles, s.file)
}

func syntaxErrors(err error) []packages.Error {
	list, ok := err.(scanner.ErrorList)
	if !ok {
		return []packages.Error{{Msg: err.Error(), Kind: packages.ParseError}}
	}
	var all []packages.Error
	for _, e := range list {
		all = append(all, packages.Error{Pos: e.Pos.String(), Msg: e.Msg, Kind: packages.ParseError})
	}
	return all
}

// check type-checks a package, what it imports first.
func (c *gathered) check(p *packages.Package) {
	if p.Types != nil {
		return
	}
	p.Types = types.NewPackage(p.PkgPath, p.Name)
	for _, file := range p.Syntax {
		for _, spec := range file.Imports {
			if local := c.local(spec); local != nil {
				c.check(local)
			}
		}
	}
	p.TypesInfo = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, Scopes: map[ast.Node]*types.Scope{},
		Instances: map[*ast.Ident]types.Instance{}, FileVersions: map[*ast.File]string{},
	}
	cfg := types.Config{
		Importer: importing(func(path string) (*types.Package, error) { return c.imported(p, path) }),
		Sizes:    p.TypesSizes,
		Error: func(err error) {
			e := packages.Error{Msg: err.Error(), Kind: packages.TypeError}
			if at, ok := err.(types.Error); ok {
				e.Pos, e.Msg = at.Fset.Position(at.Pos).String(), at.Msg
			}
			p.Errors = append(p.Errors, e)
		},
	}
	if err := types.NewChecker(&cfg, c.fset, p.Types, p.TypesInfo).Files(p.Syntax); err != nil && len(p.Errors) == 0 {
		p.Errors = append(p.Errors, packages.Error{Msg: err.Error(), Kind: packages.TypeError})
	}
	p.IllTyped = len(p.Errors) > 0
}

type importing func(string) (*types.Package, error)

func (i importing) Import(path string) (*types.Package, error) { return i(path) }

// local returns the package of the program that a spec imports: by its folder, or its name.
func (c *gathered) local(spec *ast.ImportSpec) *packages.Package {
	name, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return nil
	}
	return c.named(name)
}

// named returns the package of the program that is imported by that name. Package unsafe
// is the compiler's, whatever the program has.
func (c *gathered) named(name string) *packages.Package {
	if name == "unsafe" {
		return nil
	}
	base := path.Base(name)
	for _, key := range slices.Sorted(maps.Keys(c.found)) {
		folder, _ := path.Split(strings.TrimPrefix(key, "test/"))
		folder = strings.TrimSuffix(folder, "/")
		switch {
		case folder == name, strings.HasSuffix(name, "/"+folder) && folder != "":
			return c.found[key]
		case folder == "" && path.Base(key) == base && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "test/")):
			return c.found[key]
		}
	}
	return nil
}

func (c *gathered) imported(by *packages.Package, name string) (*types.Package, error) {
	p := c.named(name)
	if p == nil {
		std, err := c.std()
		if err != nil {
			return nil, err
		}
		p = std[name]
	}
	switch {
	case p == nil || p == by:
		return nil, fmt.Errorf("no package %q", name)
	case name == "unsafe":
	case !p.Types.Complete():
		return nil, fmt.Errorf("import cycle, or package %q does not compile", name)
	}
	by.Imports[name] = p
	return p.Types, nil
}

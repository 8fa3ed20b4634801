package oracle

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/packages"

	"github.com/fencelint/fencelint/analyzer"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/internal/roster"
)

// Checker has fencelint look at programs, in this process. What programs import is loaded
// once.
type Checker struct {
	fset     *token.FileSet
	imported map[string]*packages.Package
}

// NewChecker loads what programs import. The working directory is in the repository.
func NewChecker() (*Checker, error) {
	c := &Checker{fset: token.NewFileSet(), imported: make(map[string]*packages.Package)}
	loaded, err := packages.Load(&packages.Config{Fset: c.fset, Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles |
		packages.NeedImports | packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedModule | packages.NeedExportFile}, "sync", kern)
	if err != nil {
		return nil, fmt.Errorf("load what programs import: %w", err)
	}
	for _, p := range loaded {
		if len(p.Errors) > 0 {
			return nil, fmt.Errorf("load %s: %w", p.PkgPath, p.Errors[0])
		}
		if p.PkgPath == "sync" {
			// The model speaks for it.
			p.Syntax, p.TypesInfo = nil, nil
		}
		p.Imports = nil
		c.imported[p.PkgPath] = p
	}
	return c, nil
}

// Import implements types.Importer.
func (c *Checker) Import(path string) (*types.Package, error) {
	p := c.imported[path]
	if p == nil {
		return nil, fmt.Errorf("no program imports %s", path)
	}
	return p.Types, nil
}

// load makes a package of a source.
func (c *Checker) load(path, source string) (*packages.Package, error) {
	file, err := parser.ParseFile(c.fset, path+".go", source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	p := &packages.Package{
		ID: path, Name: file.Name.Name, PkgPath: path, Fset: c.fset, Syntax: []*ast.File{file},
		Imports: make(map[string]*packages.Package),
		TypesInfo: &types.Info{
			Types: make(map[ast.Expr]types.TypeAndValue), Instances: make(map[*ast.Ident]types.Instance),
			Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
			Implicits: make(map[ast.Node]types.Object), Selections: make(map[*ast.SelectorExpr]*types.Selection),
			Scopes: make(map[ast.Node]*types.Scope), FileVersions: make(map[*ast.File]string),
		},
	}
	if p.Types, err = (&types.Config{Importer: c}).Check(path, c.fset, p.Syntax, p.TypesInfo); err != nil {
		return nil, err
	}
	for _, imported := range p.Types.Imports() {
		p.Imports[imported.Path()] = c.imported[imported.Path()]
	}
	return p, nil
}

// today is when ignore directives are judged; there are none.
var today = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// Report is what fencelint says of a program.
type Report struct {
	Findings []finding.Finding
	// Partly says that a function has more states than fencelint looks at.
	Partly bool
}

// Reports returns what fencelint says of programs that are packages of one load, by
// package name.
func (c *Checker) Reports(sources map[string]Source) (map[string]Report, error) {
	var named []*packages.Package
	defer func() {
		for _, p := range named {
			c.fset.RemoveFile(c.fset.File(p.Syntax[0].FileStart))
		}
	}()
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		src := sources[name]
		p, err := c.load("oracle/"+name, src.Text)
		if err != nil {
			return nil, fmt.Errorf("program %s is no Go: %w", name, err)
		}
		named = append(named, p)
	}
	result := analyzer.Whole(named, analyzer.Options{})
	found := make(map[string]Report)
	for _, f := range roster.Findings(result, nil, today) {
		name := strings.TrimPrefix(f.Package, "oracle/")
		r := found[name]
		r.Findings = append(r.Findings, f)
		found[name] = r
	}
	for _, key := range result.Partly() {
		_, rest, _ := strings.Cut(key, "oracle/")
		name, _, _ := strings.Cut(rest, ".")
		r := found[name]
		r.Partly = true
		found[name] = r
	}
	if failures := append(result.Failures, result.Late()...); len(failures) > 0 {
		return nil, errors.New(strings.Join(failures, "; "))
	}
	return found, nil
}

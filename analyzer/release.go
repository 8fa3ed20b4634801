package analyzer

import (
	"go/ast"
	"go/types"
	"sync"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/fault"
)

// release lets go of the syntax of packages, and of what they depend on, and of what the
// type checker noted of it. What is generic stays, since SSA makes instances from it when
// they are asked for, and so do the bodies of functions in packages that are walked. It
// returns the functions of the other packages.
func release(prog *ssa.Program, named []*packages.Package, walked map[*types.Package]bool) (beyond []*ssa.Function) {
	packages.Visit(named, nil, func(p *packages.Package) {
		if pkg := prog.Package(p.Types); pkg != nil && !walked[p.Types] {
			declared := declaredIn(pkg, p)
			emptyBodies(declared...)
			beyond = append(beyond, declared...)
		}
		if p.TypesInfo != nil {
			*p.TypesInfo = *generic(p.Syntax, p.TypesInfo)
		}
		p.Syntax, p.TypesInfo = nil, nil
	})
	return beyond
}

// last asks for all that is known of a program only as long as there is its SSA form, which
// an engine then lets go of: it keeps the summaries. The graph is made meanwhile, and judged,
// which asks for those things last. What goes wrong in that goes wrong again, in the same way,
// where it is asked for.
func (r *Result) last(e *engine) {
	var all sync.WaitGroup
	ask := func(about func()) { all.Go(func() { fault.Guard(about) }) }
	ask(func() { r.Program.Stuck() })
	ask(func() { r.Program.Sole() })
	ask(func() { r.judged() })
	all.Wait()
	*e = engine{own: e.own, imported: e.imported, failures: e.failures}
}

// generic returns what is noted of the generic functions of files.
func generic(files []*ast.File, info *types.Info) *types.Info {
	kept := &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Instances:    make(map[*ast.Ident]types.Instance),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		FileVersions: info.FileVersions,
	}
	for _, file := range files {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && parametrised(fn) {
				ast.Inspect(fn, func(node ast.Node) bool {
					keep(kept, info, node)
					return true
				})
			}
		}
	}
	return kept
}

// keep copies what is noted of one node.
func keep(to, from *types.Info, node ast.Node) {
	if expr, ok := node.(ast.Expr); ok {
		copyEntry(to.Types, from.Types, expr)
	}
	switch node := node.(type) {
	case nil:
		return
	case *ast.Ident:
		copyEntry(to.Instances, from.Instances, node)
		copyEntry(to.Defs, from.Defs, node)
		copyEntry(to.Uses, from.Uses, node)
	case *ast.SelectorExpr:
		copyEntry(to.Selections, from.Selections, node)
	}
	copyEntry(to.Implicits, from.Implicits, node)
}

func copyEntry[K comparable, V any](to, from map[K]V, key K) {
	if v, ok := from[key]; ok {
		to[key] = v
	}
}

// parametrised reports whether a function, or the type that it is a method of, has type
// parameters.
func parametrised(fn *ast.FuncDecl) bool {
	if fn.Type.TypeParams != nil {
		return true
	}
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return false
	}
	recv := ast.Unparen(fn.Recv.List[0].Type)
	if star, ok := recv.(*ast.StarExpr); ok {
		recv = ast.Unparen(star.X)
	}
	switch recv.(type) {
	case *ast.IndexExpr, *ast.IndexListExpr:
		return true
	}
	return false
}

// declaredIn returns the functions that a package declares, and its initialiser.
func declaredIn(pkg *ssa.Package, p *packages.Package) []*ssa.Function {
	var fns []*ssa.Function
	if init := pkg.Func("init"); init != nil {
		fns = append(fns, init)
	}
	for _, file := range p.Syntax {
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if object, ok := p.TypesInfo.Defs[fn.Name].(*types.Func); ok {
				if fn := pkg.Prog.FuncValue(object); fn != nil {
					fns = append(fns, fn)
				}
			}
		}
	}
	return fns
}

// emptyBodies lets go of the syntax of the bodies of functions, and of the literals in them.
// Where they begin and end stays. What is generic stays as it is.
func emptyBodies(fns ...*ssa.Function) {
	for _, fn := range fns {
		switch node := fn.Syntax().(type) {
		case *ast.FuncDecl:
			if parametrised(node) {
				continue
			}
			node.Doc = nil
			node.Body = emptied(node.Body)
		case *ast.FuncLit:
			node.Body = emptied(node.Body)
		case *ast.RangeStmt:
			node.Body = emptied(node.Body)
		}
		emptyBodies(fn.AnonFuncs...)
	}
}

func emptied(body *ast.BlockStmt) *ast.BlockStmt {
	if body == nil {
		return nil
	}
	return &ast.BlockStmt{Lbrace: body.Lbrace, Rbrace: body.Rbrace}
}

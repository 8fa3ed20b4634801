package load

import (
	"context"
	"sync"

	"golang.org/x/tools/go/packages"
)

// Callers returns a function that reports whether all packages of the main module that
// import a package, if only through others, are in the program. It asks the go command
// when it is first called; what cannot be listed may import anything.
func Callers(ctx context.Context, opts Options, program *Program) func(pkg string) bool {
	imported := sync.OnceValues(func() (map[string]bool, error) {
		opts.Dir = program.Root
		all, err := named(ctx, packages.NeedName|packages.NeedImports|packages.NeedDeps, opts, []string{"./..."})
		if err != nil {
			return nil, err
		}
		there := make(map[string]bool)
		for _, p := range program.Named {
			there[p.PkgPath] = true
		}
		imported := make(map[string]bool)
		var visit func(p *packages.Package)
		visit = func(p *packages.Package) {
			for path, dependency := range p.Imports {
				if !imported[path] {
					imported[path] = true
					visit(dependency)
				}
			}
		}
		for _, p := range all {
			if !there[p.PkgPath] {
				visit(p)
			}
		}
		return imported, nil
	})
	return func(pkg string) bool {
		from, err := imported()
		return err == nil && !from[pkg]
	}
}

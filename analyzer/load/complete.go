package load

import (
	"bufio"
	"context"
	"go/build/constraint"
	"os"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"
)

// Complete returns a function that reports whether a program shows all that can happen
// in a package: all packages of the main module that import it, if only through others,
// are in the program, and neither it nor they nor what it imports have files that this
// build leaves out. It asks the go command when it is first called; what cannot be
// listed may do anything.
func Complete(ctx context.Context, opts Options, program *Program) func(pkg string) bool {
	partial := sync.OnceValues(func() (map[string]bool, error) {
		opts.Dir = program.Root
		all, err := named(ctx, packages.NeedName|packages.NeedFiles|packages.NeedImports|packages.NeedDeps|packages.NeedModule, opts, []string{"./..."})
		if err != nil {
			return nil, err
		}
		return incomplete(all, program.Named), nil
	})
	return func(pkg string) bool {
		part, err := partial()
		return err == nil && !part[pkg]
	}
}

// incomplete returns the packages of which all, the main module, has more to tell than
// the loaded ones.
func incomplete(all, loaded []*packages.Package) map[string]bool {
	there := make(map[string]bool)
	for _, p := range loaded {
		there[p.PkgPath] = true
	}
	importers := make(map[string][]*packages.Package)
	var own []*packages.Package
	packages.Visit(all, nil, func(p *packages.Package) {
		if p.Module == nil || !p.Module.Main {
			return
		}
		own = append(own, p)
		for path := range p.Imports {
			importers[path] = append(importers[path], p)
		}
	})
	part := make(map[string]bool)
	var down, up func(p *packages.Package, seen map[string]bool)
	down = func(p *packages.Package, seen map[string]bool) {
		for path, imported := range p.Imports {
			if !seen[path] {
				seen[path], part[path] = true, true
				down(imported, seen)
			}
		}
	}
	up = func(p *packages.Package, seen map[string]bool) {
		for _, importer := range importers[p.PkgPath] {
			if path := importer.PkgPath; !seen[path] {
				seen[path], part[path] = true, true
				up(importer, seen)
			}
		}
	}
	below, above := make(map[string]bool), make(map[string]bool)
	for _, p := range own {
		other := elsewhere(p)
		if other {
			part[p.PkgPath] = true
			up(p, above)
		}
		if other || !there[p.PkgPath] {
			down(p, below)
		}
	}
	return part
}

// elsewhere reports whether a package has files that only other builds have in them.
func elsewhere(p *packages.Package) bool {
	for _, file := range p.IgnoredFiles {
		if strings.HasSuffix(file, ".go") && !strings.HasSuffix(file, "_test.go") && !never(file) {
			return true
		}
	}
	return false
}

// never reports whether no build has a file in it: it says go:build ignore.
func never(file string) bool {
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if constraint.IsGoBuild(line) {
			expr, err := constraint.Parse(line)
			return err == nil && !expr.Eval(func(tag string) bool { return tag != "ignore" })
		}
		if strings.HasPrefix(line, "package ") {
			break
		}
	}
	return false
}

// Package rename gives everything in a module another name, so that a test can hold
// that what fencelint finds does not depend on names.
//
// A new name is as long as the old one, so that every position stays as it was, and
// it sorts elsewhere, so that an order by names changes.
package rename

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// Module copies packages of the module at from to to, without their tests, with every
// type, function, method, field, variable, constant, parameter, label, package
// and directory renamed, in directives too. What others than the module call by name
// keeps it: main, init, and the methods that interfaces of other modules ask for.
func Module(ctx context.Context, from, to string, patterns ...string) (*Names, error) {
	cfg := &packages.Config{Context: ctx, Dir: from, Mode: packages.LoadSyntax | packages.NeedModule}
	pkgs, err := packages.Load(cfg, patterns...)
	if err != nil {
		return nil, fmt.Errorf("load the module at %s: %w", from, err)
	}
	if len(pkgs) == 0 || pkgs[0].Module == nil {
		return nil, fmt.Errorf("no module at %s", from)
	}
	for _, p := range pkgs {
		for _, problem := range p.Errors {
			return nil, fmt.Errorf("load the module at %s: %w", from, problem)
		}
	}
	r := &renamer{
		from: from, to: to, module: pkgs[0].Module.Path, pkgs: pkgs,
		kept: keptMethods(pkgs, pkgs[0].Module.Path),
	}
	if err := r.choose(); err != nil {
		return nil, err
	}
	for _, p := range pkgs {
		for i, file := range p.Syntax {
			if err := r.write(p, file, p.CompiledGoFiles[i]); err != nil {
				return nil, err
			}
		}
	}
	for _, file := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(from, file))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("copy the module: %w", err)
		}
		if err := os.WriteFile(filepath.Join(to, file), text, 0o644); err != nil {
			return nil, fmt.Errorf("copy the module: %w", err)
		}
	}
	return r.names, nil
}

type renamer struct {
	from, to string
	module   string
	pkgs     []*packages.Package
	kept     map[string]bool // names of methods that stay
	names    *Names
}

// choose chooses the new names. A name has one new name wherever it stands: what
// implements, shadows or hides something does so afterwards.
func (r *renamer) choose() error {
	renamed, reserved := make(map[string]bool), make(map[string]bool)
	for _, p := range r.pkgs {
		for _, segment := range strings.Split(r.below(p.PkgPath), "/") {
			renamed[segment] = segment != ""
		}
		for _, file := range p.Syntax {
			for id := range identifiers(file) {
				if r.renames(p, file, id) {
					renamed[id.Name] = true
				} else {
					reserved[id.Name] = true
				}
			}
		}
	}
	var err error
	r.names, err = newNames(renamed, reserved, r.kept)
	return err
}

// write writes a file with its new names.
func (r *renamer) write(p *packages.Package, file *ast.File, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("rename: %w", err)
	}
	start := file.FileStart
	overwrite := func(offset int, old string) {
		copy(text[offset:], r.names.New(old))
	}
	for id := range identifiers(file) {
		if r.renames(p, file, id) {
			overwrite(int(id.Pos()-start), id.Name)
		}
	}
	for _, spec := range file.Imports {
		offset := int(spec.Path.Pos()-start) + 1
		if path := strings.Trim(spec.Path.Value, "\"`"); r.inside(path) {
			copy(text[offset+len(path)-len(r.below(path)):], r.names.Path(r.below(path)))
		}
	}
	for _, group := range file.Comments {
		for _, comment := range group.List {
			for _, name := range directiveNames(comment.Text) {
				overwrite(int(comment.Pos()-start)+name.Offset, name.Text)
			}
		}
	}
	rel, err := filepath.Rel(r.from, path)
	if err != nil {
		return fmt.Errorf("rename: %w", err)
	}
	dir, base := filepath.Split(filepath.ToSlash(rel))
	target := filepath.Join(r.to, filepath.FromSlash(r.names.Path(dir)), base)
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return fmt.Errorf("rename: %w", err)
	}
	if err := os.WriteFile(target, text, 0o644); err != nil {
		return fmt.Errorf("rename: %w", err)
	}
	return nil
}

// inside reports whether the import path is one of the module's.
func (r *renamer) inside(path string) bool {
	return path == r.module || strings.HasPrefix(path, r.module+"/")
}

// below returns what follows the module's path in an import path.
func (r *renamer) below(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, r.module), "/")
}

// identifiers returns the identifiers of a file in the order of the text.
func identifiers(file *ast.File) func(yield func(*ast.Ident) bool) {
	var all []*ast.Ident
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name != "_" {
			all = append(all, id)
		}
		return true
	})
	return slices.Values(all)
}

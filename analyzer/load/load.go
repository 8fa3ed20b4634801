// Package load reads Go packages from source for the whole-program mode, and says
// in one sentence what is wrong where they cannot be read.
package load

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// Options say what to load.
type Options struct {
	Dir   string // where the go command runs, "" for the current directory
	Tags  string // build tags, separated by commas
	Tests bool   // test files as well
}

// Program is a set of packages with everything they depend on.
type Program struct {
	// Named are the packages that the patterns name, in the order of their paths; a
	// package's test variant stands in its place.
	Named []*packages.Package
	// Root is the directory of the main module, or of the workspace.
	Root string
}

const mode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles |
	packages.NeedImports | packages.NeedDeps | packages.NeedTypes | packages.NeedSyntax |
	packages.NeedTypesInfo | packages.NeedTypesSizes | packages.NeedModule

// Load loads the packages that patterns name. Its errors are for people: one
// sentence, with a position where there is one.
func Load(ctx context.Context, opts Options, patterns ...string) (*Program, error) {
	root, err := Root(ctx, opts.Dir)
	if err != nil {
		return nil, err
	}
	pkgs, err := named(ctx, mode, opts, patterns)
	if err != nil {
		return nil, err
	}
	if err := Broken(root, pkgs); err != nil {
		return nil, err
	}
	return &Program{Named: variants(pkgs), Root: root}, nil
}

// List returns the import paths of the packages that patterns name, sorted, without
// reading them.
func List(ctx context.Context, opts Options, patterns ...string) ([]string, error) {
	pkgs, err := named(ctx, packages.NeedName, opts, patterns)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, p := range pkgs {
		paths = append(paths, p.ID)
	}
	slices.Sort(paths)
	return paths, nil
}

// Missing returns which of the import paths name no package any more.
func Missing(ctx context.Context, opts Options, paths []string) (map[string]bool, error) {
	missing := make(map[string]bool)
	if len(paths) == 0 {
		return missing, nil
	}
	pkgs, err := named(ctx, packages.NeedName|packages.NeedFiles, opts, paths)
	if err != nil {
		return nil, err
	}
	there := make(map[string]bool)
	for _, p := range pkgs {
		if len(p.GoFiles) > 0 {
			there[p.PkgPath] = true
		}
	}
	for _, path := range paths {
		if !there[path] {
			missing[path] = true
		}
	}
	return missing, nil
}

// Env is what the go command says of itself.
type Env struct {
	Version  string // go1.26.8
	OS, Arch string // what it builds for
}

// Environment asks the go command.
func Environment(ctx context.Context) (Env, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOVERSION", "GOOS", "GOARCH").Output()
	if err != nil {
		return Env{}, fmt.Errorf("cannot run the go command: %w", err)
	}
	lines := append(strings.Split(string(out), "\n"), "", "", "")
	return Env{lines[0], lines[1], lines[2]}, nil
}

// named asks the go command for the packages that patterns name.
func named(ctx context.Context, mode packages.LoadMode, opts Options, patterns []string) ([]*packages.Package, error) {
	cfg := &packages.Config{Context: ctx, Mode: mode, Dir: opts.Dir, Tests: opts.Tests, ParseFile: parse}
	if opts.Tags != "" {
		cfg.BuildFlags = []string{"-tags=" + opts.Tags}
	}
	pkgs, err := packages.Load(cfg, patterns...)
	if err != nil {
		return nil, Explain(err)
	}
	if len(pkgs) == 0 {
		return nil, fmt.Errorf("%s matches no packages", strings.Join(patterns, " "))
	}
	return pkgs, nil
}

// parse parses a file. It leaves it to the type checker what names stand for: the parser's
// own answer would be kept in the syntax, and nobody asks for it.
func parse(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	return parser.ParseFile(fset, name, src, parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
}

// Root returns the directory of the main module that dir lies in, or of its
// workspace.
func Root(ctx context.Context, dir string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", "env", "GOWORK", "GOMOD")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return "", Explain(errors.New(string(exit.Stderr)))
		}
		return "", fmt.Errorf("cannot run the go command: %w", err)
	}
	lines := strings.SplitN(string(out), "\n", 3)
	for _, file := range lines[:min(2, len(lines))] {
		if file = strings.TrimSpace(file); filepath.IsAbs(file) && file != "/dev/null" {
			return filepath.Dir(file), nil
		}
	}
	return "", errors.New("no go.mod here or in any parent directory: fencelint analyses modules, make one with go mod init")
}

// variants leaves out what loading with tests doubles: the plain package where its
// variant with test files is there, and the generated test main.
func variants(pkgs []*packages.Package) []*packages.Package {
	tested := make(map[string]bool)
	for _, p := range pkgs {
		if p.ForTest == p.PkgPath {
			tested[p.PkgPath] = true
		}
	}
	var named []*packages.Package
	for _, p := range pkgs {
		switch {
		case strings.HasSuffix(p.ID, ".test") && p.Name == "main":
		case p.ForTest == "" && tested[p.PkgPath]:
		default:
			named = append(named, p)
		}
	}
	slices.SortFunc(named, func(a, b *packages.Package) int { return strings.Compare(a.ID, b.ID) })
	return named
}

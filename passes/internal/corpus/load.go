package corpus

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/fencelint/fencelint/analyzer/finding"
)

// Case is one corpus: a package, or several in the folders below one.
type Case struct {
	Name     string // "lang/branch"
	Packages []*packages.Package
	wants    []want
}

// Set is the folder of corpora that c is in: "lang".
func (c Case) Set() string {
	set, _, _ := strings.Cut(c.Name, "/")
	return set
}

// prefix is the import path that corpora lie below.
const prefix = "github.com/fencelint/fencelint/testdata/"

const mode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles |
	packages.NeedImports | packages.NeedDeps | packages.NeedTypes | packages.NeedSyntax |
	packages.NeedTypesInfo | packages.NeedTypesSizes | packages.NeedModule

// Load loads every corpus below root, the repository's root, in one go.
func Load(root string) ([]Case, error) {
	paths, err := paths(root)
	if err != nil {
		return nil, err
	}
	return LoadTagged(root, "", paths...)
}

// LoadTagged loads the corpora in the packages named, with build tags.
func LoadTagged(root, tags string, paths ...string) ([]Case, error) {
	loaded, err := packages.Load(&packages.Config{Mode: mode, Dir: root, BuildFlags: []string{"-tags=" + tags}}, paths...)
	if err != nil {
		return nil, fmt.Errorf("cannot load the corpora: %w", err)
	}
	var broken []string
	packages.Visit(loaded, nil, func(p *packages.Package) {
		for _, err := range p.Errors {
			broken = append(broken, err.Error())
		}
	})
	if len(broken) > 0 {
		return nil, fmt.Errorf("the corpora do not compile: %s", strings.Join(broken, "; "))
	}
	return group(loaded)
}

// paths lists the import paths of the corpora: wildcards leave testdata out.
func paths(root string) ([]string, error) {
	var found []string
	for _, pattern := range []string{"lang/*/*.go", "lang/*/*/*.go", "domain/*/*.go", "domain/*/*/*.go", "ordinary/*/*.go"} {
		files, err := filepath.Glob(filepath.Join(root, "testdata", filepath.FromSlash(pattern)))
		if err != nil {
			return nil, fmt.Errorf("cannot list the corpora: %w", err)
		}
		for _, file := range files {
			dir, err := filepath.Rel(filepath.Join(root, "testdata"), filepath.Dir(file))
			if err != nil {
				return nil, fmt.Errorf("cannot list the corpora: %w", err)
			}
			found = append(found, prefix+filepath.ToSlash(dir))
		}
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

// group puts the packages of one corpus together.
func group(loaded []*packages.Package) ([]Case, error) {
	slices.SortFunc(loaded, func(a, b *packages.Package) int { return strings.Compare(a.PkgPath, b.PkgPath) })
	var cases []Case
	for _, p := range loaded {
		parts := strings.Split(strings.TrimPrefix(p.PkgPath, prefix), "/")
		name := strings.Join(parts[:2], "/")
		if len(cases) == 0 || cases[len(cases)-1].Name != name {
			cases = append(cases, Case{Name: name})
		}
		c := &cases[len(cases)-1]
		c.Packages = append(c.Packages, p)
		found, err := wants(p.Fset, p.Syntax)
		if err != nil {
			return nil, err
		}
		c.wants = append(c.wants, found...)
	}
	return cases, nil
}

// Hold returns, as text, how findings differ from what the corpus expects of a mode,
// and what is known to differ.
func (c Case) Hold(mode Mode, findings []finding.Finding) (differences, known []string) {
	differ, unmet := compare(mode, c.wants, findings)
	for _, d := range differ {
		differences = append(differences, d.String())
	}
	for _, w := range unmet {
		known = append(known, fmt.Sprintf("%s:%d: %s: %s", filepath.Base(w.pos.Filename), w.pos.Line, w, w.known))
	}
	return differences, known
}

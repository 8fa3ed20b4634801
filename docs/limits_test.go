package docs_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// bound is a constant whose name says that it is one of the limits.
var bound = regexp.MustCompile(`^([mM]ax[A-Z].*|.*Limit|.*Cost|costly|rounds|longest|patience|Budget|grace)$`)

// row is a line of the table of bounds: the constant, and its value.
var row = regexp.MustCompile("(?m)^\\| `([a-z/]+)\\.([A-Za-z]+)` \\| ([^|]+) \\|")

// TestBounds holds the table of bounds in limits.md against the source: it has every one
// of them, with the value that it has there.
func TestBounds(t *testing.T) {
	page, err := os.ReadFile("limits.md")
	if err != nil {
		t.Fatal(err)
	}
	said := make(map[string]string)
	for _, m := range row.FindAllStringSubmatch(string(page), -1) {
		said[m[1]+"."+m[2]] = strings.TrimSpace(m[3])
	}
	there := make(map[string]string)
	for _, dir := range []string{"analyzer", "passes", "report", "cmd/fencelint", "internal/child", "internal/bounded"} {
		err := filepath.WalkDir(filepath.Join("..", dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "testdata") {
				return err
			}
			return bounds(path, there)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(there)) {
		if said[name] != there[name] {
			t.Errorf("%s is %s, and the page says %q", name, there[name], said[name])
		}
		delete(said, name)
	}
	for _, name := range slices.Sorted(maps.Keys(said)) {
		t.Errorf("the page has %s, which is no constant", name)
	}
}

// bounds adds the bounds that a file declares, with their values.
func bounds(path string, to map[string]string) error {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	dir := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../")
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		for _, spec := range group.Specs {
			spec := spec.(*ast.ValueSpec)
			for i, name := range spec.Names {
				if !bound.MatchString(name.Name) || i >= len(spec.Values) {
					continue
				}
				text := types.ExprString(spec.Values[i])
				if value, err := types.Eval(fset, nil, token.NoPos, text); err == nil && value.Value != nil {
					text = value.Value.ExactString()
				}
				to[dir+"."+name.Name] = fmt.Sprint(text)
			}
		}
	}
	return nil
}

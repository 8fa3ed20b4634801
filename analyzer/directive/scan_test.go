package directive_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fencelint/fencelint/analyzer/directive"
	"github.com/fencelint/fencelint/analyzer/model"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// source is a package that was read from text.
type source struct {
	fset  *token.FileSet
	files []*ast.File
	pkg   *types.Package
	info  *types.Info
}

// load type-checks a package that imports nothing. Type errors are allowed: a
// directive may stand in code that is being written.
func load(t testing.TB, name, text string) (source, bool) {
	t.Helper()
	s := source{
		fset: token.NewFileSet(),
		info: &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}, Types: map[ast.Expr]types.TypeAndValue{}},
	}
	file, err := parser.ParseFile(s.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return s, false
	}
	s.files = []*ast.File{file}
	conf := types.Config{Error: func(error) {}, Importer: nil}
	s.pkg, _ = conf.Check("example.org/"+file.Name.Name, s.fset, s.files, s.info)
	return s, true
}

func (s source) scan() (*model.Package, []directive.Ignore, []directive.Problem) {
	return directive.Scan(s.fset, s.files, s.pkg, s.info)
}

func TestScanGolden(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "good.go"))
	if err != nil {
		t.Fatal(err)
	}
	src, ok := load(t, "good.go", string(text))
	if !ok {
		t.Fatal("good.go does not parse")
	}
	pkg, ignores, problems := src.scan()
	for _, p := range problems {
		t.Errorf("%s:%d:%d: %s", p.Pos.File, p.Pos.Line, p.Pos.Col, p.Message)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n", pkg.Path)
	for _, typ := range pkg.Types {
		fmt.Fprintf(&b, "%d: %s\n", typ.Pos.Line, &typ)
	}
	for _, c := range pkg.Contracts {
		fmt.Fprintf(&b, "%d: %s", c.Pos.Line, &c)
		if c.Interface {
			b.WriteString("  (interface)")
		}
		b.WriteByte('\n')
	}
	for _, i := range ignores {
		fmt.Fprintf(&b, "%d: ignore %s lines %d-%d %s", i.Pos.Line, strings.Join(i.Rules, ","), i.FirstLine, i.LastLine, i.Target)
		if !i.Until.IsZero() {
			fmt.Fprintf(&b, " until %s", i.Until.Format("2006-01-02"))
		}
		fmt.Fprintf(&b, " -- %s\n", i.Reason)
	}
	golden(t, filepath.Join("testdata", "good.golden"), b.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; got:\n%s", name, got)
	}
}

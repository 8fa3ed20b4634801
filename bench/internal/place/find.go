package place

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
)

// Spot is a line of a file.
type Spot struct {
	File string
	Line int
}

// Spots is a set of lines.
type Spots map[Spot]bool

// Find returns the lines that the places name in the files, and the places that name
// none. A line that is a case of a select stands for the select as well.
func Find(files []string, places []Place) (spots Spots, missing []Place, err error) {
	spots = make(Spots)
	found := make([]bool, len(places))
	for _, name := range files {
		f, err := read(name)
		if err != nil {
			return nil, nil, err
		}
		for i, p := range places {
			for _, line := range f.lines(p) {
				found[i] = true
				spots[Spot{name, line}] = true
				if s := f.selects[line]; s != 0 {
					spots[Spot{name, s}] = true
				}
			}
		}
	}
	for i, p := range places {
		if !found[i] {
			missing = append(missing, p)
		}
	}
	return spots, missing, nil
}

// file is what is needed of a source file.
type file struct {
	text    []string          // its lines, bare
	funcs   map[string][2]int // the first and last line of each function
	selects map[int]int       // the line of the select, by the line of the case
}

func read(name string) (*file, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	line := func(pos token.Pos) int { return fset.PositionFor(pos, false).Line }
	f := &file{funcs: make(map[string][2]int), selects: make(map[int]int)}

	bare := append([]byte(nil), src...)
	for _, group := range syntax.Comments {
		from := fset.PositionFor(group.Pos(), false).Offset
		for i, c := range src[from:fset.PositionFor(group.End(), false).Offset] {
			if c != '\n' {
				bare[from+i] = ' '
			}
		}
	}
	for text := range strings.Lines(string(bare)) {
		f.text = append(f.text, strings.TrimSpace(text))
	}

	ast.Inspect(syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			f.funcs[funcName(n)] = [2]int{line(n.Pos()), line(n.End())}
		case *ast.SelectStmt:
			for _, c := range n.Body.List {
				f.selects[line(c.Pos())] = line(n.Pos())
			}
		}
		return true
	})
	return f, nil
}

func (f *file) lines(p Place) []int {
	span, ok := f.funcs[p.Func]
	if !ok {
		return nil
	}
	var out []int
	for n := span[0]; n <= span[1]; n++ {
		if f.text[n-1] == p.Line {
			out = append(out, n)
		}
	}
	if p.Nth == 0 {
		return out
	}
	if p.Nth > len(out) {
		return nil
	}
	return out[p.Nth-1 : p.Nth]
}

func funcName(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return f.Name.Name
	}
	t, star := f.Recv.List[0].Type, false
	if s, ok := t.(*ast.StarExpr); ok {
		t, star = s.X, true
	}
	switch x := t.(type) {
	case *ast.IndexExpr:
		t = x.X
	case *ast.IndexListExpr:
		t = x.X
	}
	name := "?"
	if id, ok := t.(*ast.Ident); ok {
		name = id.Name
	}
	if star {
		return "(*" + name + ")." + f.Name.Name
	}
	return name + "." + f.Name.Name
}

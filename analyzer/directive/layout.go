package directive

import (
	"go/ast"
	"go/token"
)

// span is what an ignore directive covers, in lines.
type span struct {
	first, last token.Pos
	fn          *ast.FuncDecl // nil for a statement
}

// layout says what stands on which line of a file. Its lines are those of the text
// as it is, whatever //line comments say.
type layout struct {
	file  *token.File
	code  map[int]token.Pos // the first place on a line where code begins or ends
	start map[int]ast.Node  // the outermost node that begins on a line
	funcs map[*ast.CommentGroup]*ast.FuncDecl
}

func layoutOf(fset *token.FileSet, file *ast.File) *layout {
	l := &layout{
		file:  fset.File(file.FileStart),
		code:  map[int]token.Pos{},
		start: map[int]ast.Node{},
		funcs: map[*ast.CommentGroup]*ast.FuncDecl{},
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case nil:
			return false
		case *ast.CommentGroup:
			return false
		case *ast.File:
			l.mark(n.Package)
			return true
		case *ast.FuncDecl:
			if n.Doc != nil {
				l.funcs[n.Doc] = n
			}
		}
		l.mark(n.Pos())
		l.mark(n.End() - 1)
		if at := l.line(n.Pos()); l.start[at] == nil {
			l.start[at] = n
		}
		return true
	})
	return l
}

func (l *layout) line(pos token.Pos) int { return l.file.PositionFor(pos, false).Line }

func (l *layout) mark(pos token.Pos) {
	if pos <= token.NoPos { // an empty field list without parentheses has no position
		return
	}
	at := l.line(pos)
	if first, ok := l.code[at]; !ok || pos < first {
		l.code[at] = pos
	}
}

// target returns what an ignore directive covers: the line on which it follows code,
// the function whose doc comment it is in, or what begins on the line below.
func (l *layout) target(d *line) (span, bool) {
	if first, ok := l.code[l.line(d.pos)]; ok && first < d.pos {
		return span{first: d.pos, last: d.pos}, true
	}
	if fn := l.funcs[d.group]; fn != nil {
		return span{first: fn.Pos(), last: fn.End() - 1, fn: fn}, true
	}
	switch n := l.start[l.line(d.group.End()-1)+1].(type) {
	case ast.Stmt, ast.Expr, *ast.ValueSpec:
		return l.header(n), true
	case *ast.GenDecl:
		return l.header(n), n.Tok == token.VAR
	}
	return span{}, false
}

// header is the part of a node that an ignore directive above it speaks of: all of
// it, but of a node with a block only what stands before that. An ignore for a block
// would hide what is written into it later.
func (l *layout) header(n ast.Node) span {
	s := span{first: n.Pos(), last: n.End() - 1}
	ast.Inspect(n, func(m ast.Node) bool {
		var open token.Pos
		switch m := m.(type) {
		case *ast.BlockStmt:
			open = m.Lbrace
		case *ast.CaseClause:
			open = m.Colon
		case *ast.CommClause:
			open = m.Colon
		default:
			return true
		}
		if l.line(open) != l.line(m.End()-1) {
			s.last = min(s.last, open)
		}
		return false
	})
	return s
}

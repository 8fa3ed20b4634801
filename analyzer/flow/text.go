package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// maxText is the length to which a rendering of source is cut.
const maxText = 70

// syntax finds the source of a function's instructions by their positions. It is gone through
// when something is asked for: of many functions nothing is.
type syntax struct {
	root  ast.Node               // nil once it was gone through
	exprs map[token.Pos]ast.Node // calls by their left parenthesis, sends by their arrow, ...
	names map[token.Pos]string   // variables by the position of what initialises them
	texts map[token.Pos]string   // asked for so far
}

func syntaxOf(root ast.Node) *syntax { return &syntax{root: root} }

func (s *syntax) read() {
	if s.root == nil {
		return
	}
	root := s.root
	s.root, s.exprs, s.names, s.texts = nil, make(map[token.Pos]ast.Node), make(map[token.Pos]string), make(map[token.Pos]string)
	ast.Inspect(root, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.CallExpr:
			s.exprs[node.Lparen] = node
		case *ast.SendStmt:
			s.exprs[node.Arrow] = node
		case *ast.UnaryExpr:
			if node.Op == token.ARROW {
				s.exprs[node.OpPos] = node
			}
		case *ast.SelectStmt, *ast.RangeStmt, *ast.ReturnStmt, *ast.BranchStmt:
			s.exprs[node.Pos()] = node
		case *ast.IncDecStmt:
			s.exprs[node.TokPos] = node
			s.stored(node.X, node)
		case *ast.AssignStmt:
			s.exprs[node.TokPos] = node
			for _, lhs := range node.Lhs {
				s.stored(lhs, node)
			}
			if len(node.Lhs) == len(node.Rhs) {
				for i := range node.Lhs {
					s.name(node.Lhs[i], node.Rhs[i])
				}
			}
		case *ast.ValueSpec:
			if len(node.Names) == len(node.Values) {
				for i := range node.Names {
					s.name(node.Names[i], node.Values[i])
				}
			}
		}
		return true
	})
}

// stored notes the statement that stores to lhs.
func (s *syntax) stored(lhs ast.Expr, stmt ast.Node) {
	switch lhs := ast.Unparen(lhs).(type) {
	case *ast.SelectorExpr:
		s.exprs[lhs.Sel.Pos()] = stmt
	case *ast.IndexExpr:
		s.exprs[lhs.Lbrack] = stmt
	}
}

func (s *syntax) name(lhs, rhs ast.Expr) {
	ident, ok := lhs.(*ast.Ident)
	if !ok || ident.Name == "_" {
		return
	}
	if addr, ok := rhs.(*ast.UnaryExpr); ok && addr.Op == token.AND {
		rhs = addr.X
	}
	switch rhs := ast.Unparen(rhs).(type) {
	case *ast.CallExpr:
		s.names[rhs.Lparen] = ident.Name
	case *ast.CompositeLit:
		s.names[rhs.Lbrace] = ident.Name
	}
}

// start returns where the source of what stands at pos begins: pos itself if it is
// not known.
func (s *syntax) start(pos token.Pos) token.Pos {
	s.read()
	if node := s.exprs[pos]; node != nil {
		return node.Pos()
	}
	return pos
}

// text returns one line of source for what stands at pos, "" if it is not known.
func (s *syntax) text(pos token.Pos) string {
	s.read()
	text, known := s.texts[pos]
	if !known && s.exprs[pos] != nil {
		text = s.render(pos)
		s.texts[pos] = text
	}
	return text
}

// called returns the name of the variable that what stands at pos initialises, "" if there is
// none.
func (s *syntax) called(pos token.Pos) string {
	s.read()
	return s.names[pos]
}

func (s *syntax) render(pos token.Pos) string {
	text := ""
	switch node := s.exprs[pos].(type) {
	case *ast.SendStmt:
		text = types.ExprString(node.Chan) + " <- " + types.ExprString(node.Value)
	case *ast.SelectStmt:
		text = "select"
	case *ast.BranchStmt:
		text = node.Tok.String()
	case *ast.RangeStmt:
		text = "range " + types.ExprString(node.X)
	case *ast.ReturnStmt:
		text = strings.TrimSpace("return " + exprs(node.Results))
	case *ast.AssignStmt:
		text = exprs(node.Lhs) + " " + node.Tok.String() + " " + exprs(node.Rhs)
	case *ast.IncDecStmt:
		text = types.ExprString(node.X) + node.Tok.String()
	case ast.Expr:
		text = types.ExprString(node)
	}
	if strings.Contains(text, " literal)") {
		text = literals.ReplaceAllString(text, "$1 {…}")
	}
	return cut(text)
}

func exprs(list []ast.Expr) string {
	var texts []string
	for _, e := range list {
		texts = append(texts, types.ExprString(e))
	}
	return strings.Join(texts, ", ")
}

// literals finds how function literals are printed.
var literals = regexp.MustCompile(`\((func\([^()]*\)[^()]*) literal\)`)

// cut shortens text. A call keeps the end of its arguments' parenthesis.
func cut(text string) string {
	if len(text) <= maxText {
		return text
	}
	runes := []rune(text)
	if len(runes) <= maxText {
		return text
	}
	end := "…"
	if strings.HasSuffix(text, ")") {
		end = "…)"
	}
	return string(runes[:maxText-len([]rune(end))]) + end
}

// callText renders a call for which there is no syntax.
func callText(call *ssa.CallCommon) string {
	if call.IsInvoke() {
		return call.Method.Name() + "(…)"
	}
	if fn := call.StaticCallee(); fn != nil {
		return fn.Name() + "(…)"
	}
	return ""
}

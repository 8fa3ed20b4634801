package directive

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/directive/clause"
	"github.com/fencelint/fencelint/analyzer/model"
)

const prefix = "//" + toolName + ":"

// scanner reads one package.
type scanner struct {
	fset      *token.FileSet
	pkg       *types.Package
	info      *types.Info
	contracts map[string]*model.Contract
	types     map[string]*model.Type
	ignores   []Ignore
	problems  []Problem

	lines []*line // of the file being read
}

// line is one directive comment.
type line struct {
	pos     token.Pos
	group   *ast.CommentGroup
	clause  clause.Clause
	claimed bool
}

// at returns the position of an offset in the text after the prefix.
func (l *line) at(offset int) token.Pos { return l.pos + token.Pos(len(prefix)+offset) }

func (s *scanner) file(file *ast.File) {
	s.lines = nil
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if text, ok := strings.CutPrefix(comment.Text, prefix); ok && !strings.HasPrefix(text, " ") {
				s.lines = append(s.lines, &line{pos: comment.Slash, group: group, clause: clause.Split(strings.TrimSuffix(text, "\r"))})
			} else if message := nearMiss(comment.Text); message != "" {
				s.problem(comment.Slash, message)
			}
		}
	}
	if len(s.lines) == 0 {
		return
	}
	s.ignoreLines(file)
	for _, decl := range file.Decls {
		s.decl(decl)
	}
	for _, l := range s.lines {
		if !l.claimed {
			s.problem(l.pos, misplaced(l, file))
		}
	}
}

func (s *scanner) result() (*model.Package, []Ignore, []Problem) {
	out := &model.Package{Path: s.path()}
	for _, name := range slices.Sorted(maps.Keys(s.contracts)) {
		out.Contracts = append(out.Contracts, *s.contracts[name])
	}
	for _, name := range slices.Sorted(maps.Keys(s.types)) {
		out.Types = append(out.Types, *s.types[name])
	}
	slices.SortStableFunc(s.ignores, func(a, b Ignore) int { return comparePos(a.Pos, b.Pos) })
	slices.SortStableFunc(s.problems, func(a, b Problem) int {
		return cmp.Or(comparePos(a.Pos, b.Pos), cmp.Compare(a.Message, b.Message))
	})
	// Names that share a comment share its mistakes.
	return out, s.ignores, slices.Compact(s.problems)
}

// path is the import path, "" if there is no type information at all.
func (s *scanner) path() string {
	if s.pkg == nil {
		return ""
	}
	return s.pkg.Path()
}

func comparePos(a, b model.Pos) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
}

func (s *scanner) pos(p token.Pos) model.Pos {
	at := s.fset.Position(p)
	return model.Pos{File: at.Filename, Line: at.Line, Col: at.Column}
}

func (s *scanner) problem(p token.Pos, message string) {
	s.problems = append(s.problems, Problem{Pos: s.pos(p), Package: s.path(), Message: message})
}

// claim gives the directives of the comment groups to the owners, which share them.
func (s *scanner) claim(groups []*ast.CommentGroup, owners ...owner) {
	for _, l := range s.lines {
		if l.claimed || !slices.Contains(groups, l.group) {
			continue
		}
		l.claimed = true
		for _, o := range owners {
			s.apply(o, l)
		}
	}
}

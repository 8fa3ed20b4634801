package oracle

import (
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
)

// names reports whether a finding names what a goroutine of a deadlock stands at: the
// operation, in its position or a lane, or the class of what that waits for, in an edge.
func names(f *finding.Finding, p *Program, src Source, dead Deadlock) bool {
	return slices.ContainsFunc(dead.Stmts, func(s *Stmt) bool {
		if line := src.Lines[s]; line == f.Pos.Line || slices.ContainsFunc(f.Lanes, func(l finding.Lane) bool {
			return slices.ContainsFunc(l.Steps, func(step finding.Step) bool { return step.Pos.Line == line })
		}) {
			return true
		}
		if !refers(s) {
			return false
		}
		class := p.class(s)
		if f.Rule == "missing-unlock" && strings.Contains(f.Message, strings.TrimPrefix(class, ".")) {
			return true // it has no edges
		}
		return slices.ContainsFunc(f.Edges, func(e finding.Edge) bool {
			return strings.HasSuffix(e.From, class) || strings.HasSuffix(e.To, class)
		})
	})
}

// class returns the end of what fencelint calls the class of what a statement is about:
// TYPE.FIELD, or the name of a variable. What is only a parameter has none of its own.
func (p *Program) class(s *Stmt) string {
	in := p.scope()
	for _, f := range p.Funcs {
		each(f.Body, func(t *Stmt) {
			if t == s {
				in = f.Params
			}
		})
	}
	t := p.Types[in[s.On.Base]]
	if t.Name != "" {
		return "." + t.Name + "." + t.Fields[s.On.Field].Name
	}
	for i, o := range p.Objects {
		if o.Type == in[s.On.Base] {
			return p.Objects[i].Name
		}
	}
	return ""
}

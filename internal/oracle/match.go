package oracle

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
)

// names reports whether a finding names what a goroutine of a deadlock stands at: the
// operation, or the allocation that it is in, in its position or a lane; or the class of
// what it waits for, in an edge. A missing unlock has no edges: it names the lock by where
// that is taken.
func (o *Outcome) names(f *Finding, dead Deadlock) bool {
	passes := func(s *Stmt) bool {
		line := o.Source.Lines[s]
		return line == f.Pos.Line || slices.ContainsFunc(f.Lanes, func(l finding.Lane) bool {
			return slices.ContainsFunc(l.Steps, func(step finding.Step) bool { return step.Pos.Line == line })
		})
	}
	if slices.ContainsFunc(dead.Stmts, passes) || slices.ContainsFunc(dead.Within, passes) {
		return true
	}
	if f.Rule == "missing-unlock" {
		return slices.ContainsFunc(o.waitedLocks(dead), func(lock int) bool { return o.unlockOf(f, lock) })
	}
	return slices.ContainsFunc(dead.Stmts, func(s *Stmt) bool {
		if !refers(s) {
			return false
		}
		class := o.Program.class(s)
		return slices.ContainsFunc(f.Edges, func(e finding.Edge) bool {
			return strings.HasSuffix(e.From, class) || strings.HasSuffix(e.To, class)
		})
	})
}

// waitedLocks returns the locks that goroutines of a deadlock wait for.
func (o *Outcome) waitedLocks(dead Deadlock) []int {
	m := o.machine()
	var out []int
	for _, p := range dead.places {
		if in := &m.threads[p.code][p.at]; in.locks() {
			out = append(out, in.object)
		}
	}
	return out
}

// unlockOf reports whether the missing unlock of a finding is that of a lock: it names it
// by what some function calls it that takes it, or has a lane past where that is done.
func (o *Outcome) unlockOf(f *Finding, lock int) bool {
	if slices.ContainsFunc(o.handled(lock), func(class string) bool { return strings.Contains(f.Message, class) }) {
		return true
	}
	for _, list := range o.machine().threads {
		for i := range list {
			in := &list[i]
			if !in.locks() && in.code != opTryLock || in.object != lock {
				continue
			}
			if strings.Contains(f.Message, strings.TrimPrefix(o.Program.class(in.stmt), ".")) || strings.Contains(f.Message, o.Program.parameter(in.stmt)) {
				return true
			}
			line := o.Source.Lines[in.stmt]
			if slices.ContainsFunc(f.Lanes, func(l finding.Lane) bool {
				return slices.ContainsFunc(l.Steps, func(step finding.Step) bool { return step.Pos.Line == line })
			}) {
				return true
			}
		}
	}
	return false
}

// handled returns what fencelint calls the class of a variable that shrinkers or notifiers
// are made with: the field that leads to it.
func (o *Outcome) handled(object int) []string {
	var classes []string
	for i, h := range o.Program.Shrinkers {
		for n, variable := range h.Args {
			if o.Program.Types[o.Program.Objects[variable].Type].Name == "" && slices.Contains(o.machine().where[variable], object) {
				classes = append(classes, fmt.Sprintf("handler%d.p%d", i, n))
			}
		}
	}
	return classes
}

// parameter returns what a function calls what one of its statements is about.
func (p *Program) parameter(s *Stmt) string {
	name := "Run:" + p.Objects[0].Name
	if s.On.Base < len(p.Objects) {
		name = "Run:" + p.Objects[s.On.Base].Name
	}
	for _, f := range p.Funcs {
		each(f.Body, func(t *Stmt) {
			if t == s {
				name = fmt.Sprintf("%s:p%d", f.Name, s.On.Base)
			}
		})
	}
	return name
}

// locks reports whether an instruction waits for a lock.
func (in *instruction) locks() bool {
	switch in.code {
	case opLock, opAnnounce, opWriteLock, opReadLock:
		return true
	}
	return false
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

package oracle

// Shape is something that programs can have, of which the share is counted.
type Shape struct {
	Name string
	Has  func(p *Program) bool
}

// Shapes returns what is counted.
func Shapes() []Shape {
	ops := func(name string, ops ...Op) Shape {
		return Shape{name, func(p *Program) bool { return p.does(ops...) }}
	}
	kinds := func(name string, op Op, kind Kind) Shape {
		return Shape{name, func(p *Program) bool {
			found := false
			p.inScope(func(s *Stmt, scope []int) {
				found = found || s.Op == op && p.field(scope, s.On).Kind == kind
			})
			return found
		}}
	}
	return []Shape{
		{"multi-party: a wait that several must end", (*Program).parties},
		{"multi-instance: several objects of one type", (*Program).instances},
		{"counted: a wait for a number, or in a loop", (*Program).counted},
		{"early exit: somebody may leave before the end", (*Program).leaves},
		kinds("mutexes", Lock, Mutex),
		{"RW locks", func(p *Program) bool { return p.does(RLock) || kinds("", Lock, RWMutex).Has(p) }},
		ops("a lock that is tried", TryLock),
		ops("channels", Send, Receive, Range, Close),
		ops("select", Select),
		ops("conds", WaitFlag),
		ops("groups", Wait),
		ops("loops without end", Forever),
		ops("annotated fences", FenceWait, FenceSignal),
		ops("published fences", Publish),
		ops("pools", Get),
		ops("work queues", Push),
		ops("flush", Flush),
		ops("allocations", Alloc),
		{"shrinkers and notifiers", func(p *Program) bool { return len(p.Shrinkers) > 0 }},
		ops("signalling, opportunistic and GFP scopes", Scope),
		{"atomic: a spinlock", func(p *Program) bool { return kinds("", Lock, Spin).Has(p) }},
		ops("functions with parameters", Call),
	}
}

func (p *Program) does(ops ...Op) bool {
	found := false
	p.all(func(s *Stmt) {
		for _, op := range ops {
			found = found || s.Op == op
		}
	})
	return found
}

// inScope visits every statement with the types of what it can be about.
func (p *Program) inScope(visit func(s *Stmt, scope []int)) {
	in := func(list []*Stmt, scope []int) {
		each(list, func(s *Stmt) { visit(s, scope) })
	}
	in(p.Body, p.scope())
	for _, f := range p.Funcs {
		in(f.Body, f.Params)
	}
}

// parties reports whether somebody waits for several: a group of more than one, or several
// that send what one receives.
func (p *Program) parties() bool {
	found := false
	adds := make(map[Ref]int)
	goes := 0
	p.inScope(func(s *Stmt, scope []int) {
		switch s.Op {
		case Add:
			found = found || s.N > 1
		case GroupGo, Send:
			// By class: a function may be called with several.
			key := Ref{scope[s.On.Base], s.On.Field}
			if adds[key]++; adds[key] > 1 {
				found = true
			}
		case Loop:
			each(s.Body, func(t *Stmt) {
				if t.Op == Go {
					goes++
				}
			})
		}
	})
	return found || goes > 0
}

// instances reports whether several variables of Run are of one struct type.
func (p *Program) instances() bool {
	used, types := p.used(), make(map[int]int)
	for i, o := range p.Objects {
		if used[i] && p.Types[o.Type].Name != "" {
			types[o.Type]++
		}
	}
	for _, n := range types {
		if n > 1 {
			return true
		}
	}
	return false
}

// counted reports whether a number decides how long somebody waits.
func (p *Program) counted() bool {
	found := false
	p.all(func(s *Stmt) {
		switch s.Op {
		case Add:
			found = true
		case Loop, Count:
			each(s.Body, func(t *Stmt) {
				found = found || t.Op == Send || t.Op == Receive || t.Op == Get || t.Op == Done || t.Op == Go
			})
		}
	})
	return found
}

// leaves reports whether a goroutine returns before its end.
func (p *Program) leaves() bool {
	found := false
	p.all(func(s *Stmt) {
		if s.Op == If {
			each(s.Body, func(t *Stmt) { found = found || t.Op == Return })
		}
	})
	return found
}

package oracle

import "slices"

// Shrink takes things out of a program, one at a time, as long as it still fails.
func Shrink(p *Program, fails func(*Program) bool) *Program {
	for again := true; again; {
		again = false
		for at := 0; ; at++ {
			smaller := clone(p)
			if !without(smaller, at) {
				break
			}
			if fails(smaller) {
				p, again = smaller, true
				at--
			}
		}
	}
	return p
}

// clone returns a program that shares nothing that shrinking changes.
func clone(p *Program) *Program {
	c := *p
	c.Body = cloneList(p.Body)
	c.Shrinkers = slices.Clone(p.Shrinkers)
	c.Funcs = nil
	for _, f := range p.Funcs {
		g := *f
		g.Body = cloneList(f.Body)
		c.Funcs = append(c.Funcs, &g)
	}
	return &c
}

func cloneList(list []*Stmt) []*Stmt {
	var out []*Stmt
	for _, s := range list {
		c := *s
		c.Body, c.Else = cloneList(s.Body), cloneList(s.Else)
		out = append(out, &c)
	}
	return out
}

// without changes a program in the nth way that makes it smaller: a shrinker goes, or a
// statement, or it is only what is in it. It returns false if there are fewer ways.
func without(p *Program, n int) bool {
	if n < len(p.Shrinkers) {
		p.Shrinkers = slices.Delete(p.Shrinkers, n, n+1)
		return true
	}
	n -= len(p.Shrinkers)
	lists := []*[]*Stmt{&p.Body}
	for _, f := range p.Funcs {
		lists = append(lists, &f.Body)
	}
	for len(lists) > 0 {
		list := lists[0]
		lists = lists[1:]
		for i, s := range *list {
			ways := 1
			bodied := len(s.Body) > 0 && unwraps(s.Op)
			if bodied {
				ways = 2
			}
			if n < ways {
				var inside []*Stmt
				if n == 1 {
					inside = s.Body
				}
				*list = slices.Replace(*list, i, i+1, inside...)
				return true
			}
			n -= ways
			if s.Op == Select {
				for _, c := range s.Body {
					lists = append(lists, &c.Body)
				}
			} else if s.Op != Defer {
				lists = append(lists, &s.Body)
			}
			lists = append(lists, &s.Else)
		}
	}
	return false
}

// unwraps reports whether the body of a statement can stand in its place.
func unwraps(op Op) bool {
	switch op {
	case If, Loop, Count, Scope, TryLock, Go, GroupGo, Push, Forever, Range:
		return true
	}
	return false
}

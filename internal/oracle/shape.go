package oracle

import (
	"fmt"
	"slices"
)

// wrap puts two statements around a part of a draft; or the part into one that has a body,
// where there is no second.
func (g *generator) wrap(draft int, open, closing *Stmt) {
	list := g.drafts[draft]
	from := g.r.IntN(len(list) + 1)
	to := from + g.r.IntN(len(list)-from+1)
	if slices.ContainsFunc(list[from:to], func(s *Stmt) bool { return s.Op == Defer || s.Op == Return }) {
		return
	}
	if closing == nil {
		open.Body = slices.Clone(list[from:to])
		g.drafts[draft] = slices.Concat(list[:from], []*Stmt{open}, list[to:])
		return
	}
	g.drafts[draft] = slices.Concat(list[:from], []*Stmt{open}, list[from:to], []*Stmt{closing}, list[to:])
}

// region has a goroutine do a part of what it does with a lock.
func (g *generator) region() {
	draft := g.draft()
	switch n := g.r.IntN(10); {
	case n < 5:
		mu := g.object(Mutex)
		g.wrap(draft, stmt(Lock, mu), stmt(Unlock, mu))
	case n < 7:
		rw := g.object(RWMutex)
		g.wrap(draft, stmt(RLock, rw), stmt(RUnlock, rw))
	case n < 8:
		rw := g.object(RWMutex)
		g.wrap(draft, stmt(Lock, rw), stmt(Unlock, rw))
	case n < 9 && g.kernel:
		spin := g.object(Spin)
		g.wrap(draft, stmt(Lock, spin), stmt(Unlock, spin))
	default:
		g.wrap(draft, stmt(TryLock, g.object(Mutex)), nil)
	}
}

// memory has goroutines allocate, and reclaim wait for something.
func (g *generator) memory() {
	for range 1 + g.r.IntN(2) {
		g.insert(g.draft(), &Stmt{Op: Alloc, N: g.r.IntN(len(flags))})
	}
	if g.chance(20) {
		g.wrap(g.draft(), &Stmt{Op: Scope, N: noReclaim + g.r.IntN(2)}, nil)
	}
	if g.chance(10) {
		g.insert(g.draft(), &Stmt{Op: Sleep})
	}
	if g.chance(40) {
		return
	}
	var body []*Stmt
	switch g.r.IntN(4) {
	case 0:
		mu := g.object(Mutex)
		body = []*Stmt{stmt(Lock, mu), stmt(Unlock, mu)}
	case 1:
		mu := g.object(Mutex)
		body = []*Stmt{{Op: TryLock, On: mu}}
	default:
		body = []*Stmt{stmt(FenceWait, g.object(Fence))}
	}
	call := g.named(body, Call)
	f := g.p.Funcs[call.Func]
	f.Method = false
	g.p.Shrinkers = append(g.p.Shrinkers, Handler{call.Func, g.chance(30), call.Args})
}

// leave has a goroutine leave early.
func (g *generator) leave() {
	s := &Stmt{Op: If, N: g.unknown(), Body: []*Stmt{{Op: Return}}}
	draft := g.draft()
	at := g.r.IntN(len(g.drafts[draft]) + 1)
	if g.chance(60) {
		// With what it holds by now given back.
		s.Body = append(opened(g.drafts[draft][:at]), s.Body...)
	}
	g.drafts[draft] = slices.Insert(g.drafts[draft], at, s)
}

// closes are the statements that end what others begin.
var closes = map[Op]Op{Lock: Unlock, RLock: RUnlock, Get: Put}

// opened returns what ends everything that a list of statements begins and does not end.
func opened(list []*Stmt) []*Stmt {
	var open []*Stmt
	for _, s := range list {
		if end, ok := closes[s.Op]; ok {
			open = append(open, stmt(end, s.On))
			continue
		}
		for i, o := range slices.Backward(open) {
			if o.Op == s.Op && o.On == s.On {
				open = slices.Delete(open, i, i+1)
				break
			}
		}
	}
	slices.Reverse(open)
	return open
}

// spoil takes something out, makes it unknown whether it happens, or swaps two things.
func (g *generator) spoil() {
	draft := g.draft()
	list := g.drafts[draft]
	if len(list) == 0 {
		return
	}
	at := g.r.IntN(len(list))
	switch {
	case g.chance(30):
		g.drafts[draft] = slices.Delete(list, at, at+1)
	case g.chance(50):
		if op := list[at].Op; op == Defer || op == Return || op == Lock || op == RLock || op == Unlock || op == RUnlock {
			return
		}
		s := &Stmt{Op: If, N: g.unknown(), Body: []*Stmt{list[at]}}
		if g.chance(20) {
			s.Else = g.little()
		}
		list[at] = s
	case at > 0:
		list[at-1], list[at] = list[at], list[at-1]
	}
}

// extract moves a part of what a goroutine does into a function, which is called with
// other objects by another sometimes.
func (g *generator) extract() {
	draft := g.draft()
	list := g.drafts[draft]
	if len(list) == 0 {
		return
	}
	from := g.r.IntN(len(list))
	to := from + 1 + g.r.IntN(len(list)-from)
	part := slices.Clone(list[from:to])
	if n := len(part); n > 1 && g.chance(50) && part[0].Op == Lock && part[n-1].Op == Unlock && part[0].On == part[n-1].On {
		part = slices.Insert(part[:n-1], 1, &Stmt{Op: Defer, Body: []*Stmt{part[n-1]}})
	}
	call := g.named(part, Call)
	g.drafts[draft] = slices.Concat(list[:from], []*Stmt{call}, list[to:])
	if g.chance(25) {
		again := *call
		again.Args = slices.Clone(call.Args)
		for i, a := range again.Args {
			if a < 2 {
				again.Args[i] = 1 - a // the other one of the type
			}
		}
		g.insert(g.draft(), &again)
	}
}

// named makes a function of statements of Run and returns what calls or starts it.
func (g *generator) named(list []*Stmt, op Op) *Stmt {
	var args []int
	parameter := func(base int) int {
		i := slices.Index(args, base)
		if i < 0 {
			i = len(args)
			args = append(args, base)
		}
		return i
	}
	var moved func(list []*Stmt) []*Stmt
	moved = func(list []*Stmt) []*Stmt {
		var out []*Stmt
		for _, s := range list {
			c := *s
			if refers(s) {
				c.On.Base = parameter(s.On.Base)
			}
			c.Args = nil
			for _, a := range s.Args {
				c.Args = append(c.Args, parameter(a))
			}
			c.Body, c.Else = moved(s.Body), moved(s.Else)
			out = append(out, &c)
		}
		return out
	}
	f := &Func{Name: fmt.Sprintf("f%d", len(g.p.Funcs)), Body: moved(list)}
	for _, a := range args {
		f.Params = append(f.Params, g.p.Objects[a].Type)
	}
	f.Method = len(args) > 0 && g.p.Types[f.Params[0]].Name != "" && g.chance(50)
	g.p.Funcs = append(g.p.Funcs, f)
	return &Stmt{Op: op, Func: len(g.p.Funcs) - 1, Args: args}
}

// refers reports whether a statement is about an object.
func refers(s *Stmt) bool {
	switch s.Op {
	case Select, Alloc, Sleep, Scope, If, Return, Loop, Count, Forever, Defer, Call, Go:
		return false
	}
	return true
}

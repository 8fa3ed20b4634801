package oracle

import "slices"

// protocol adds something that goroutines do together.
func (g *generator) protocol() {
	plain := []func(){g.messages, g.ranged, g.group, g.group, g.cond, g.choice, g.finish, g.worker, g.gathered, g.counted}
	annotated := []func(){g.fence, g.fence, g.fence, g.slots, g.slots, g.queue, g.queue, g.messages, g.group, g.cond}
	list := plain
	if g.kernel {
		list = annotated
	}
	list[g.r.IntN(len(list))]()
}

// messages sends a few from one to another.
func (g *generator) messages() {
	ch, from, n := g.object(Chan), g.draft(), 1+g.r.IntN(2)
	g.insert(from, g.repeated(n, func() *Stmt { return stmt(Send, ch) })...)
	for _, to := range g.others(from, 1) {
		g.insert(to, g.repeated(n, func() *Stmt { return stmt(Receive, ch) })...)
	}
}

// counted sends as many as Run was told, which somebody expects.
func (g *generator) counted() {
	if g.p.Counts == 0 {
		g.p.Counts = 1
	}
	ch, from := g.object(Chan), g.draft()
	g.insert(from, &Stmt{Op: Count, Body: []*Stmt{stmt(Send, ch)}})
	for _, to := range g.others(from, 1) {
		g.insert(to, &Stmt{Op: Count, Body: []*Stmt{stmt(Receive, ch)}})
	}
}

// ranged sends some and closes; the other side ranges.
func (g *generator) ranged() {
	ch, from := g.object(Chan), g.draft()
	stmts := g.repeated(g.r.IntN(3), func() *Stmt { return stmt(Send, ch) })
	g.insert(from, append(stmts, stmt(Close, ch))...)
	for _, to := range g.others(from, 1+g.r.IntN(2)) {
		g.insert(to, &Stmt{Op: Range, On: ch, Body: g.little()})
	}
}

// little returns a body that does little.
func (g *generator) little() []*Stmt {
	if g.chance(60) {
		return nil
	}
	mu := g.object(Mutex)
	return []*Stmt{stmt(Lock, mu), stmt(Unlock, mu)}
}

// group counts some goroutines, or what they start, and waits for them.
func (g *generator) group() {
	wg, waits := g.object(Group), g.draft()
	if g.chance(25) {
		for range 1 + g.r.IntN(2) {
			g.insert(g.draft(), &Stmt{Op: GroupGo, On: wg, Body: g.little()})
		}
		g.insert(waits, stmt(Wait, wg))
		return
	}
	parties := g.others(waits, 1+g.r.IntN(3))
	add := &Stmt{Op: Add, On: wg, N: len(parties)}
	if g.chance(80) {
		g.before = append(g.before, add)
	} else {
		g.insert(0, add)
	}
	for _, i := range parties {
		if g.chance(50) {
			g.drafts[i] = slices.Insert(g.drafts[i], 0, &Stmt{Op: Defer, Body: []*Stmt{stmt(Done, wg)}})
		} else {
			g.insert(i, stmt(Done, wg))
		}
	}
	g.insert(waits, stmt(Wait, wg))
}

// cond has one wait for what another sets.
func (g *generator) cond() {
	c, sets := g.object(Cond), g.draft()
	mu := Ref{c.Base, g.p.field(g.p.scope(), c).Lock}
	wake := Signal
	if g.chance(50) {
		wake = Broadcast
	}
	g.together(sets, stmt(Lock, mu), stmt(SetFlag, c), stmt(wake, c), stmt(Unlock, mu))
	for _, waits := range g.others(sets, 1+g.r.IntN(2)) {
		w := stmt(WaitFlag, c)
		if g.chance(10) {
			w.N = 1
		}
		g.together(waits, stmt(Lock, mu), w, stmt(Unlock, mu))
	}
}

// choice receives from whichever of two is ready, or neither.
func (g *generator) choice() {
	one, two, chooses := g.object(Chan), g.object(Chan), g.draft()
	s := &Stmt{Op: Select, Body: []*Stmt{stmt(Receive, one), stmt(Receive, two)}}
	if one == two || g.chance(20) {
		s.Body = s.Body[:1]
		s.N = 1
	}
	if g.chance(20) {
		s.N = 1
	}
	if g.chance(30) {
		s.Body[0].Op = Send
	}
	for _, c := range s.Body {
		if g.chance(30) {
			c.Body = g.little()
		}
	}
	g.insert(chooses, s)
	for _, i := range g.others(chooses, 2) {
		switch {
		case s.Body[0].Op == Send && g.chance(50):
			g.insert(i, stmt(Receive, one))
		case g.chance(50):
			g.insert(i, stmt(Send, one))
		default:
			g.insert(i, stmt(Close, two))
		}
	}
}

// finish closes a channel that others receive from.
func (g *generator) finish() {
	ch, ends := g.fresh(Chan), g.draft()
	if g.chance(40) {
		g.drafts[ends] = slices.Insert(g.drafts[ends], 0, &Stmt{Op: Defer, Body: []*Stmt{stmt(Close, ch)}})
	} else {
		g.insert(ends, stmt(Close, ch))
	}
	for _, i := range g.others(ends, 1+g.r.IntN(2)) {
		g.insert(i, stmt(Receive, ch))
	}
}

// worker receives until it is told to stop.
func (g *generator) worker() {
	jobs, stop, works := g.object(Chan), g.fresh(Chan), g.draft()
	if jobs == stop {
		return
	}
	receive := stmt(Receive, jobs)
	receive.Body = g.little()
	ends := stmt(Receive, stop)
	ends.Body = []*Stmt{{Op: Return}}
	g.drafts[works] = append(g.drafts[works], &Stmt{Op: Forever, Body: []*Stmt{{Op: Select, Body: []*Stmt{receive, ends}}}})
	for _, i := range g.others(works, 1+g.r.IntN(2)) {
		g.insert(i, stmt(Send, jobs))
	}
	for _, i := range g.others(works, 1) {
		g.insert(i, stmt(Close, stop))
	}
}

// gathered has several answer to one, who takes some of the answers.
func (g *generator) gathered() {
	ch, asks := g.object(Chan), g.draft()
	answer := g.others(asks, 2+g.r.IntN(2))
	for _, i := range answer {
		g.insert(i, stmt(Send, ch))
	}
	n := len(answer)
	if g.chance(30) {
		n = 1
	}
	g.insert(asks, g.repeated(n, func() *Stmt { return stmt(Receive, ch) })...)
}

// fence has one signal what others wait for.
func (g *generator) fence() {
	f, waits := g.object(Fence), g.draft()
	for _, i := range g.others(waits, 1) {
		g.insert(i, stmt(FenceSignal, f))
	}
	if g.chance(40) {
		g.before = append(g.before, stmt(Publish, f), stmt(Take, f))
	}
	if g.chance(70) {
		g.insert(waits, stmt(FenceWait, f))
	}
	if g.chance(30) {
		g.insert(g.draft(), stmt(FenceWait, f))
	}
	if g.chance(20) {
		g.wrap(g.draft(), &Stmt{Op: Scope, N: signalling + g.r.IntN(2)}, nil)
	}
}

// slots has some take slots of a pool.
func (g *generator) slots() {
	pool := g.object(Slots)
	for range 1 + g.r.IntN(3) {
		g.wrap(g.draft(), stmt(Get, pool), stmt(Put, pool))
	}
}

// queue queues work, and waits for it.
func (g *generator) queue() {
	q := g.object(Ordered)
	if g.chance(30) {
		q = g.object(Unordered)
	}
	for range 1 + g.r.IntN(2) {
		by := g.draft()
		work := &Stmt{Op: Push, On: q, Body: g.little()}
		if n := len(g.drafts[by]); n > 0 && g.chance(60) {
			i := g.r.IntN(n)
			if !slices.ContainsFunc(g.drafts[by][i:i+1], func(s *Stmt) bool { return s.Op == Return || s.Op == Defer }) {
				work.Body = append(work.Body, g.drafts[by][i])
				g.drafts[by] = slices.Delete(g.drafts[by], i, i+1)
			}
		}
		g.insert(by, work)
	}
	if g.p.field(g.p.scope(), q).Kind == Ordered && g.chance(60) {
		g.insert(g.draft(), stmt(Flush, q))
	}
}

package oracle

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// Generate returns the nth program of a seed.
func Generate(seed, n uint64) *Program {
	g := &generator{r: rand.New(rand.NewPCG(seed, n)), p: &Program{}}
	g.kernel = g.chance(40)
	g.p.Types = []Type{{Name: "node"}, {Name: "hub"}}
	g.p.Objects = []Object{{"a", 0}, {"b", 0}, {"h", 1}}
	g.drafts = make([][]*Stmt, 2+g.r.IntN(3))
	for range 1 + g.r.IntN(3) {
		g.protocol()
	}
	for range g.r.IntN(4) {
		g.region()
	}
	if g.kernel && g.chance(60) {
		g.memory()
	}
	if g.chance(35) {
		g.leave()
	}
	if g.chance(50) {
		g.spoil()
	}
	for range g.r.IntN(3) {
		g.extract()
	}
	g.assemble()
	return g.p
}

// generator makes a program. What a goroutine does is drafted as if it were written in
// Run, and moved into functions later.
type generator struct {
	r      *rand.Rand
	p      *Program
	kernel bool      // with what is annotated
	drafts [][]*Stmt // by goroutine, Run's own first
	before []*Stmt   // what Run does before it starts anybody
}

func (g *generator) chance(percent int) bool { return g.r.IntN(100) < percent }

// fieldNames are what fields are called.
var fieldNames = [...]string{
	Mutex: "mu", RWMutex: "rw", Chan: "ch", Group: "wg", Cond: "cond", Flag: "ready",
	Fence: "fence", Slots: "slots", Spin: "spin", Ordered: "work", Unordered: "pool",
}

// object returns something of a kind: one that is there, or a new one, as a field or as a
// variable.
func (g *generator) object(kind Kind) Ref {
	var there []Ref
	for base, o := range g.p.Objects {
		for i, f := range g.p.Types[o.Type].Fields {
			if f.Kind == kind {
				there = append(there, Ref{base, i})
			}
		}
	}
	if len(there) > 0 && g.chance(50) {
		return there[g.r.IntN(len(there))]
	}
	return g.fresh(kind)
}

// fresh returns something new of a kind.
func (g *generator) fresh(kind Kind) Ref {
	field := Field{Kind: kind}
	switch kind {
	case Chan:
		field.Size = max(0, g.r.IntN(4)-1)
	case Slots:
		field.Size = 1 + g.r.IntN(2)
	}
	if g.chance(40) && kind != Cond && kind != Ordered { // those need a struct around them
		t := len(g.p.Types)
		g.p.Types = append(g.p.Types, Type{Fields: []Field{field}})
		g.p.Objects = append(g.p.Objects, Object{fmt.Sprintf("%s%d", fieldNames[kind], len(g.p.Objects)), t})
		return Ref{len(g.p.Objects) - 1, 0}
	}
	base := g.r.IntN(3)
	t := &g.p.Types[g.p.Objects[base].Type]
	add := func(f Field) int {
		f.Name = fmt.Sprintf("%s%d", fieldNames[f.Kind], len(t.Fields))
		t.Fields = append(t.Fields, f)
		return len(t.Fields) - 1
	}
	if kind == Cond {
		field.Lock = add(Field{Kind: Mutex})
		add(Field{Kind: Flag})
	}
	return Ref{base, add(field)}
}

// insert puts statements into a draft, in their order, with others between them.
func (g *generator) insert(draft int, stmts ...*Stmt) {
	at := 0
	for _, s := range stmts {
		list := g.drafts[draft]
		at += g.r.IntN(len(list) - at + 1)
		g.drafts[draft] = slices.Insert(list, at, s)
		at++
	}
}

// together puts statements into a draft as they are.
func (g *generator) together(draft int, stmts ...*Stmt) {
	list := g.drafts[draft]
	g.drafts[draft] = slices.Insert(list, g.r.IntN(len(list)+1), stmts...)
}

// draft returns any goroutine; others returns some that are not it, all different.
func (g *generator) draft() int { return g.r.IntN(len(g.drafts)) }

func (g *generator) others(than, n int) []int {
	var out []int
	for _, i := range g.r.Perm(len(g.drafts)) {
		if i != than && len(out) < n {
			out = append(out, i)
		}
	}
	return out
}

func stmt(op Op, on Ref) *Stmt { return &Stmt{Op: op, On: on} }

// unknown returns a number of an unknown boolean.
func (g *generator) unknown() int {
	if g.p.Unknown > 0 && g.chance(50) || g.p.Unknown == 2 {
		return g.r.IntN(g.p.Unknown)
	}
	g.p.Unknown++
	return g.p.Unknown - 1
}

// repeated returns a statement that is done n times: so many in a row, or in a loop.
func (g *generator) repeated(n int, s func() *Stmt) []*Stmt {
	if n > 1 && g.chance(50) {
		return []*Stmt{{Op: Loop, N: n, Body: []*Stmt{s()}}}
	}
	var out []*Stmt
	for range n {
		out = append(out, s())
	}
	return out
}

// assemble puts the drafts together: goroutines as literals or functions, started by Run
// or by one another, some of them twice.
func (g *generator) assemble() {
	for i := len(g.drafts) - 1; i > 0; i-- {
		s := &Stmt{Op: Go, Func: -1, Body: g.drafts[i]}
		if g.chance(40) {
			s = g.named(s.Body, Go)
		}
		if g.chance(12) {
			s = &Stmt{Op: Loop, N: 2, Body: []*Stmt{s}}
		}
		by := 0
		if i > 1 && g.chance(15) {
			by = 1 + g.r.IntN(i-1)
		}
		at := 0
		if g.chance(25) {
			at = g.r.IntN(len(g.drafts[by]) + 1)
		}
		g.drafts[by] = slices.Insert(g.drafts[by], at, s)
	}
	g.p.Body = slices.Concat(g.before, g.drafts[0])
}

package graph

import (
	"go/token"
	"slices"
	"strings"

	"github.com/fencelint/fencelint/analyzer/summary"
)

// aliases are the classes that are known by several names: what is kept in a field was
// made somewhere.
type aliases struct {
	up map[summary.Class]summary.Class
	// sources are the classes that a lock was seen to be kept from: of one that may be
	// several nothing is said.
	sources map[summary.Class][]summary.Class
}

// unite gives what is kept one class.
func (g *Graph) unite() {
	a := &aliases{up: map[summary.Class]summary.Class{}, sources: map[summary.Class][]summary.Class{}}
	for _, st := range g.states {
		for _, k := range st.Summary.Kept {
			switch of := st.Class(k.Of); {
			case of.Name == "" || of.Kind != k.In.Kind:
			case of.Kind == summary.Lock:
				if !slices.Contains(a.sources[k.In], of) {
					a.sources[k.In] = append(a.sources[k.In], of)
				}
			default:
				a.join(k.In, of)
			}
		}
	}
	for kept, sources := range a.sources {
		if len(sources) == 1 {
			a.join(kept, sources[0])
		}
	}
	g.space.Rename(a.find)
}

// find returns the class that stands for all names of one.
func (a *aliases) find(c summary.Class) summary.Class {
	for {
		up, ok := a.up[c]
		if !ok {
			return c
		}
		c = up
	}
}

func (a *aliases) join(x, y summary.Class) {
	x, y = a.find(x), a.find(y)
	switch {
	case x == y:
	case better(x, y):
		a.up[y] = x
	default:
		a.up[x] = y
	}
}

// better reports whether x is the better name for what is also called y: that of a field
// or variable of a package.
func better(x, y summary.Class) bool {
	passing := func(c summary.Class) bool {
		return strings.ContainsAny(c.Name, ":()")
	}
	if passing(x) != passing(y) {
		return passing(y)
	}
	return compareClass(x, y) < 0
}

// lend notes whose ends are out of sight.
func (g *Graph) lend() {
	calling := g.whoCalls()
	lent := func(c summary.Class, to summary.Direction) {
		if to != summary.Receive {
			g.unseen[ending{c, summary.Receive}] = true
		}
		if to != summary.Send {
			g.unseen[ending{c, summary.Send}] = true
		}
		g.unseen[ending{c, summary.NoDirection}] = true
	}
	for _, st := range g.states {
		for _, l := range st.Summary.Lent {
			switch {
			case l.Mixed:
				g.mixed[st.Class(l.On)] = true
			case !l.ToCaller || calling.open[st.Key()]:
				lent(st.Class(l.On), l.For)
			}
		}
		for _, k := range st.Summary.Kept {
			if k.Of.Class.Name == "" || k.Of.Open && k.Of.Param >= 0 && st.Class(k.Of) == k.Of.Class && calling.alone[st.Key()] {
				in := g.space.Renamed(k.In)
				lent(in, summary.NoDirection)
				g.made[in] = append(g.made[in], -1)
			}
		}
		for _, m := range st.Summary.Made {
			g.made[st.Class(m.On)] = append(g.made[st.Class(m.On)], m.Cap)
		}
	}
}

// allSeen reports whether everybody is in sight who could end a wait.
func (g *Graph) allSeen(what ending) bool {
	return g.sight.Handled(what.class) && !g.unseen[what] && !open(what.class)
}

// open reports whether a class is a field that other packages can get at by its name.
func open(c summary.Class) bool {
	switch c.Kind {
	case summary.Channel, summary.WaitGroup, summary.Cond:
	default:
		return false
	}
	if strings.ContainsAny(c.Name, ":()") {
		return false
	}
	name := c.Name[strings.LastIndexByte(c.Name, '/')+1:]
	parts := strings.Split(name, ".")
	for _, part := range parts[1:] {
		if !token.IsExported(part) {
			return false
		}
	}
	return parts[0] != "main" && !strings.Contains("/"+c.Name, "/internal/")
}

// room returns how large the buffer of a channel is at most; false if that is not known.
func (g *Graph) room(channel summary.Class) (int, bool) {
	made := g.made[channel]
	if len(made) == 0 || slices.Contains(made, -1) {
		return 0, false
	}
	return slices.Max(made), true
}

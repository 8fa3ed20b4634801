package oracle

import (
	"errors"
	"slices"
)

// stateLimit is how many states the reference looks at; a program that has more is none
// that it can judge.
const stateLimit = 20000

// variantLimit is the same for programs that are made only to excuse a finding.
const variantLimit = 100000

var errStates = errors.New("too many states")

// Deadlock is a way in which goroutines of a program wait for ever.
type Deadlock struct {
	// Stmts are what they stand at, one for each goroutine, in the order of the program's
	// text.
	Stmts []*Stmt
	// Within are the allocations from which reclaim runs, for those that stand there.
	Within []*Stmt
	places []place
}

// Reference is what there is to know about a program.
type Reference struct {
	Deadlocks []Deadlock
	Breaches  []*Stmt // what happens where the rules do not allow it
	States    int
	Crashes   bool // an unlock of what is not locked, for instance, ends the process
	Most      int  // goroutines at a time

	rules *rules
}

// search looks at all states of a machine.
type search struct {
	m     *machine
	ids   map[string]int32
	todo  []*state
	buf   []byte
	edges [][]int32 // kept where there are loops without end
	moves [][]place // what moves along them, kept likewise
	loops bool
	waits map[int32][]place // of each state, kept likewise

	rules     *rules
	deadlocks map[string]Deadlock
	order     map[*Stmt]int
	found     Reference
}

// place is where a goroutine stands.
type place struct{ code, at uint8 }

// Explore runs a program in all ways. It fails for one that has too many.
func Explore(p *Program) (*Reference, error) { return explored(p, compileOptions{}) }

// explored runs a program in all ways, or one that is a little different.
func explored(p *Program, options compileOptions) (*Reference, error) {
	m, err := compile(p, options)
	if err != nil {
		return nil, err
	}
	d := &search{m: m, ids: make(map[string]int32), deadlocks: make(map[string]Deadlock), order: make(map[*Stmt]int), waits: make(map[int32][]place)}
	p.all(func(s *Stmt) {
		d.order[s] = len(d.order)
		d.loops = d.loops || s.Op == Forever
	})
	d.rules = newRules(m)
	for _, s := range m.starts() {
		d.add(m.settled(s))
	}
	for len(d.todo) > 0 {
		s := d.todo[len(d.todo)-1]
		d.todo = d.todo[:len(d.todo)-1]
		d.expand(s)
		if len(d.ids) > m.limit() {
			return nil, errStates
		}
	}
	d.circles()
	return d.result(), nil
}

// starts are the states that a program begins in: one, in which nothing unknown is known; if
// nobody sees when it becomes known, one for all that it may be.
func (m *machine) starts() []*state {
	all := []*state{m.start()}
	if !m.atomic {
		return all
	}
	for n := range m.program.Unknown {
		for _, s := range all {
			other := s.clone()
			s.known[n], other.known[n] = 1, 2
			all = append(all, other)
		}
	}
	return all
}

// limit is how many states are looked at.
func (m *machine) limit() int {
	if m.compileOptions == (compileOptions{}) {
		return stateLimit
	}
	return variantLimit
}

// settled brings the goroutines of a state to where others can see what they do next.
func (m *machine) settled(s *state) *state {
	for i := 0; i < len(s.threads) && !s.crashed; {
		in := m.at(s.threads[i])
		if in.code == opEnd {
			m.perform(s, i, in)
			continue
		}
		if !m.silent(s, in) {
			i++
			continue
		}
		m.perform(s, i, in)
	}
	return s
}

// add adds a state, unless it was seen before, and returns its number.
func (d *search) add(s *state) int32 {
	d.buf = s.key(d.buf)
	if id, ok := d.ids[string(d.buf)]; ok {
		return id
	}
	id := int32(len(d.ids))
	d.ids[string(d.buf)] = id
	d.todo = append(d.todo, s)
	d.found.Most = max(d.found.Most, len(s.threads))
	if d.loops {
		d.edges = append(d.edges, nil)
		d.moves = append(d.moves, nil)
	}
	if !s.crashed {
		d.rules.look(s)
	}
	return id
}

// expand goes on from a state in all ways.
func (d *search) expand(s *state) {
	if s.crashed {
		d.found.Crashes = true
		return
	}
	var id int32
	if d.loops {
		d.buf = s.key(d.buf)
		id = d.ids[string(d.buf)]
		d.waits[id] = places(s)
	}
	moved := false
	for i, t := range s.threads {
		if i > 0 && t == s.threads[i-1] {
			continue // does the same
		}
		d.m.step(s, i, func(n *state, partner int) {
			moved = true
			to := d.add(d.m.settled(n))
			if d.loops {
				d.edges[id] = append(d.edges[id], to)
				d.moves[id] = append(d.moves[id], place{t.code, t.at})
				if partner >= 0 {
					with := s.threads[partner]
					d.moves[id] = append(d.moves[id], place{with.code, with.at})
				}
			}
		})
	}
	if !moved && len(s.threads) > 0 {
		d.stuck(places(s))
	}
}

func places(s *state) []place {
	var out []place
	for _, t := range s.threads {
		out = append(out, place{t.code, t.at})
	}
	return out
}

// stuck notes that goroutines wait for ever at places.
func (d *search) stuck(at []place) {
	dead := Deadlock{places: at}
	var key []byte
	for _, p := range at {
		if in := &d.m.threads[p.code][p.at]; in.code != opTurn { // what was not begun does not wait
			dead.Stmts = append(dead.Stmts, in.stmt)
			if in.within != nil {
				dead.Within = append(dead.Within, in.within)
			}
		}
	}
	slices.SortFunc(dead.Stmts, func(a, b *Stmt) int { return d.order[a] - d.order[b] })
	for _, s := range dead.Stmts {
		key = append(key, byte(d.order[s]), byte(d.order[s]>>8))
	}
	if _, ok := d.deadlocks[string(key)]; !ok {
		d.deadlocks[string(key)] = dead
	}
}

// result returns what was found, in the order of the program's text.
func (d *search) result() *Reference {
	r := d.found
	r.States = len(d.ids)
	for _, dead := range d.deadlocks {
		r.Deadlocks = append(r.Deadlocks, dead)
	}
	slices.SortFunc(r.Deadlocks, func(a, b Deadlock) int {
		return slices.CompareFunc(a.Stmts, b.Stmts, func(x, y *Stmt) int { return d.order[x] - d.order[y] })
	})
	r.rules = d.rules
	r.Breaches = d.rules.breaches(d.order)
	return &r
}

// Package graph is the graph of what is waited for while what is held or owed: its
// classes, its edges with the witness of each, and the cycles through them.
package graph

import (
	"maps"
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Witness is how an edge was seen: the path from where From is held or owed, and the
// operation on it that waits for To.
type Witness struct {
	Section *reach.Section // the section that owes From; nil where From is held
	Held    *summary.Held  // the hold; nil where From is owed
	Spawn   *reach.Spawn   // what queues the work that From waits for; nil otherwise
	Path    *reach.Path
	Op      *summary.Op      // nil with Spawn
	Then    *summary.Op      // what would end the wait for From, and comes after Op
	In      *summary.Summary // the function that Then is in, nil for Path's
	Full    bool             // Op waits for room in a buffer that others may have filled
	// Said are the steps of an edge that was seen by other means than following calls
	// from a hold; all else is nil then.
	Said []finding.Step
}

// Waits is the operation that waits for To.
func (w *Witness) Waits() Reached { return Reached{w.Path, w.Op} }

// farthest is how many calls a way may be long to be believed where nobody has said
// anything: each has branches before it that another state would not have taken.
const farthest = 6

// Far reports whether the operation was seen at the end of a long way only.
func (w *Witness) Far() bool {
	all, _ := w.Path.Hops()
	return all > farthest
}

// Edge says that some code waits for To while it holds, or owes, From.
type Edge struct {
	From, To   summary.Class
	Provenance finding.Provenance
	Witness    *Witness // nil where the edge exists by contract
	// Loose says that From and To are not known to go together: who holds one of the
	// locks To need not be who somebody waits for that holds another. It makes no cycle of
	// what is held.
	Loose bool
	// Newer says that To is made after From: by who waits for it, on the way there. What was
	// there before is not what others wait for who have it from a later call.
	Newer bool
	// Doomed says that it was only seen where every way on ends in a panic.
	Doomed bool
	// Anew is a witness of what is Newer and not Doomed, where the edge itself is Doomed and
	// not Newer; nil if there is none.
	Anew *Witness
	// Likely says that who could end a wait is thought to need To because the call graph
	// says so.
	Likely bool
	// Left says that who could end a wait has left by then, and nobody else knows.
	Left bool
}

// Graph finds edges as they are asked for: most programs have many locks and few
// sections.
type Graph struct {
	model      *model.Set
	space      *reach.Space
	sections   *reach.Sections
	states     []*reach.State
	held       []holder                   // who holds a lock or a pool's slot, in order
	holders    map[summary.Class][]holder // the same by what is held
	written    map[summary.Class]bool     // locks that are taken, not only for reading
	owing      map[summary.Class][]*Owing // sections by the fences they owe
	reclaiming []*reach.Section
	notifying  []*reach.Section
	working    map[summary.Class][]*reach.Spawn
	carriers   map[string]bool // the fields that hold what makes a spawn run
	carries    []Carried
	carried    map[summary.Class][]Edge          // from fences to the workers that signal them
	wrappers   map[summary.Class][]summary.Class // the fences that a fence known only by its own type may be
	fences     []summary.Class                   // every annotated fence, and AnyFence
	signalling []*Owing
	anyReclaim uint64
	seen       map[summary.Class][]Edge
	within     map[belowKey][]Reached
	enders     map[ending][]ender
	runs       map[*reach.State]*run
	closed     []Edge
	guarded    map[guarded]guards                              // asked for so far
	instances  map[ends][]instances                            // asked for so far
	froms      map[summary.Class]map[summary.Class][]instances // of all edges from what they were asked for
	choices    map[place]bool                                  // where somebody waits in a select, or sends
	several    map[summary.Class]bool                          // of which there are several: see noteInstance
	fields     map[summary.Class]string                        // a field that has in itself what a class is in
	writers    map[instanceKey]guards                          // asked for so far
	homes      map[instanceKey]string                          // asked for so far
	locks      *locksets
	heldIn     map[place]*lockset       // asked for so far
	awaiting   map[awaiting]*waiting    // asked for so far
	entered    *reach.Table[*lockset]   // once asked for
	calling    *calling                 // once asked for
	joining    map[*reach.State]*joined // once asked for
	owner      map[string]string        // by type, once asked for
	needs      map[asked[ending]]needs
	demanded   map[asked[place]][]Reached
	certain    map[place]*certain
	endsOf     map[*summary.Op][]ending // the waits that operations end, once asked for
	scoped     map[*reach.State]model.Context
	items      map[*reach.State]map[int][]item
	waited     map[summary.Class][]place // where a class is waited for
	unseen     map[ending]bool           // what may also be ended by who is out of sight
	mixed      map[summary.Class]bool    // may be known as one of several
	made       map[summary.Class][]int   // the sizes of channels' buffers
	handed     map[summary.Class]bool    // locks that others give back than took them
	sight      Sight
	leading    map[summary.Class]bool
	unsaid     bool
}

// Owing is a signalling section with the fences it owes and everything in it.
type Owing struct {
	*reach.Section                  // of those that share it, the one of the nearest root
	Others         []*reach.Section // those of other roots
	Fences         []summary.Class  // those in sight, sorted; AnyFence if none is
	Ops            []Reached
}

// Reached is an operation and a way to it.
type Reached struct {
	Path *reach.Path
	Op   *summary.Op
}

// doomed reports whether every way on ends in a panic.
func (r Reached) doomed() bool { return r.Path.Doomed() || r.Path.State.Doomed(&r.Op.Site) }

// Class is the class of what the operation touches.
func (r Reached) Class() summary.Class { return r.Path.State.Class(r.Op.On) }

type holder struct {
	state *reach.State
	held  *summary.Held
	site  *summary.Site
}

// startAt is where a walk begins through what is done while a holder has a lock.
func (g *Graph) startAt(h holder, lock summary.Class) *reach.Start {
	return &reach.Start{State: h.state, In: h.in, Lock: lock, Near: g.unsaid}
}

// isUnsaid reports whether nobody has said anything of the program but what model files say: no
// cycle is sure then that the call graph alone has seen.
func (g *Graph) isUnsaid() bool {
	if len(g.signalling)+len(g.reclaiming)+len(g.notifying) > 0 {
		return false
	}
	for _, t := range g.model.Types() {
		if !t.Model {
			return false
		}
	}
	for _, c := range g.model.Contracts() {
		if !c.Model {
			return false
		}
	}
	return true
}

// in accepts the holder's site alone.
func (h holder) in(site *summary.Site) bool { return site == h.site }

// Sight says what is in sight of a program.
type Sight struct {
	// Handled reports whether everybody who handles a class is: a wait can only be shown to
	// be stuck where all are who could end it.
	Handled func(summary.Class) bool
	// Hidden are the methods, by key, that have exported names and are called by nobody out
	// of sight.
	Hidden map[string]bool
	// Sole returns the methods that run once for each object, with the type of that, by key,
	// and the types each object of which is made for one other, with the type of that. It may
	// be nil.
	Sole func() (runs, owner map[string]string)
}

// New returns the graph of the named functions.
func New(set *model.Set, space *reach.Space, funcs []string, sight Sight) *Graph {
	states := space.Explore(funcs)
	g := &Graph{
		model:      set,
		space:      space,
		states:     states,
		holders:    map[summary.Class][]holder{},
		written:    map[summary.Class]bool{},
		owing:      map[summary.Class][]*Owing{},
		working:    map[summary.Class][]*reach.Spawn{},
		carriers:   map[string]bool{},
		carried:    map[summary.Class][]Edge{},
		wrappers:   map[summary.Class][]summary.Class{},
		anyReclaim: anyReclaim(set),
		seen:       map[summary.Class][]Edge{},
		within:     map[belowKey][]Reached{},
		enders:     map[ending][]ender{},
		runs:       map[*reach.State]*run{},
		locks:      newLocksets(),
		heldIn:     map[place]*lockset{},
		awaiting:   map[awaiting]*waiting{},
		guarded:    map[guarded]guards{},
		instances:  map[ends][]instances{},
		froms:      map[summary.Class]map[summary.Class][]instances{},
		choices:    map[place]bool{},
		several:    map[summary.Class]bool{},
		fields:     map[summary.Class]string{},
		writers:    map[instanceKey]guards{},
		homes:      map[instanceKey]string{},
		needs:      map[asked[ending]]needs{},
		demanded:   map[asked[place]][]Reached{},
		certain:    map[place]*certain{},
		scoped:     map[*reach.State]model.Context{},
		items:      map[*reach.State]map[int][]item{},
		waited:     map[summary.Class][]place{},
		unseen:     map[ending]bool{},
		mixed:      map[summary.Class]bool{},
		made:       map[summary.Class][]int{},
		handed:     map[summary.Class]bool{},
		sight:      sight,
	}
	g.unite()
	g.sections = space.Sections(states)
	g.lend()
	for _, st := range states {
		g.hold(st)
		g.end(st)
		g.handOver(st)
		g.wrap(st)
	}
	for _, sp := range g.sections.Spawns {
		if sp.Carrier != "" {
			g.carriers[sp.Carrier] = true
		}
		if on := sp.On.Class.Kind; sp.Kind == summary.Work || on == summary.WaitGroup {
			q := sp.In.Class(sp.On)
			g.working[q] = append(g.working[q], sp)
		}
	}
	g.own()
	g.unsaid = g.isUnsaid()
	g.carry()
	g.lead(states)
	return g
}

// Close puts the edges of a cycle that was found by other means into the graph.
func (g *Graph) Close(cycle []Edge) { g.closed = append(g.closed, cycle...) }

// Sections returns the sections and spawns of the program.
func (g *Graph) Sections() *reach.Sections { return g.sections }

// Signalling returns the sections that owe a fence.
func (g *Graph) Signalling() []*Owing { return g.signalling }

// belowKey tells walks through sections apart: sections share starts.
type belowKey struct {
	start *reach.Start
	avoid model.Context
}

// Below returns every operation of a section, nearest first.
func (g *Graph) Below(sec *reach.Section) []Reached {
	key := belowKey{sec.Start, avoided(sec)}
	ops, ok := g.within[key]
	if !ok {
		g.space.Walk([]*reach.Start{sec.Start}, key.avoid, func(p *reach.Path, op *summary.Op) bool {
			ops = append(ops, Reached{p, op})
			return true
		})
		g.within[key] = ops
	}
	return ops
}

// hold notes what is held where in a state.
func (g *Graph) hold(st *reach.State) {
	note := func(site *summary.Site) {
		for i := range site.Held {
			h := &site.Held[i]
			g.noteInstance(st, h.On)
			if c := st.Class(h.On); c.Name != "" {
				g.held = append(g.held, holder{st, h, site})
				if !h.Private && !initialises(st.Key()) {
					g.holders[c] = append(g.holders[c], holder{st, h, site})
				}
			}
		}
	}
	for _, op := range st.Ops() {
		g.noteInstance(st, op.On)
		if op.Kind == summary.OpAcquire && !op.Try && !op.Shared {
			g.written[st.Class(op.On)] = true
		}
		note(&op.Site)
	}
	for _, c := range st.Calls() {
		note(&c.Site)
	}
}

// wrap notes which fences wrap others: who waits for a *fence.Fence, of which nothing
// more is known, may be waiting for any fence that embeds one.
func (g *Graph) wrap(st *reach.State) {
	for i := range st.Summary.Ops {
		c := st.Class(st.Summary.Ops[i].On)
		if c.Kind != summary.Fence || c.Name == "" || c.Type == "" || c.Type == c.Name {
			continue
		}
		inner, outer := summary.Class{Kind: summary.Fence, Name: c.Type}, Named(c)
		all := g.wrappers[inner]
		if at, found := slices.BinarySearchFunc(all, outer, compareClass); !found {
			g.wrappers[inner] = slices.Insert(all, at, outer)
		}
	}
}

// own finds what each signalling section owes, and the fences there are.
func (g *Graph) own() {
	fences := map[summary.Class]bool{}
	for _, t := range g.model.Types() {
		if t.Fence {
			fences[summary.Class{Kind: summary.Fence, Name: t.Name}] = true
		}
	}
	byStart := map[*reach.Start]*Owing{}
	for _, sec := range g.sections.All {
		switch sec.Context {
		case model.Signalling:
			if o := byStart[sec.Start]; o != nil {
				o.Others = append(o.Others, sec)
				continue
			}
			o := g.owe(sec)
			byStart[sec.Start] = o
			if len(o.Ops) == 0 {
				continue
			}
			g.signalling = append(g.signalling, o)
			for _, f := range o.Fences {
				g.owing[f] = append(g.owing[f], o)
				fences[f] = true
			}
		case model.Reclaim:
			g.reclaiming = append(g.reclaiming, sec)
		case model.Notifier:
			g.notifying = append(g.notifying, sec)
		}
	}
	g.fences = slices.SortedFunc(maps.Keys(fences), compareClass)
}

// owe walks a signalling section.
func (g *Graph) owe(sec *reach.Section) *Owing {
	o := &Owing{Section: sec, Ops: g.Below(sec)}
	fences := map[summary.Class]bool{}
	for _, r := range o.Ops {
		if r.Op.Kind == summary.OpSignal && sec.Start.Fence == nil && r.Class().Kind == summary.Fence {
			fences[Named(r.Class())] = true
		}
	}
	if sec.Start.Fence != nil {
		if c := sec.Start.State.Class(*sec.Start.Fence); c.Name != "" {
			fences[Named(c)] = true
		}
	}
	if len(fences) == 0 {
		fences[AnyFence()] = true
	}
	o.Fences = slices.SortedFunc(maps.Keys(fences), compareClass)
	return o
}

// Named returns a fence's class without what its primitive is: a fence is known by
// its name alone.
func Named(c summary.Class) summary.Class {
	if c.Kind == summary.Fence {
		c.Type = ""
	}
	return c
}

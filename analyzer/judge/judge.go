// Package judge decides what in the graph is wrong: which operations break a rule in
// the context they run in, with which other half, and how much of it was seen. It
// words nothing; passes do.
package judge

import (
	"go/token"
	"iter"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Program is what is known of the code to be judged.
type Program struct {
	Model   *model.Set
	Summary func(key string) *summary.Summary
	Funcs   []string              // keys of all summaries in sight, sorted
	Report  func(pkg string) bool // the packages that findings may stand in
	Whole   bool                  // all callers are in sight
	Stuck   func() []Stuck        // where goroutines were seen to wait for ever; nil: not looked for
	// Spared reports whether nobody comes to an operation of a function when those who call
	// the function, all of which are in sight, are run; nil: not looked for.
	Spared func(key string, at model.Pos) bool
	// Hidden are methods with exported names that nobody out of sight can call, by key, and
	// Sole what one goroutine has to itself: see [graph.Sight].
	Hidden map[string]bool
	Sole   func() (runs, owner map[string]string)
}

// Summaries iterates over what is known of the functions in sight, by key, in their order.
func (p *Program) Summaries() iter.Seq2[string, *summary.Summary] {
	return func(yield func(string, *summary.Summary) bool) {
		for _, key := range p.Funcs {
			if s := p.Summary(key); s != nil && !yield(key, s) {
				return
			}
		}
	}
}

// inSight reports whether everybody who handles a class is in sight: what a package
// keeps to itself, if only that package is.
func (p *Program) inSight(c summary.Class) bool {
	if p.Whole {
		return true
	}
	i := strings.LastIndexByte(c.Name, '.')
	if i < 0 {
		return false
	}
	if last := c.Name[i+1:]; token.IsExported(last) && !strings.Contains(last, ":") {
		return false
	}
	pkg := c.Name[:i]
	for !p.Report(pkg) {
		i = strings.LastIndexByte(pkg, '.')
		if i < 0 {
			return false
		}
		pkg = pkg[:i]
	}
	return true
}

// Graph returns the graph of a program.
func (p *Program) Graph() *graph.Graph {
	space := reach.NewSpace(p.Summary)
	space.Whole = p.Whole
	return graph.New(p.Model, space, p.Funcs, graph.Sight{Handled: p.inSight, Hidden: p.Hidden, Sole: p.Sole})
}

// Judge returns everything that is wrong with a program, sorted by position and rule.
// The graph is the program's; afterwards the edges of all that was found are in it.
func Judge(p *Program, g *graph.Graph) []Occurrence {
	j := &judgement{program: p, graph: g, whole: g.Without(nil), broken: map[spotKey]bool{}}
	for _, o := range j.graph.Signalling() {
		j.signalling(o)
	}
	j.reclaim()
	j.locks()
	j.atomic()
	j.heap()
	behind := j.graph.Behind()
	j.besides(behind)
	j.rescuers()
	j.local()
	j.promises()
	j.unkept()
	j.again()
	j.loops(behind)
	j.wakeups()
	j.stuck()
	j.forsaken()
	return j.occurrences()
}

// judgement is the state of one Judge.
type judgement struct {
	program    *Program
	graph      *graph.Graph
	whole      *graph.View // of all of the graph
	candidates []*candidate
	// broken are the operations that are findings by themselves. A lock held across one
	// of them adds nothing to it.
	broken map[spotKey]bool
	// publishers are where fences are published, by class; nil until somebody asks.
	publishers map[summary.Class][]finding.Step
	// released are the locks that a function releases which has not taken them; nil until
	// somebody asks.
	released map[summary.Class]bool
}

// spotKey is an operation, whatever led there.
type spotKey struct {
	fn  string
	pos model.Pos
}

func (j *judgement) spotOf(r graph.Reached) (graph.Spot, spotKey) {
	spot := j.graph.Spot(r.Path, r.Op)
	return spot, spotKey{spot.Path.State.Key(), spot.Site.Pos}
}

// isBroken reports whether an operation is a finding already.
func (j *judgement) isBroken(r graph.Reached) bool {
	_, key := j.spotOf(r)
	return j.broken[key]
}

// candidate is one way of breaking a rule; of those that break it at the same
// operation one becomes an Occurrence.
type candidate struct {
	Occurrence
	cycle []graph.Edge // from the fence, reclaim or notifier that is owed back to it

	// One of these says where it is.
	section *reach.Section   // and the operation in it
	others  []*reach.Section // of other roots, with the same operations
	carried *graph.Carried
	beside  *graph.Beside
	own     *summary.Summary // and its own operation
	run     bool             // it was also seen by running the program all ways round
	stuck   *Stuck           // own waits for ever: how that came
	loop    bool             // the operation is made by who holds, and is for what others hold

	reached graph.Reached
	spot    graph.Spot
}

// add files a candidate in a section.
func (j *judgement) add(c *candidate) {
	spot, key := j.spotOf(c.reached)
	c.spot = spot
	c.Op = c.reached.Op.Kind
	c.What = spot.Site.Text
	c.Callee = c.reached.Op.Callee
	c.Bounded = c.reached.Op.Bounded
	if c.On.Name == "" {
		c.On = graph.Named(c.reached.Class())
	}
	if c.section != nil {
		c.Context = c.section.Context
		c.Opened = opened(c.section)
	}
	if !c.loop && c.Level != finding.Note {
		j.broken[key] = true
	}
	j.graph.Close(c.cycle)
	j.candidates = append(j.candidates, c)
}

package judge

import (
	"slices"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// Stuck is a way for goroutines to wait for ever, seen by running them all ways round.
type Stuck struct {
	In string // the function that was run
	// Ring are goroutines each of which only the next can let go on, and the first the
	// last; one alone waits for itself, for a lock that nobody gives back, or for nobody.
	Ring []Thread
	// Others wait for those of the ring.
	Others []Thread
	// Gone are the returns of goroutines that have ended.
	Gone []finding.Step
	// Itself says that a goroutine alone waits for what it alone could end.
	Itself bool
	// Empty says that it takes a loop of unknown bound that does not go round at all, or that
	// waits for a count to come to it:
	// somebody may know that it does.
	Empty bool
	// Uneven says that it takes two numbers of which nothing is known to be different: somebody
	// may know that they are one.
	Uneven bool
	// Marked says that it takes that somebody has done something before with an object that In
	// has not made, such as to close it: its callers may know that nobody has.
	Marked bool
}

// Thread is a goroutine that waits for ever.
type Thread struct {
	Steps []finding.Step // from where it starts to the operation
	Stack []Place        // the functions it is in, the innermost last
	Op    summary.Op
	On    summary.Class // what it waits for
	Holds []Hold
	// Holder is who took the lock that it waits for, nil if it waits for something else.
	Holder *Hold
}

// Place is a position in a function.
type Place struct {
	In  *summary.Summary
	Pos model.Pos
}

// Hold is a lock that a goroutine has taken.
type Hold struct {
	On   summary.Class
	Step finding.Step
	// Left is the return at which the function that took it left it locked; nil if it did
	// not, or if that is what the function is for.
	Left *Exit
	// Returned says that the function that took it has returned with it, whether that is what it
	// is for or not.
	Returned bool
	Open     bool // others can get at the lock, out of sight
}

// Exit is a return of a function.
type Exit struct {
	In   *summary.Summary
	Site summary.Site
}

// stuck judges what was seen to be stuck, where no edge of the graph has said so.
func (j *judgement) stuck() {
	if j.program.Stuck == nil {
		return
	}
	spots, loops := map[model.Pos][]*candidate{}, map[string][]*candidate{}
	for _, c := range j.candidates {
		if c.own != nil {
			spots[c.ownSite().Pos] = append(spots[c.ownSite().Pos], c)
		} else if c.spot.Site != nil {
			spots[c.spot.Site.Pos] = append(spots[c.spot.Site.Pos], c)
		}
		if len(c.cycle) > 1 {
			loops[c.loopKey(graph.Name)] = append(loops[c.loopKey(graph.Name)], c)
		}
	}
	for _, s := range j.program.Stuck() {
		var known []*candidate
		for _, t := range s.Ring {
			known = append(known, spots[t.Op.Pos]...)
		}
		ring := (&candidate{cycle: s.edges()}).loopKey(graph.Name)
		if len(s.Ring) > 1 {
			known = append(known, loops[ring]...)
		}
		for _, c := range known {
			// Others may come to the same operation with something else in their way.
			c.run = c.run || len(c.cycle) == 0 || c.loopKey(graph.Name) == ring
		}
		if slices.ContainsFunc(known, func(c *candidate) bool { return !j.doubtful(c) }) {
			continue // what is in doubt does not stand in for what was seen
		}
		at := s.standing()
		s.Ring = slices.Concat(s.Ring[at:], s.Ring[:at])
		j.waitsForEver(&s)
	}
}

// forsaken judges the waits for channels that nobody ends, where running the program has not
// come to them. Whether anybody comes there, or is meant to go on, is not known.
func (j *judgement) forsaken() {
	known := map[model.Pos]bool{}
	for _, c := range j.candidates {
		if c.own != nil {
			known[c.ownSite().Pos] = true
		} else if c.spot.Site != nil {
			known[c.spot.Site.Pos] = true
		}
	}
	for _, r := range j.graph.Forsaken() {
		if known[r.Op.Pos] {
			continue
		}
		c := &candidate{own: r.Path.State.Summary}
		c.Rule, c.Level = "no-partner", finding.Warning
		c.reached.Op = r.Op
		c.Op, c.What, c.On = r.Op.Kind, r.Op.Text, r.Class()
		j.candidates = append(j.candidates, c)
	}
}

// standing returns the goroutine of a ring that is at fault: one that waits for
// something else than a lock with a lock held.
func (s *Stuck) standing() int {
	return max(0, slices.IndexFunc(s.Ring, func(t Thread) bool { return t.On.Kind != summary.Lock && len(t.Holds) > 0 }))
}

func (j *judgement) waitsForEver(s *Stuck) {
	first := &s.Ring[0]
	c := &candidate{stuck: s, run: true, own: first.Stack[len(first.Stack)-1].In}
	c.reached.Op = &first.Op
	c.Level = finding.Error
	if s.Empty || s.Uneven || s.Marked && j.graph.OnlyCalled(s.In) {
		c.Level = finding.Warning
	}
	c.Op, c.What, c.Callee, c.On = first.Op.Kind, first.Op.Text, first.Op.Callee, first.On
	c.Rule = s.rule()
	if h := first.Holder; len(s.Ring) == 1 && h != nil && h.Returned && h.Open && j.releasedElsewhere(h.On) {
		return // whoever has what is locked may be meant to give it back
	}
	switch {
	case c.Rule == "missing-unlock":
		left := first.Holder.Left
		c.Kept = first.Holder.Open
		c.own = left.In
		op := summary.Op{Kind: summary.OpUnlockMissing, Site: left.Site}
		c.reached.Op = &op
		c.Op, c.What, c.Callee, c.On = op.Kind, op.Text, "", first.Holder.On
	case len(s.Ring) > 1 || s.Itself:
		c.cycle = s.edges()
		j.graph.Close(c.cycle)
	}
	for i := len(first.Stack) - 1; i >= 0 && c.Rule != "missing-unlock"; i-- {
		if in := first.Stack[i]; j.program.Report(in.In.Package) {
			c.own = in.In
			op := first.Op
			op.Pos = in.Pos
			c.reached.Op = &op
			break
		}
	}
	j.candidates = append(j.candidates, c)
}

// rule names what is wrong by what is waited for.
func (s *Stuck) rule() string {
	first := &s.Ring[0]
	isLock := func(t Thread) bool { return t.On.Kind == summary.Lock }
	switch {
	case len(s.Ring) == 1 && isLock(*first):
		if first.Holder != nil && first.Holder.Left != nil {
			return "missing-unlock"
		}
		return "double-lock"
	case len(s.Ring) == 1 && !s.Itself:
		return "no-partner"
	case !slices.ContainsFunc(s.Ring, isLock):
		return "wait-cycle"
	case slices.ContainsFunc(s.Ring, func(t Thread) bool { return !isLock(t) }):
		return "wait-under-lock"
	case s.oneLock() && slices.ContainsFunc(s.Ring, func(t Thread) bool { return t.Op.Shared }):
		return "read-lock-recursion"
	}
	return "lock-order"
}

// holder names the function that took what the first goroutine holds, or waits for although
// it has it; "" where it holds several.
func (s *Stuck) holder() string {
	switch first := &s.Ring[0]; {
	case first.Holder != nil:
		return first.Holder.Step.Func
	case len(first.Holds) == 1:
		return first.Holds[0].Step.Func
	}
	return ""
}

// oneLock reports whether all wait for locks of one class: where one of them reads, for one
// lock, and for the reader to be done.
func (s *Stuck) oneLock() bool {
	return !slices.ContainsFunc(s.Ring, func(t Thread) bool { return t.On != s.Ring[0].On })
}

// edges are the cycle of a ring: who could end each wait waits for the next. It begins
// with the one that leads to what the first goroutine waits for.
func (s *Stuck) edges() []graph.Edge {
	n := len(s.Ring)
	out := make([]graph.Edge, n)
	for i := range s.Ring {
		before := s.Ring[(i+n-1)%n]
		out[i] = graph.Edge{
			From: before.On, To: s.Ring[i].On, Provenance: finding.Seen,
			Witness: &graph.Witness{Said: s.Ring[i].steps()},
		}
	}
	return out
}

// steps are what a goroutine holds, and its way to where it waits.
func (t *Thread) steps() []finding.Step {
	var steps []finding.Step
	for _, h := range t.Holds {
		if !slices.Contains(t.Steps, h.Step) {
			steps = append(steps, h.Step)
		}
	}
	return append(steps, t.Steps...)
}

// lanes are the two sides: a goroutine that is stuck, and the next in the ring, who
// holds the lock, who waits for the first, or where those went that could have helped.
func (s *Stuck) lanes(rule string) []finding.Lane {
	first := &s.Ring[0]
	lanes := []finding.Lane{{Title: "waits for " + graph.ShortName(first.On), Steps: first.steps()}}
	second := finding.Lane{}
	switch {
	case len(s.Ring) > 1:
		next := &s.Ring[1]
		second = finding.Lane{Title: "waits for " + graph.ShortName(next.On), Steps: next.steps()}
		for i := 2; i < len(s.Ring); i++ {
			second.Steps = append(second.Steps, s.Ring[i].steps()...)
		}
	case first.Holder != nil:
		second = finding.Lane{Title: "holds " + graph.ShortName(first.Holder.On), Steps: []finding.Step{first.Holder.Step}}
		if left := first.Holder.Left; left != nil {
			second.Steps = append(second.Steps, finding.Step{Pos: left.Site.Pos, Func: left.In.Display, Text: left.Site.Text})
		}
	case len(s.Others) > 0:
		second = finding.Lane{Title: "waits for who is stuck", Steps: s.Others[0].steps()}
	case len(s.Gone) > 0:
		second = finding.Lane{Title: "has ended", Steps: s.Gone}
	}
	if len(second.Steps) > 0 {
		lanes = append(lanes, second)
	}
	return lanes
}

func (s *Stuck) closing() string {
	first := graph.ShortName(s.Ring[0].On)
	switch {
	case len(s.Ring) > 1:
		text := "the left waits for " + first
		for i := range s.Ring {
			next := s.Ring[(i+1)%len(s.Ring)]
			if s.Ring[i].On.Kind == summary.Lock {
				text += "; who holds " + graph.ShortName(s.Ring[i].On) + " waits for " + graph.ShortName(next.On)
			} else {
				text += "; who could end the wait for " + graph.ShortName(s.Ring[i].On) + " waits for " + graph.ShortName(next.On)
			}
		}
		return text
	case s.Itself:
		return "only the one that waits could end the wait"
	}
	return ""
}

package judge

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/graph"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/reach"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// breakKey is a breaking edge: an operation, in a context.
type breakKey struct {
	context model.Context
	rule    string // only for what is wrong by itself
	spotKey
}

// occurrences makes one occurrence of all candidates with the same breaking edge.
func (j *judgement) occurrences() []Occurrence {
	groups := map[breakKey][]*candidate{}
	var order []breakKey
	for _, c := range j.candidates {
		key := c.key()
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], c)
	}
	var best []*candidate
	for _, key := range order {
		if c := j.best(groups[key]); c != nil {
			best = append(best, c)
		}
	}
	slices.SortStableFunc(best, func(a, b *candidate) int {
		return cmp.Or(
			cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col), cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Root, b.Root),
		)
	})
	seal(best)
	out := make([]Occurrence, len(best))
	for i, c := range best {
		if fence, ok := c.owedIn(); ok {
			c.Published = j.published(fence)
		}
		out[i] = c.Occurrence
	}
	return out
}

func (c *candidate) key() breakKey {
	switch {
	case c.carried != nil:
		return breakKey{c.Context, c.Rule, spotKey{c.carried.Spawn.In.Key(), c.carried.Spawn.Pos}}
	case c.beside != nil:
		return breakKey{0, c.Rule, spotKey{c.spot.Path.State.Key(), c.spot.Site.Pos}}
	case c.own != nil:
		return breakKey{0, c.Rule, spotKey{c.own.Func, c.ownSite().Pos}}
	case c.loop && len(c.cycle) > 1:
		return breakKey{0, c.Rule, spotKey{fn: c.loopKey(graph.Name)}}
	case c.loop:
		return breakKey{0, c.Rule, spotKey{c.spot.Path.State.Key(), c.spot.Site.Pos}}
	}
	context := c.Context
	if context == model.Notifier {
		context = model.Reclaim // one set of rules for both
	}
	return breakKey{context, "", spotKey{c.spot.Path.State.Key(), c.spot.Site.Pos}}
}

// best picks, of candidates with one breaking edge, the one that speaks: the worst by
// precedence, the most that was seen, the shortest way. It returns nil where none of
// them can stand in a package that is reported on.
func (j *judgement) best(group []*candidate) *candidate {
	group = slices.DeleteFunc(slices.Clone(group), func(c *candidate) bool { return !j.place(c) })
	if len(group) == 0 {
		return nil
	}
	best := slices.MinFunc(group, func(a, b *candidate) int {
		allA, dynamicA := a.hops()
		allB, dynamicB := b.hops()
		return cmp.Or(
			cmp.Compare(a.precedence(), b.precedence()),
			cmp.Compare(weight(verdict(a.cycle)), weight(verdict(b.cycle))),
			cmp.Compare(j.unsure(a), j.unsure(b)),
			cmp.Compare(dynamicA, dynamicB), cmp.Compare(allA, allB),
			cmp.Compare(a.rootKey(), b.rootKey()),
		)
	})
	roots := map[string]bool{}
	for _, c := range group {
		for _, e := range j.breaks(c) {
			if !slices.Contains(best.Breaks, e) {
				best.Breaks = append(best.Breaks, e)
			}
		}
		if c.Rule == best.Rule {
			roots[c.rootKey()] = true
			for _, sec := range c.others {
				roots[rootKey(sec)] = true
			}
		}
	}
	best.More = len(roots) - 1
	best.Also = best.left(group)
	j.fill(best)
	return best
}

// left returns the locks, besides the one that a missing unlock is about, that others of a
// group say the same return leaves held. What was seen by running it has no say: it knows
// a lock by the name that it has where it is waited for.
func (c *candidate) left(group []*candidate) []summary.Class {
	if c.Op != summary.OpUnlockMissing || c.stuck != nil {
		return nil
	}
	var also []summary.Class
	for _, other := range group {
		if other.Rule == c.Rule && other.stuck == nil && other.On != c.On && !slices.Contains(also, other.On) {
			also = append(also, other.On)
		}
	}
	slices.SortFunc(also, func(a, b summary.Class) int { return strings.Compare(graph.Name(a), graph.Name(b)) })
	return also
}

// breaks returns the edges that the candidate's operation makes: from each class that
// its section owes to each that it waits for.
func (j *judgement) breaks(c *candidate) []finding.Edge {
	var from, to []summary.Class
	switch {
	case c.stuck != nil:
		return edges(c.cycle)
	case c.own != nil:
		return nil
	case c.loop:
		return edges(c.cycle[:1])
	case c.carried != nil:
		from, to = c.Owed, []summary.Class{c.carried.Worker}
	default:
		to = j.graph.WaitsFor(c.reached)
		switch c.Context {
		case model.Signalling:
			from = c.Owed
		case model.Reclaim:
			from = []summary.Class{graph.Reclaim()}
		case model.Notifier:
			from = []summary.Class{graph.Notifier()}
		}
	}
	var out []finding.Edge
	for _, f := range from {
		for _, t := range to {
			out = append(out, finding.Edge{From: graph.Name(f), To: graph.Name(t), Provenance: finding.Seen})
		}
	}
	return out
}

// place finds where the candidate can stand: at the operation, or the nearest call on
// the way to it that lies in a package that is reported on.
func (j *judgement) place(c *candidate) bool {
	stand := func(site model.Pos, sum *summary.Summary) bool {
		if !j.program.Report(sum.Package) {
			return false
		}
		c.Pos, c.Func, c.Package = site, sum.Display, sum.Package
		return true
	}
	switch {
	case c.carried != nil:
		c.Origin = c.carried.Spawn.Pos
		return stand(c.carried.Spawn.Pos, c.carried.Spawn.In.Summary)
	case c.own != nil:
		c.Origin = c.ownSite().Pos
		return stand(c.ownSite().Pos, c.own)
	}
	site := c.spot.Site
	c.Origin = site.Pos
	for p := c.spot.Path; ; p = p.Up {
		if stand(site.Pos, p.State.Summary) {
			return true
		}
		if p.Up == nil {
			return false
		}
		site = &p.Call.Site
	}
}

// unsure tells what it takes that callers may know not to be so, and what is in doubt, from
// what does not.
func (j *judgement) unsure(c *candidate) int {
	if c.stuck != nil && c.Level == finding.Warning || j.doubtful(c) {
		return 1
	}
	return 0
}

// hops is how long and how certain the way to the operation is.
func (c *candidate) hops() (all, dynamic int) {
	if c.reached.Path == nil {
		return 0, 0
	}
	all, dynamic = c.reached.Path.Hops()
	if c.section != nil && c.section.From != nil {
		more, uncertain := c.section.From.Hops()
		return all + more, dynamic + uncertain
	}
	return all, dynamic
}

// root is the function in which the section begins.
func (c *candidate) root() *summary.Summary {
	switch {
	case c.carried != nil:
		return c.carried.Spawn.Root.Summary
	case c.beside != nil:
		return c.beside.Spawn.Root.Summary
	case c.own != nil:
		return c.own
	case c.loop:
		return c.reached.Path.Start.State.Summary
	default:
		return c.section.Root()
	}
}

func (c *candidate) rootKey() string {
	if c.section != nil {
		return rootKey(c.section)
	}
	return c.root().Func
}

func rootKey(sec *reach.Section) string {
	key := sec.Root().Func
	if sec.Region != nil {
		key += " " + sec.Region.Text
	}
	return key
}

// precedence orders the rules that one operation may break at once.
func (c *candidate) precedence() int {
	kind := c.On.Kind
	switch {
	case c.Level == finding.Note:
		return 6
	case c.Op == summary.OpAlloc:
		return 0
	case strings.HasPrefix(c.Rule, "lock-in-"):
		return 1
	case strings.HasPrefix(c.Rule, "block-in-") && (kind == summary.Pool || kind == summary.WorkQueue):
		return 2
	case c.Rule == "wait-in-signalling":
		return 3
	case c.Op != summary.OpSleep:
		return 4
	default:
		return 5
	}
}

func weight(v finding.Verdict) int {
	return slices.Index([]finding.Verdict{finding.Cycle, finding.Contract, finding.Breach}, v)
}

// seal gives each candidate its fingerprint: the rule, the context, the function that
// decided, and what it does there. The root stays out: it is the nearest of several,
// and modular mode does not see all of them. The second such operation of a function
// counts as a second.
func seal(sorted []*candidate) {
	count := map[string]int{}
	for _, c := range sorted {
		on := lasting(c.On)
		if c.Op == summary.OpAlloc {
			on = "memory" // whether reclaim or a notifier is seen to wait is a matter of the mode
		}
		symbols := []string{c.key().context.String(), c.decider(), operation(c.Op), c.Callee, on}
		if c.loop && len(c.cycle) > 1 {
			symbols = []string{c.loopKey(lasting)} // where a cycle is entered is a matter of the mode
		}
		key := c.Rule + "\x00" + strings.Join(symbols, "\x00")
		count[key]++
		if n := count[key]; n > 1 {
			symbols = append(symbols, strconv.Itoa(n))
		}
		c.Seal(symbols...)
	}
}

// lasting is the name of a class without that of a local variable, which may be renamed:
// what a function makes is known by the function alone.
func lasting(c summary.Class) string {
	name := graph.Name(c)
	if owner, _, local := strings.Cut(name, ":"); local {
		return owner
	}
	return name
}

// decider is the function that the operation, or the choice of its flags, is in.
func (c *candidate) decider() string {
	switch {
	case c.carried != nil:
		return c.carried.Spawn.In.Key()
	case c.own != nil:
		return c.own.Func
	default:
		return c.spot.Path.State.Key()
	}
}

// operation names a kind of operation for fingerprints: the names must not change.
func operation(kind summary.OpKind) string {
	switch kind {
	case summary.OpWait:
		return "wait"
	case summary.OpAlloc:
		return "alloc"
	case summary.OpAcquire:
		return "acquire"
	case summary.OpSleep:
		return "sleep"
	case summary.OpSignal:
		return "signal"
	case summary.OpFlush:
		return "flush"
	case summary.OpFlagsDropped:
		return "flags"
	case summary.OpDutyLost:
		return "duty"
	case summary.OpWakeMissing:
		return "write"
	case summary.OpSpins:
		return "spin"
	case summary.OpHeap:
		return "heap"
	default:
		return strconv.Itoa(int(kind))
	}
}

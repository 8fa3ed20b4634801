package analyzer

import (
	"fmt"
	"go/types"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/fencelint/fencelint/analyzer/capture"
	"github.com/fencelint/fencelint/analyzer/explore"
	"github.com/fencelint/fencelint/analyzer/fault"
	"github.com/fencelint/fencelint/analyzer/finding"
	"github.com/fencelint/fencelint/analyzer/flow"
	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// stuck returns where goroutines wait for ever, as running functions all ways round has
// shown, in the words of the summaries. What is seen of a function that all its callers know
// better does not count.
func (e *engine) stuck(r *running) (out []judge.Stuck, partly, failures []string) {
	d := &described{engine: e, source: e.source}
	for i, ran := range r.wait() {
		entry := r.entries[i]
		failure := ran.failure
		if failure == "" {
			failure = e.guarded(entry, func() {
				for _, s := range ran.found {
					if !r.callers().deny(entry, func(ran explore.Run) bool { return ran.Stuck(s) }) {
						out = append(out, d.stuck(e.known.Of(entry), s))
					}
				}
			})
		}
		if failure != "" {
			failures = append(failures, failure)
		}
		if ran.bounded {
			partly = append(partly, flow.Key(entry))
		}
	}
	return out, partly, failures
}

// explore has the result know where goroutines wait for ever, and where they would but do
// not come to wait, once that is asked for.
func (r *Result) explore(e *engine, running *running) {
	ran := sync.OnceValues(func() ([]judge.Stuck, map[wait]bool) {
		stuck, partly, failures := e.stuck(running)
		spared, more := e.spared(running)
		r.partly = partly
		r.later(slices.Concat(failures, more)...)
		return stuck, spared
	})
	r.Program.Stuck = func() []judge.Stuck {
		stuck, _ := ran()
		return stuck
	}
	r.Program.Spared = func(key string, at model.Pos) bool {
		_, spared := ran()
		return spared[wait{key, at}]
	}
}

// guarded does something about running a function, and returns what went wrong. A fault of
// ours must not take the run down.
func (e *engine) guarded(fn *ssa.Function, do func()) (failure string) {
	if why := fault.Guard(do); why != "" {
		return fmt.Sprintf("%s: %s could not be run: %s", e.fset.Position(fn.Pos()), fn, why)
	}
	return ""
}

// spoken reports whether directives speak for a function, and its body need not bear
// them out by instance and order. A model file says of a function what it says because
// nothing can be written at the function: where there is a body, that knows more.
func (e *engine) spoken(fn *ssa.Function) bool {
	if e.trusted(fn) {
		return true
	}
	key := e.known.Of(fn)
	c := e.model.Contract(key)
	if c != nil && c.Model && len(fn.Blocks) > 0 {
		return false
	}
	if e.pending[key] {
		return c.HasEffects()
	}
	s := e.imported(key)
	return s != nil && s.Spoken
}

// effects returns what directives say that a call of a function does, where they speak for
// it.
func (e *engine) effects(fn *ssa.Function) []model.Effect {
	declared, ok := fn.Object().(*types.Func)
	if !ok || !e.spoken(fn) {
		return nil
	}
	if c := e.model.Func(declared.Origin()); c.HasEffects() {
		return c.Effects
	}
	return nil
}

// ordered reports whether the work queue that a value leads to does one thing at a time.
// Of a value that came from elsewhere only its type tells.
func (e *engine) ordered(v ssa.Value) (ordered, known bool) {
	if said := e.model.TypeOf(v.Type()); said != nil && said.Ordered {
		return true, true
	}
	if load, ok := v.(*ssa.UnOp); ok {
		v = load.X
	}
	if free, ok := v.(*ssa.FreeVar); ok {
		if alloc := capture.Origin(free); alloc != nil {
			v = alloc
		}
	}
	switch v := v.(type) {
	case *ssa.Alloc:
		_, pointer := v.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Pointer)
		return false, !pointer
	case *ssa.Global:
		said := e.model.Type(v.Pkg.Pkg.Path() + "." + v.Name())
		return said != nil && said.Ordered, true
	case *ssa.FieldAddr:
		owner := model.NamedOf(v.X.Type())
		st, ok := v.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
		if owner == nil || !ok {
			return false, false
		}
		said := e.model.FieldType(owner, st.Field(v.Field))
		return said != nil && said.Ordered, true
	}
	return false, false
}

// described puts what the explorer saw into the words of the summaries.
type described struct {
	engine *engine
	source *flow.Source
}

func (d *described) stuck(in string, s explore.Stuck) judge.Stuck {
	out := judge.Stuck{In: in, Empty: s.Empty, Uneven: s.Uneven, Marked: s.Marked, Itself: s.Why == explore.Circle || s.Why == explore.Again}
	for _, w := range s.Goroutines {
		out.Ring = append(out.Ring, d.thread(w))
	}
	for _, w := range s.Others {
		out.Others = append(out.Others, d.thread(w))
	}
	for _, g := range s.Gone {
		out.Gone = append(out.Gone, d.step(g, ""))
	}
	return out
}

func (d *described) thread(w explore.Waiting) judge.Thread {
	t := judge.Thread{}
	if w.Started != nil {
		t.Steps = append(t.Steps, d.step(*w.Started, summary.Go.String()))
	}
	for i, site := range w.Stack {
		via := summary.Static.String()
		if i == 0 && w.Started == nil {
			via = ""
		}
		step := d.step(site, via)
		t.Steps = append(t.Steps, step)
		t.Stack = append(t.Stack, judge.Place{In: d.summary(site.Func), Pos: step.Pos})
	}
	last := w.Stack[len(w.Stack)-1]
	t.Op = d.operation(last, w)
	t.On = t.Op.On.Class
	if w.Made != nil && (t.On.Name == "" || t.Op.On.Open || strings.HasSuffix(t.On.Name, "()")) {
		t.On.Name = d.source.Allocation(w.Made)
	}
	for _, h := range w.Holds {
		t.Holds = append(t.Holds, d.hold(h))
	}
	if w.Holder != nil {
		h := d.hold(*w.Holder)
		h.On = t.On
		t.Holder = &h
	}
	return t
}

// operation returns what the summaries say of a wait.
func (d *described) operation(at explore.Site, w explore.Waiting) summary.Op {
	pos, text := d.source.At(at.At)
	in := d.summary(at.Func)
	i := slices.IndexFunc(in.Ops, func(op summary.Op) bool {
		return op.Pos == pos && (op.Kind == summary.OpWait || op.Kind == summary.OpAcquire || op.Kind == summary.OpFlush)
	})
	if i >= 0 {
		return in.Ops[i]
	}
	op := summary.Op{Kind: summary.OpWait, Site: summary.Site{Pos: pos, Text: text}, On: summary.Object{Param: -1}}
	op.On.Class.Kind = summary.Channel
	if w.Lock {
		op.Kind, op.On.Class.Kind, op.Shared = summary.OpAcquire, summary.Lock, w.Shared
	}
	return op
}

func (d *described) hold(h explore.Lock) judge.Hold {
	out := judge.Hold{Step: d.step(h.Site, ""), Returned: h.Left != nil, Open: h.Open}
	if in := d.summary(h.Func); h.Left != nil && !helps(in) {
		pos, text := d.source.At(h.Left)
		out.Left = &judge.Exit{In: d.summary(h.Left.Parent()), Site: summary.Site{Pos: pos, Text: text}}
	}
	return out
}

// helps reports whether a function returns holding a lock on every path.
func helps(in *summary.Summary) bool {
	return slices.ContainsFunc(in.Net.Acquired, func(h summary.Held) bool { return !h.May })
}

func (d *described) step(at explore.Site, via string) finding.Step {
	pos, text := d.source.At(at.At)
	return finding.Step{Pos: pos, Func: d.summary(at.Func).Display, Text: text, Via: via}
}

// summary returns what is known of a function; of one that was not summarised, its name.
func (d *described) summary(fn *ssa.Function) *summary.Summary {
	key := d.engine.known.Of(fn)
	if s := d.engine.summary(key); s != nil {
		return s
	}
	return &summary.Summary{Func: key, Display: fn.Name(), Package: packageOf(key)}
}

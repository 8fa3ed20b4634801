package judge_test

import (
	"maps"
	"slices"

	"github.com/fencelint/fencelint/analyzer/judge"
	"github.com/fencelint/fencelint/analyzer/model"
	"github.com/fencelint/fencelint/analyzer/summary"
)

// The words in which tests write programs: summaries by hand, as analyzer/flow would
// make them.

// Bits of the test's flags type.
const (
	bitReclaim = 1 << iota
	bitFS
	bitWait
)

const (
	kernelFlags = bitReclaim | bitFS
	nofsFlags   = bitReclaim
	nowaitFlags = bitWait
)

var testModel = model.NewSet(&model.Package{Path: "k", Types: []model.Type{
	{Name: "d.Job", Fence: true},
	{Name: "d.Queue.ordered", WorkQueue: true, Ordered: true, Rescuer: true},
	{Name: "d.Queue.free", WorkQueue: true, Rescuer: true},
	{Name: "d.Resv", Lock: true, Over: model.Over{Fence: true}},
	{Name: "k.Flags", GFP: &model.GFP{Reclaim: bitReclaim, FS: bitFS}},
	{Name: "k.Mm", Lock: true, Over: model.Over{Fence: true, Reclaim: true}},
	{Name: "k.Mutex", Lock: true},
	{Name: "k.Spin", Lock: true, Spin: true},
	{Name: "k.WorkQueue", WorkQueue: true},
	{Name: "o.Render", Fence: true},
}})

func class(kind summary.ClassKind, name, typ string) summary.Class {
	return summary.Class{Kind: kind, Name: name, Type: typ}
}

func obj(c summary.Class) summary.Object { return summary.Object{Class: c, Param: -1} }

// param is a fence, lock or queue that only the caller knows.
func param(i int, c summary.Class) summary.Object {
	return summary.Object{Class: c, Param: i, Open: true}
}

var (
	job      = obj(class(summary.Fence, "d.Job", ""))
	render   = obj(class(summary.Fence, "o.Render", ""))
	mu       = obj(class(summary.Lock, "d.Dev.mu", "k.Mutex"))
	narrow   = obj(class(summary.Lock, "d.Dev.narrow", "k.Mutex"))
	outer    = obj(class(summary.Lock, "d.Dev.outer", "k.Mutex"))
	spin     = obj(class(summary.Lock, "d.Dev.spin", "k.Spin"))
	resv     = obj(class(summary.Lock, "d.Buf.resv", "d.Resv"))
	mm       = obj(class(summary.Lock, "k.Proc.mm", "k.Mm"))
	slots    = obj(class(summary.Pool, "d.Dev.slots", "k.Pool"))
	replies  = obj(class(summary.Channel, "d.Dev.replies", ""))
	plainQ   = obj(class(summary.WorkQueue, "d.Queue.events", "k.WorkQueue"))
	acks     = obj(class(summary.Channel, "d.Dev.acks", ""))
	orderedQ = obj(class(summary.WorkQueue, "d.Queue.ordered", "k.WorkQueue"))
	rescuedQ = obj(class(summary.WorkQueue, "d.Queue.free", "k.WorkQueue"))
)

// program builds a judge.Program; every item gets a line of its own.
type program struct {
	funcs map[string]*summary.Summary
	line  int
}

func newProgram() *program { return &program{funcs: map[string]*summary.Summary{}} }

// fn is a function under construction. What is added lies within what was opened.
type fn struct {
	p      *program
	sum    *summary.Summary
	held   []summary.Held
	within []summary.Region
}

// fn adds a function. Its package is what stands before the first dot of its key.
func (p *program) fn(key string) *fn {
	p.line++
	pkg := key
	for i, c := range key {
		if c == '.' {
			pkg = key[:i]
			break
		}
	}
	sum := &summary.Summary{Func: key, Display: key, Package: pkg, Pos: model.Pos{File: pkg + ".go", Line: p.line, Col: 1}}
	p.funcs[key] = sum
	return &fn{p: p, sum: sum}
}

func (f *fn) runs(c model.Context) *fn { f.sum.Runs = c; return f }

func (f *fn) params(i ...int) *fn { f.sum.Params = i; return f }

func (f *fn) site(text string) summary.Site {
	f.p.line++
	return summary.Site{
		Pos:  model.Pos{File: f.sum.Package + ".go", Line: f.p.line, Col: 2},
		Text: text, Held: slices.Clone(f.held), Within: slices.Clone(f.within), Order: f.p.line,
	}
}

func (f *fn) op(text string, op summary.Op) *fn {
	op.Site = f.site(text)
	op.Callee = text
	op.Via = summary.Contract
	if op.Kind != summary.OpAlloc && op.On.Class.Kind == summary.NoClass {
		op.On.Param = -1
	}
	f.sum.Ops = append(f.sum.Ops, op)
	return f
}

func (f *fn) alloc(flags uint64) *fn {
	return f.op("alloc", summary.Op{Kind: summary.OpAlloc, GFP: "k.Flags", Flags: summary.Flags{{Param: -1, Or: flags}}})
}

// allocParam allocates with (param & and) | or.
func (f *fn) allocParam(param int, and, or uint64) *fn {
	return f.op("alloc", summary.Op{Kind: summary.OpAlloc, GFP: "k.Flags", Flags: summary.Flags{{Param: param, And: and, Or: or}}})
}

func (f *fn) wait(o summary.Object) *fn { return f.op("wait", summary.Op{Kind: summary.OpWait, On: o}) }

func (f *fn) waitBounded(o summary.Object) *fn {
	return f.op("wait", summary.Op{Kind: summary.OpWait, On: o, Bounded: true})
}

func (f *fn) send(o summary.Object) *fn {
	return f.op("send", summary.Op{Kind: summary.OpWait, On: o, Direction: summary.Send})
}

func (f *fn) receive(o summary.Object) *fn {
	return f.op("receive", summary.Op{Kind: summary.OpWait, On: o, Direction: summary.Receive})
}

func (f *fn) sleep() *fn { return f.op("sleep", summary.Op{Kind: summary.OpSleep}) }

func (f *fn) signal(o summary.Object) *fn {
	return f.op("signal", summary.Op{Kind: summary.OpSignal, On: o})
}

func (f *fn) flush(o summary.Object) *fn {
	return f.op("flush", summary.Op{Kind: summary.OpFlush, On: o})
}

func (f *fn) try(o summary.Object) *fn {
	return f.op("trylock", summary.Op{Kind: summary.OpAcquire, On: o, Try: true})
}

// lock takes a lock and holds it until unlock; a spin lock opens a region.
func (f *fn) lock(o summary.Object) *fn {
	f.op("lock", summary.Op{Kind: summary.OpAcquire, On: o})
	pos := f.sum.Ops[len(f.sum.Ops)-1].Pos
	f.held = append(f.held, summary.Held{On: o, Pos: pos, Text: "lock"})
	if o.Class.Type == "k.Spin" {
		f.within = append(f.within, summary.Region{Kind: summary.SpinHeld, Context: model.Atomic, Fence: obj(summary.Class{}), Pos: pos, Text: "lock"})
	}
	return f
}

func (f *fn) unlock(o summary.Object) *fn {
	f.op("unlock", summary.Op{Kind: summary.OpRelease, On: o})
	f.held = f.held[:len(f.held)-1]
	if o.Class.Type == "k.Spin" {
		f.leave()
	}
	return f
}

// enter opens a region that a call enters.
func (f *fn) enter(c model.Context) *fn {
	f.p.line++
	f.within = append(f.within, summary.Region{
		Kind: summary.Declared, Context: c, Fence: obj(summary.Class{}),
		Pos: model.Pos{File: f.sum.Package + ".go", Line: f.p.line, Col: 2}, Text: "enter " + c.String(),
	})
	return f
}

func (f *fn) leave() *fn { f.within = f.within[:len(f.within)-1]; return f }

func (f *fn) publish(o summary.Object) *fn {
	f.op("publish", summary.Op{Kind: summary.OpPublish, On: o})
	pos := f.sum.Ops[len(f.sum.Ops)-1].Pos
	f.within = append(f.within, summary.Region{Kind: summary.Published, Context: model.Signalling, Fence: o, Pos: pos, Text: "publish"})
	return f
}

// owes opens the region of a fence that came from a parameter, or -1.
func (f *fn) owes(o summary.Object, from int) *fn {
	f.within = append(f.within, summary.Region{
		Kind: summary.Owed, Context: model.Signalling, Fence: o, Owes: from, Pos: f.sum.Pos, Text: "owes",
	})
	return f
}

func (f *fn) call(callee string, binds ...summary.Bind) *fn {
	return f.callVia(summary.Static, callee, binds...)
}

func (f *fn) callVia(via summary.Via, callee string, binds ...summary.Bind) *fn {
	f.sum.Calls = append(f.sum.Calls, summary.Call{
		Targets: []summary.Target{{Func: callee, Via: via}}, FromParam: -1, Binds: binds, Via: summary.Static,
		Site: f.site(callee + "()"),
	})
	return f
}

// callParam calls a parameter.
func (f *fn) callParam(i int, in model.Context) *fn {
	f.sum.Calls = append(f.sum.Calls, summary.Call{FromParam: i, Contexts: in, Via: summary.FuncValue, Site: f.site("fn()")})
	return f
}

func (f *fn) spawn(callee string, binds ...summary.Bind) *fn {
	f.sum.Spawns = append(f.sum.Spawns, summary.Spawn{
		Kind: summary.Goroutine, Targets: []summary.Target{{Func: callee}}, FromParam: -1, Binds: binds,
		On: obj(summary.Class{}), Site: f.site("go " + callee + "()"),
	})
	return f
}

func (f *fn) queue(callee string, on summary.Object, binds ...summary.Bind) *fn {
	f.sum.Spawns = append(f.sum.Spawns, summary.Spawn{
		Kind: summary.Work, Targets: []summary.Target{{Func: callee}}, FromParam: -1, Binds: binds,
		On: on, Site: f.site("queue " + callee),
	})
	return f
}

func bindFlags(param int, flags ...summary.Flag) summary.Bind {
	return summary.Bind{Param: param, Flags: flags, From: -1}
}

func bindObject(param int, o summary.Object) summary.Bind {
	return summary.Bind{Param: param, Object: &o, From: -1}
}

func bindFunc(param int, callee string) summary.Bind {
	return summary.Bind{Param: param, Targets: []summary.Target{{Func: callee, Via: summary.Closure}}, From: -1}
}

func constant(flags uint64) summary.Flag { return summary.Flag{Param: -1, Or: flags} }

// built returns the program, reporting on the packages named, or on all.
func (p *program) built(report ...string) *judge.Program {
	return &judge.Program{
		Model:   testModel,
		Summary: func(key string) *summary.Summary { return p.funcs[key] },
		Funcs:   slices.Sorted(maps.Keys(p.funcs)),
		Report:  func(pkg string) bool { return len(report) == 0 || slices.Contains(report, pkg) },
		Whole:   len(report) == 0,
	}
}
